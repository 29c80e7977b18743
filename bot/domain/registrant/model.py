"""The holder of a mailbox as the renewal knows it: the registrant card (DOMAIN.md 3.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from bot.domain.registrant.errors import MalformedRecord
from bot.domain.registrant.fields import ITALY, Context, Field, HolderKind


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. Empty text means that the part is not known.

    Attributes:
        street: street and number in one line, as in the mailbox file.
        postcode: CAP in Italy, anything up to 10 characters abroad.
        town: the municipality.
        province: the two-letter Italian code; abroad free text, or empty.
        country: ISO 3166 alpha-2.
    """

    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = ITALY


ADDRESS_KEYS: Final = tuple(part.name for part in fields(Address))
"""The parts of an address, named alike here, in the forms and in the mailbox file."""

_TEXTS: Final = frozenset(field.value for field in Field if field is not Field.SPLIT_PAYMENT)
"""The parts of a record that are text."""


def address_with(address: Address, part: str, text: str) -> Address:
    """A copy of the address with one part (of `ADDRESS_KEYS`) changed."""
    changes: dict[str, Any] = {part: text}
    return replace(address, **changes)


@dataclass(frozen=True, slots=True)
class Registrant:
    """The holder's data and the invoice recipient. Empty text means absent.

    Nothing is judged here: a record may come from a file with holes in it. `problems` says what is missing or
    wrong, `edit` and `set_route` make changed copies.
    """

    kind: HolderKind
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    tax_code: str = ""
    vat_number: str = ""
    legal_rep: str = ""
    address: Address = Address()
    phone: str = ""
    reference_email: str = ""
    recipient_code: str = ""
    recipient_pec: str = ""
    cig: str = ""
    cup: str = ""
    split_payment: bool = False

    @property
    def context(self) -> Context:
        """How this holder's values are judged."""
        return Context(self.kind, self.address.country)

    @property
    def person_name(self) -> str:
        """Name and surname, as far as they are known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def display_name(self) -> str:
        """The name to call the holder by: the business name where there is one, else the person's."""
        if self.kind is HolderKind.NATURAL_PERSON:
            return self.person_name or self.business_name
        return self.business_name or self.person_name

    @property
    def identity(self) -> str:
        """What tells one holder from another: tax code, else VAT number, else name, in one spelling."""
        for code in (self.tax_code, self.vat_number):
            if code.strip():
                return "".join(code.split()).upper()
        return " ".join(self.display_name.split()).casefold()

    @property
    def splits_payment(self) -> bool:
        """Whether the amount due is the taxable amount only: Italian public bodies that declared it."""
        return (
            self.split_payment
            and self.kind is HolderKind.PUBLIC_ADMINISTRATION
            and self.address.country == ITALY
        )

    @property
    def is_business_abroad(self) -> bool:
        """Whether the holder does business in another country, with a VAT number of that country."""
        return (
            bool(self.vat_number.strip())
            and self.kind is not HolderKind.NATURAL_PERSON
            and self.address.country != ITALY
        )

    def text_of(self, field: Field) -> str:
        """The value of a field as `clean` writes it (`true` or `false` for split payment)."""
        source = self.address if field.value in ADDRESS_KEYS else self
        value: str | bool = getattr(source, field.value)
        return ("true" if value else "false") if isinstance(value, bool) else value

    def with_text(self, field: Field, text: str) -> Registrant:
        """A copy with one field set to a value that `clean` has returned; nothing is judged here."""
        if field is Field.SPLIT_PAYMENT:
            return replace(self, split_payment=text == "true")
        if field.value in ADDRESS_KEYS:
            return replace(self, address=address_with(self.address, field.value, text))
        changes: dict[str, Any] = {field.value: text}
        return replace(self, **changes)

    def to_json(self) -> dict[str, str | bool]:
        """A flat dictionary of plain values, keyed like the columns of the mailbox file."""
        record: dict[str, str | bool] = {"kind": self.kind.value}
        for field in Field:
            record[field.value] = self.split_payment if field is Field.SPLIT_PAYMENT else self.text_of(field)
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Registrant:
        """The registrant that `to_json` wrote.

        Raises:
            MalformedRecord: a key is missing or unknown, or a value is of the wrong type.
        """
        texts = texts_in(record, _TEXTS, others=("kind", "split_payment"))
        split_payment = record["split_payment"]
        if not isinstance(split_payment, bool):
            raise MalformedRecord("split_payment is not true or false")
        try:
            kind = HolderKind(str(record["kind"]))
        except ValueError as unknown:
            raise MalformedRecord("kind is not a category of holder") from unknown
        address = Address(**{part: texts.pop(part) for part in ADDRESS_KEYS})
        return cls(kind=kind, address=address, split_payment=split_payment, **texts)


def texts_in(
    record: Mapping[str, object], names: Collection[str], others: Collection[str] = ()
) -> dict[str, str]:
    """The named texts of a stored record that has exactly these keys, and the others.

    Raises:
        MalformedRecord: a key is missing or unknown, or a text is something else. Never says values.
    """
    if record.keys() != (known := {*names, *others}):
        raise MalformedRecord("missing or unknown: " + ", ".join(sorted(known.symmetric_difference(record))))
    texts = {name: value for name in names if isinstance(value := record[name], str)}
    if len(texts) < len(names):
        raise MalformedRecord("not text: " + ", ".join(sorted(set(names) - set(texts))))
    return texts
