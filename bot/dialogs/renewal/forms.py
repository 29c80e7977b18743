"""The forms of a renewal as its windows show them: each field with its value, and what is wrong with it.

The registrant, the person whom a kit names and the address it is sent to are three forms of the same make:
one way to write them on a card, and one window that asks a field, serve them all (DOMAIN.md 3.4 and 3.5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.dialogs.widgets import Choice
from bot.domain.registrant import (
    ITALY,
    KIT_HOLDER_CONTEXT,
    LOCKED,
    Address,
    AnyField,
    Caution,
    Context,
    Field,
    FieldError,
    Form,
    HolderKind,
    KitHolder,
    KitHolderField,
    ShippingAddress,
    ShippingField,
    form_fields,
    kit_holder_problems,
    phone_as_read,
    problems,
    shipping_problems,
)
from bot.domain.renewal import Renewal
from bot.messages.blocks import paragraphs
from bot.texts import Safe, Translator
from bot.texts.formats import country_name

MAX_LABEL: Final = 30
"""Characters of a button that a narrow phone shows without cutting them itself."""

EMPTY: Final = "—"
"""Stands on a card for a value that is not there and need not be."""

_LONG_NAMES: Final = frozenset(
    {
        Field.LEGAL_REP,
        Field.STREET,
        Field.REFERENCE_EMAIL,
        KitHolderField.TAX_CODE,
        KitHolderField.EMAIL,
        KitHolderField.MOBILE,
    }
)
"""Fields whose name is too long for half a row."""

PHONES: Final = frozenset({Field.PHONE, KitHolderField.MOBILE})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of a renewal, with its values.

    Attributes:
        form: which of the three.
        context: how its values are judged.
        values: by field, in the order of the form; empty text is absent.
        problems: what is missing or wrong, in the same order.
        begun: whether anything was filled in yet.
    """

    form: Form
    context: Context
    values: Mapping[AnyField, str]
    problems: tuple[FieldError, ...]
    begun: bool

    @property
    def next_question(self) -> AnyField | None:
        """The first field that is missing or wrong and can be answered here."""
        return next((error.field for error in self.problems if self.asks(error.field.value)), None)

    @property
    def has_locked_problem(self) -> bool:
        """Whether something is wrong that only a change of holder, or the operator, can put right."""
        return self.form is Form.REGISTRANT and any(error.field in LOCKED for error in self.problems)

    def problem(self, field: AnyField) -> FieldError | None:
        """What is wrong with a field, if anything."""
        return next((error for error in self.problems if error.field == field), None)

    def asks(self, name: str) -> AnyField | None:
        """The field of this name, if it is one of the form's that is answered by writing, and kept at once."""
        not_written = (
            LOCKED | {Field.SPLIT_PAYMENT, Field.REFERENCE_EMAIL}
            if self.form is Form.REGISTRANT
            else frozenset()
        )
        return next(
            (field for field in self.values if field.value == name and field not in not_written), None
        )


def sheet_of(renewal: Renewal, form: Form) -> Sheet:
    """A form of the renewal as it stands; a kit's forms are empty while nothing was answered."""
    if form is Form.REGISTRANT:
        registrant = renewal.registrant
        fields = [field for field in form_fields(form, registrant.context) if isinstance(field, Field)]
        values: dict[AnyField, str] = {field: registrant.text_of(field) for field in fields}
        return Sheet(form, registrant.context, values, problems(registrant), begun=True)
    kit = renewal.draft.kit
    if form is Form.KIT_HOLDER:
        known = None if kit is None else kit.holder
        holder = known or KitHolder()
        values = {field: holder.text_of(field) for field in KitHolderField}
        return Sheet(form, KIT_HOLDER_CONTEXT, values, kit_holder_problems(holder), begun=known is not None)
    sent_to = None if kit is None else kit.shipping
    shipping = sent_to or ShippingAddress()
    values = {field: shipping.text_of(field) for field in ShippingField}
    context = Context(country=shipping.address.country)
    return Sheet(form, context, values, shipping_problems(shipping), begun=sent_to is not None)


