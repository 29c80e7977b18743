"""The fields of each form, who has them, and which of them are required (DOMAIN.md 3.4 and 3.5).

Field values are the column names of the mailbox file, and, with dashes, the names of their labels
(`field-tax-code`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeAlias

ITALY: Final = "IT"
SAN_MARINO: Final = "SM"


class HolderKind(StrEnum):
    """The six categories of holder of DOMAIN.md 3.5; their labels are `kind-<value-with-dashes>`."""

    NATURAL_PERSON = "natural_person"
    SOLE_TRADER = "sole_trader"
    FREELANCER = "freelancer"
    COMPANY = "company"
    ASSOCIATION = "association"
    PUBLIC_ADMINISTRATION = "public_administration"

    @property
    def is_consumer(self) -> bool:
        """Whether consumer law applies (withdrawal, service at once): natural persons only."""
        return self is HolderKind.NATURAL_PERSON

    @property
    def is_person(self) -> bool:
        """Whether the holder is one human being, with a name, a surname and a 16-character tax code."""
        return self in _PERSONS


_PERSONS: Final = frozenset({HolderKind.NATURAL_PERSON, HolderKind.SOLE_TRADER, HolderKind.FREELANCER})


class Field(StrEnum):
    """One line of the registrant card."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BUSINESS_NAME = "business_name"
    TAX_CODE = "tax_code"
    VAT_NUMBER = "vat_number"
    LEGAL_REP = "legal_rep"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    PROVINCE = "province"
    COUNTRY = "country"
    PHONE = "phone"
    REFERENCE_EMAIL = "reference_email"
    RECIPIENT_CODE = "recipient_code"
    RECIPIENT_PEC = "recipient_pec"
    CIG = "cig"
    CUP = "cup"
    SPLIT_PAYMENT = "split_payment"


class KitHolderField(StrEnum):
    """One question about the natural person whom a signature kit names."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    TAX_CODE = "tax_code"
    EMAIL = "email"
    MOBILE = "mobile"


class ShippingField(StrEnum):
    """One question about where a hardware kit is sent."""

    NAME = "name"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    PROVINCE = "province"
    COUNTRY = "country"


AnyField: TypeAlias = Field | KitHolderField | ShippingField

LOCKED: Final[frozenset[Field]] = frozenset(
    {Field.FIRST_NAME, Field.LAST_NAME, Field.BUSINESS_NAME, Field.TAX_CODE, Field.VAT_NUMBER}
)
"""Fields that only a change of holder can change."""

INVOICE_TEXTS: Final[frozenset[Field]] = frozenset(
    {
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.BUSINESS_NAME,
        Field.LEGAL_REP,
        Field.STREET,
        Field.TOWN,
        Field.PROVINCE,
    }
)
"""Fields of free text that stand on an invoice, in the characters that its system passes."""

_ADDRESS: Final = (Field.STREET, Field.POSTCODE, Field.TOWN, Field.PROVINCE, Field.COUNTRY)
_CONTACTS: Final = (Field.PHONE, Field.REFERENCE_EMAIL)

_IDENTITY: Final[dict[HolderKind, tuple[Field, ...]]] = {
    HolderKind.NATURAL_PERSON: (Field.FIRST_NAME, Field.LAST_NAME, Field.TAX_CODE),
    HolderKind.SOLE_TRADER: (
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.BUSINESS_NAME,
        Field.TAX_CODE,
        Field.VAT_NUMBER,
    ),
    HolderKind.FREELANCER: (
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.BUSINESS_NAME,
        Field.TAX_CODE,
        Field.VAT_NUMBER,
    ),
    HolderKind.COMPANY: (Field.BUSINESS_NAME, Field.TAX_CODE, Field.VAT_NUMBER, Field.LEGAL_REP),
    HolderKind.ASSOCIATION: (Field.BUSINESS_NAME, Field.TAX_CODE, Field.VAT_NUMBER, Field.LEGAL_REP),
    HolderKind.PUBLIC_ADMINISTRATION: (
        Field.BUSINESS_NAME,
        Field.TAX_CODE,
        Field.VAT_NUMBER,
        Field.LEGAL_REP,
    ),
}

_OPTIONAL: Final[frozenset[tuple[HolderKind, Field]]] = frozenset(
    {
        (HolderKind.FREELANCER, Field.BUSINESS_NAME),
        (HolderKind.ASSOCIATION, Field.VAT_NUMBER),
        (HolderKind.PUBLIC_ADMINISTRATION, Field.VAT_NUMBER),
    }
)
"""The cells marked "opt." in the table of DOMAIN.md 3.5."""

_OPTIONAL_ABROAD: Final = frozenset({Field.PROVINCE, Field.POSTCODE})
"""Not every country has provinces, or postcodes."""

_NEVER_REQUIRED: Final = frozenset({Field.RECIPIENT_PEC, Field.CIG, Field.CUP, Field.SPLIT_PAYMENT})


_ASKED: Final = 4096
"""So many answers are remembered: more than there are for the holders of a few countries."""


@dataclass(frozen=True, slots=True)
class Context:
    """What decides how a value is judged: who the holder is, and the country of the address in question."""

    kind: HolderKind = HolderKind.NATURAL_PERSON
    country: str = ITALY

    @property
    def is_italian(self) -> bool:
        """Whether the Italian formats apply."""
        return self.country == ITALY


@lru_cache(maxsize=_ASKED)
def fields_for(kind: HolderKind, country: str) -> tuple[Field, ...]:
    """The fields that a holder has, in the order of the card; the others are neither shown nor judged.

    Natural persons need no invoice recipient; holders abroad have it fixed (`XXXXXXX`, or San Marino's); CIG, CUP and
    split payment belong to Italian public administrations (DOMAIN.md 3.5).
    """
    return _IDENTITY[kind] + _ADDRESS + _CONTACTS + _invoice_fields(kind, country)


@lru_cache(maxsize=_ASKED)
def is_required(field: Field, kind: HolderKind, country: str) -> bool:
    """Whether the field may not be left empty by this holder; false also for a field it does not have."""
    if field not in fields_for(kind, country):
        return False
    if field is Field.RECIPIENT_CODE:
        return kind is HolderKind.PUBLIC_ADMINISTRATION
    if field in _NEVER_REQUIRED or (kind, field) in _OPTIONAL:
        return False
    return country == ITALY or field not in _OPTIONAL_ABROAD


def _invoice_fields(kind: HolderKind, country: str) -> tuple[Field, ...]:
    if country != ITALY or kind is HolderKind.NATURAL_PERSON:
        return ()
    if kind is HolderKind.PUBLIC_ADMINISTRATION:
        return (Field.RECIPIENT_CODE, Field.CIG, Field.CUP, Field.SPLIT_PAYMENT)
    return (Field.RECIPIENT_CODE, Field.RECIPIENT_PEC)
