"""Who a signature kit names, and where a hardware kit is sent (DOMAIN.md 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from dataclasses import field as dataclass_field
from typing import Any, Final

from bot.domain.registrant import contacts, names, places, tax_code
from bot.domain.registrant.errors import Caution, FieldError
from bot.domain.registrant.fields import ITALY, Context, KitHolderField, ShippingField
from bot.domain.registrant.judge import Check, judge
from bot.domain.registrant.model import ADDRESS_KEYS, Address, address_with, texts_in


@dataclass(frozen=True, slots=True)
class KitHolder:
    """The natural person whom the certificate names. E-mail and mobile are that person's own."""

    first_name: str = ""
    last_name: str = ""
    tax_code: str = ""
    email: str = ""
    mobile: str = ""

    def text_of(self, field: KitHolderField) -> str:
        """The value of a field."""
        value: str = getattr(self, field.value)
        return value

    def with_text(self, field: KitHolderField, text: str) -> KitHolder:
        """A copy with one field set to a value that was cleaned; nothing is judged here."""
        changes: dict[str, Any] = {field.value: text}
        return replace(self, **changes)

    def to_json(self) -> dict[str, str]:
        """A flat dictionary of plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> KitHolder:
        """The kit holder that `to_json` wrote.

        Raises:
            MalformedRecord: a key is missing or unknown, or a value is not text.
        """
        return cls(**texts_in(record, {part.name for part in fields(cls)}))


@dataclass(frozen=True, slots=True)
class ShippingAddress:
    """Where a smart card, a reader or a token is sent, and to whom."""

    name: str = ""
    address: Address = dataclass_field(default_factory=Address)

    def text_of(self, field: ShippingField) -> str:
        """The value of a field."""
        if field is ShippingField.NAME:
            return self.name
        value: str = getattr(self.address, field.value)
        return value

    def with_text(self, field: ShippingField, text: str) -> ShippingAddress:
        """A copy with one field set to a value that was cleaned; nothing is judged here."""
        if field is ShippingField.NAME:
            return replace(self, name=text)
        return replace(self, address=address_with(self.address, field.value, text))

    def to_json(self) -> dict[str, str]:
        """A flat dictionary of plain values."""
        return {"name": self.name, **asdict(self.address)}

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> ShippingAddress:
        """The shipping address that `to_json` wrote.

        Raises:
            MalformedRecord: a key is missing or unknown, or a value is not text.
        """
        texts = texts_in(record, {"name", *ADDRESS_KEYS})
        return cls(name=texts.pop("name"), address=Address(**texts))


_KIT_CHECKS: Final[dict[KitHolderField, Check]] = {
    KitHolderField.FIRST_NAME: names.person_name,
    KitHolderField.LAST_NAME: names.person_name,
    KitHolderField.TAX_CODE: tax_code.final_tax_code,  # a certificate outlives a provisional one
    KitHolderField.EMAIL: contacts.email,
    KitHolderField.MOBILE: contacts.mobile,
}

_SHIPPING_CHECKS: Final[dict[ShippingField, Check]] = {
    ShippingField.NAME: names.business_name,
    ShippingField.STREET: places.street,
    ShippingField.POSTCODE: places.postcode,
    ShippingField.TOWN: places.town,
    ShippingField.PROVINCE: places.province,
    ShippingField.COUNTRY: places.country,
}

KIT_HOLDER_CONTEXT: Final = Context()
"""A kit names a natural person with an Italian tax code, whoever and wherever the mailbox's holder is."""

_OPTIONAL_ABROAD: Final = frozenset({ShippingField.PROVINCE, ShippingField.POSTCODE})


def clean_kit_holder(field: KitHolderField, raw: str) -> str:
    """The value of a kit holder's field as it is stored; every field is required.

    Raises:
        FieldError: the value is missing or wrong.
    """
    return judge(field, raw, _KIT_CHECKS[field], KIT_HOLDER_CONTEXT, required=True)


def shipping_required(field: ShippingField, country: str) -> bool:
    """Whether a part of the shipping address may not be empty: province and postcode may, outside Italy."""
    return country == ITALY or field not in _OPTIONAL_ABROAD


def clean_shipping(field: ShippingField, raw: str, country: str) -> str:
    """The value of a shipping field as it is stored, by the formats of the country it is sent to.

    Raises:
        FieldError: the value is missing or wrong.
    """
    required = shipping_required(field, country)
    return judge(field, raw, _SHIPPING_CHECKS[field], Context(country=country), required=required)


def edit_kit_holder(holder: KitHolder, field: KitHolderField, raw: str) -> KitHolder:
    """A copy with one field changed to what was typed.

    Raises:
        FieldError: the value is missing or wrong.
    """
    return holder.with_text(field, clean_kit_holder(field, raw))


def edit_shipping(shipping: ShippingAddress, field: ShippingField, raw: str) -> ShippingAddress:
    """A copy with one field changed to what was typed; `shipping_problems` re-judges the rest.

    Raises:
        FieldError: the value is missing or wrong.
    """
    return shipping.with_text(field, clean_shipping(field, raw, shipping.address.country))


def edit_shipping_street_alone(shipping: ShippingAddress, raw: str) -> ShippingAddress:
    """A copy with a street whose number is still to come: `shipping_problems` says so until it does.

    Raises:
        FieldError: it is no street.
    """
    context = Context(country=shipping.address.country)
    text = judge(ShippingField.STREET, raw, places.street_alone, context, required=True)
    return shipping.with_text(ShippingField.STREET, text)


def kit_holder_problems(holder: KitHolder) -> tuple[FieldError, ...]:
    """Everything that keeps a kit from naming this person, in the order of the form."""
    errors = []
    for field in KitHolderField:
        try:
            clean_kit_holder(field, holder.text_of(field))
        except FieldError as error:
            errors.append(error)
    return tuple(errors)


def kit_holder_cautions(holder: KitHolder) -> tuple[Caution, ...]:
    """What is worth saying on the card though it stops nobody: a tax code beside a name that is not its own."""
    if tax_code.tax_code_matches_name(holder.tax_code, holder.first_name, holder.last_name):
        return ()
    return (Caution.TAX_CODE_NAME_MISMATCH,)


def shipping_problems(shipping: ShippingAddress) -> tuple[FieldError, ...]:
    """Everything that keeps hardware from being sent there, in the order of the form."""
    errors = []
    for field in ShippingField:
        try:
            clean_shipping(field, shipping.text_of(field), shipping.address.country)
        except FieldError as error:
            errors.append(error)
    return tuple(errors)
