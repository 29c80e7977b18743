"""What is answered in a draft's forms: the registrant's, and the kit with its person and address (DOMAIN.md 3.4, 3.5).

As in `bot.domain.choices`, each takes a draft and the facts and returns a new draft, or raises why it may not.
"""

from dataclasses import asdict, replace

from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.drafts import Draft, Facts, KitChoice, effective_registrant
from bot.domain.registrant import (
    ITALY,
    Address,
    AnyField,
    Field,
    FieldNotAsked,
    Form,
    KitHolder,
    KitHolderField,
    Registrant,
    ShippingAddress,
    ShippingField,
    WholeAddress,
    edit,
    edit_kit_holder,
    edit_shipping,
    edit_shipping_street_alone,
    edit_street_alone,
    problems,
    whole_address,
)


def answer_kit(draft: Draft, facts: Facts, kit_id: str | None) -> Draft:
    """Answer the offer of a kit; its person and address are asked afterwards (DOMAIN.md 3.4)."""
    if kit_id is None:
        return replace(draft, kit=KitChoice(None, None, None))
    if not facts.catalogue.rules.kit_step or kit_id not in facts.catalogue.kits:
        raise ChoiceRefused(Refusal.KIT_NOT_SOLD)
    known = draft.kit or KitChoice(None, None, None)
    return replace(draft, kit=KitChoice(kit_id, known.holder, known.shipping))


def _kit_in(draft: Draft) -> KitChoice:
    if draft.kit is None or draft.kit.kit_id is None:
        raise ChoiceRefused(Refusal.KIT_NOT_SOLD)
    return draft.kit


def kit_for_registrant(draft: Draft, facts: Facts) -> Draft:
    """Name the registrant in the kit, where that is one person (DOMAIN.md 3.4).

    E-mail and mobile stay to be asked: they must be the person's own, and the registrant's may be an office's.
    Those of another person, named before, are forgotten.
    """
    kit = _kit_in(draft)
    registrant = effective_registrant(draft, facts)
    if not registrant.kind.is_person:
        raise ChoiceRefused(Refusal.KIT_INCOMPLETE)
    known = kit.holder or KitHolder()
    if known.tax_code != registrant.tax_code:
        known = KitHolder()
    holder = replace(
        known,
        first_name=registrant.first_name,
        last_name=registrant.last_name,
        tax_code=registrant.tax_code,
    )
    return replace(draft, kit=replace(kit, holder=holder))


def ship_to_registrant(draft: Draft, facts: Facts) -> Draft:
    """Send the kit to the registrant's address (DOMAIN.md 3.4)."""
    registrant = effective_registrant(draft, facts)
    shipping = ShippingAddress(registrant.display_name, registrant.address)
    return replace(draft, kit=replace(_kit_in(draft), shipping=shipping))


def answer_field(draft: Draft, facts: Facts, form: Form, field: AnyField, text: str) -> Draft:
    """Keep the answer to one question of a form; a whole Italian address, given as the street, answers all its parts.

    Raises:
        FieldError: the answer is missing or wrong.
        LockedField: only a change of holder can change it.
        FieldNotAsked: this holder, or this form, has no such field.
        ChoiceRefused: the question is about a kit, and none is chosen.
    """
    whole = whole_address(text) if field.value == Field.STREET.value else None
    if form is Form.REGISTRANT and isinstance(field, Field):
        registrant = effective_registrant(draft, facts)
        for name, part in _parts(whole, registrant.address, field.value, text):
            registrant = edit(registrant, Field(name), part)
        return set_registrant(draft, registrant)
    if form is Form.KIT_HOLDER and isinstance(field, KitHolderField):
        kit = _kit_in(draft)
        return replace(
            draft, kit=replace(kit, holder=edit_kit_holder(kit.holder or KitHolder(), field, text))
        )
    if form is Form.SHIPPING and isinstance(field, ShippingField):
        kit = _kit_in(draft)
        shipping = kit.shipping or ShippingAddress()
        for name, part in _parts(whole, shipping.address, field.value, text):
            shipping = edit_shipping(shipping, ShippingField(name), part)
        return replace(draft, kit=replace(kit, shipping=shipping))
    raise FieldNotAsked(field.value)


def begin_street(draft: Draft, facts: Facts, form: Form, text: str) -> Draft:
    """Keep a street whose number is asked next; until it is there the form cannot be confirmed.

    Raises:
        FieldError: it is no street.
        FieldNotAsked: the form has no address.
        ChoiceRefused: the question is about a kit, and none is chosen.
    """
    if form is Form.REGISTRANT:
        return set_registrant(draft, edit_street_alone(effective_registrant(draft, facts), text))
    if form is Form.SHIPPING:
        kit = _kit_in(draft)
        shipping = edit_shipping_street_alone(kit.shipping or ShippingAddress(), text)
        return replace(draft, kit=replace(kit, shipping=shipping))
    raise FieldNotAsked(Field.STREET.value)


def _parts(whole: WholeAddress | None, address: Address, name: str, text: str) -> tuple[tuple[str, str], ...]:
    """The names of the fields that are answered, each with its answer; abroad nothing is split."""
    if whole is None or address.country != ITALY:
        return ((name, text),)
    return tuple(asdict(whole).items())


def set_registrant(draft: Draft, registrant: Registrant) -> Draft:
    """Keep a corrected registrant; it has to be confirmed again."""
    return replace(draft, registrant=registrant, registrant_confirmed=False)


def confirm_registrant(draft: Draft, facts: Facts) -> Draft:
    """Confirm the registrant data, which must be complete (DOMAIN.md 3.5)."""
    if problems(effective_registrant(draft, facts)):
        raise ChoiceRefused(Refusal.REGISTRANT_INCOMPLETE)
    return replace(draft, registrant_confirmed=True)