def label_of(translator: Translator, field: AnyField, context: Context) -> str:
    """What a field is called in a sentence; a public body's recipient code is its office code (DOMAIN.md 3.5)."""
    if field is Field.RECIPIENT_CODE and context.kind is HolderKind.PUBLIC_ADMINISTRATION:
        return translator.plain("field-office-code")
    return translator.plain(f"field-{dashed(field.value)}")


def shown(translator: Translator, field: AnyField, value: str) -> str:
    """A value as it is read: countries by their name, telephones in groups, flags as yes or no, the rest as stored."""
    if field is Field.SPLIT_PAYMENT:
        return translator.plain("choice-yes" if value == "true" else "choice-no")
    if value and field.value == Field.COUNTRY.value:
        return country_name(value, translator.locale)
    if field in PHONES:
        return phone_as_read(value)
    return value


def error_text(translator: Translator, error: FieldError) -> Safe:
    """What is wrong with a value, and what to do."""
    return translator.html(
        f"error-{dashed(error.code.value)}", value=error.value, example=error.example, odd=error.odd
    )


def card_line(translator: Translator, sheet: Sheet, field: AnyField) -> Safe:
    """A field on a card: its name and value, and below them what is wrong."""
    label = capital(label_of(translator, field, sheet.context))
    value = shown(translator, field, sheet.values[field])
    error = sheet.problem(field)
    if error is None:
        return translator.html("renewal-card-line", label=label, value=value or EMPTY)
    if not value:
        return translator.html("renewal-card-missing", label=label)
    line = translator.html("renewal-card-line", label=label, value=value)
    return Safe("\n").join([line, problem_line(translator, error)])


def problem_line(translator: Translator, error: FieldError) -> Safe:
    """What is wrong, as a line of its own below the value."""
    return translator.html("renewal-card-problem", problem=error_text(translator, error))


def caution_line(translator: Translator, caution: Caution, value: str) -> Safe:
    """What is worth saying of a value though it stops nobody, as a line of its own below it."""
    text = translator.html(f"caution-{dashed(caution.value)}", value=value)
    return translator.html("renewal-card-problem", problem=text)


def card(translator: Translator, sheet: Sheet, fields: Iterable[AnyField]) -> Safe:
    """Some fields of a form, one below the other."""
    return Safe("\n").join([card_line(translator, sheet, field) for field in fields])


def address_line(translator: Translator, address: Address) -> str:
    """An address in one line, as on an envelope; the country is written where it is not Italy."""
    town = " ".join(part for part in (address.postcode, address.town, address.province) if part)
    country = "" if address.country == ITALY else shown(translator, Field.COUNTRY, address.country)
    return ", ".join(part for part in (address.street, town, country) if part)


def blocks(*parts: Safe | None) -> Safe:
    """Paragraphs with a blank line between them (see `paragraphs`); those that are empty or None are left out."""
    return paragraphs(*parts)


def field_choices(
    translator: Translator, sheet: Sheet, fields: Iterable[AnyField] | None = None
) -> list[Choice]:
    """A button for some `fields` of a form, or all, by its name alone: the values stand on the card."""
    return [
        Choice(field.value, capital(_short_label(translator, field, sheet.context)))
        for field in (sheet.values if fields is None else fields)
    ]


def _short_label(translator: Translator, field: AnyField, context: Context) -> str:
    """What a field is called on a button that shares its row."""
    if field in _LONG_NAMES:
        return translator.plain(f"field-short-{dashed(field.value)}")
    return label_of(translator, field, context)


def shortened(text: str, longest: int = MAX_LABEL) -> str:
    """The text, or as much of it as fits in `longest` characters, with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def capital(text: str) -> str:
    """The text with its first letter in upper case and all others as they are."""
    return text[:1].upper() + text[1:]


def dashed(name: str) -> str:
    """A name of the code as a part of a text's key."""
    return name.replace("_", "-")
