"""Every form as a list of questions, so that one "ask one field" screen serves them all.

The screen keeps three things: the form, the field's name and the holder's context. `field_named` turns a name
that came back from a button into a field of that form, `clean_field` judges the answer.
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain.registrant.errors import FieldNotAsked
from bot.domain.registrant.fields import (
    AnyField,
    Context,
    Field,
    KitHolderField,
    ShippingField,
    fields_for,
    is_required,
)
from bot.domain.registrant.kit import clean_kit_holder, clean_shipping, shipping_required
from bot.domain.registrant.rules import clean


class Form(StrEnum):
    """What is being filled in."""

    REGISTRANT = "registrant"
    KIT_HOLDER = "kit_holder"
    SHIPPING = "shipping"


def form_fields(form: Form, context: Context) -> tuple[AnyField, ...]:
    """The fields of a form in the order in which they are asked and shown."""
    if form is Form.REGISTRANT:
        return fields_for(context.kind, context.country)
    return tuple(KitHolderField) if form is Form.KIT_HOLDER else tuple(ShippingField)


def field_named(form: Form, name: str, context: Context) -> AnyField:
    """The field of a form that has this name.

    Raises:
        FieldNotAsked: the form, for such a holder, has no such field.
    """
    for field in form_fields(form, context):
        if field.value == name:
            return field
    raise FieldNotAsked(name)


def field_required(field: AnyField, context: Context) -> bool:
    """Whether the field may not be left empty."""
    if isinstance(field, Field):
        return is_required(field, context.kind, context.country)
    return shipping_required(field, context.country) if isinstance(field, ShippingField) else True


def clean_field(form: Form, field: AnyField | str, raw: str, context: Context) -> str:
    """The answer to one question as it is stored.

    Args:
        form: the form being filled in.
        field: one of its fields, or the name of one.
        raw: what was typed.
        context: the holder's category, and the country of the address being written. Kit holders ignore it.

    Raises:
        FieldError: the answer is missing or wrong.
        FieldNotAsked: the form has no such field.
    """
    known = field_named(form, str(field), context)
    if isinstance(known, KitHolderField):
        return clean_kit_holder(known, raw)
    if isinstance(known, ShippingField):
        return clean_shipping(known, raw, context.country)
    return clean(known, raw, context)
