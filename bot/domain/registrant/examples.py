"""One acceptable value for each field, to show beside an error. All of them are plainly made up."""

from __future__ import annotations

from typing import Final

from bot.domain.registrant.fields import AnyField, Context, Field, HolderKind

_ITALIAN: Final[dict[str, str]] = {
    "first_name": "Maria",
    "last_name": "Rossi",
    "name": "Maria Rossi",
    "legal_rep": "Maria Rossi",
    "business_name": "Esempio S.r.l.",
    "tax_code": "RSSMRA85T10A562S",
    "vat_number": "12345679992",
    "street": "Via Roma 12",
    "postcode": "20121",
    "town": "Milano",
    "province": "MI",
    "country": "IT",
    "phone": "+39 02 1234567",
    "mobile": "+39 333 1234567",
    "email": "maria.rossi@example.com",
    "reference_email": "maria.rossi@example.com",
    "recipient_code": "A1B2C3D",
    "recipient_pec": "esempio@pec.example",
    "cig": "Z0123456AB",
    "cup": "A12B34000560001",
    "split_payment": "true",
}

_ABROAD: Final[dict[str, str]] = {
    "tax_code": "AB1234567",
    "vat_number": "AB1234567",
    "postcode": "SW1A 1AA",
    "street": "10 Example Street",
    "town": "London",
    "province": "EE",
    "country": "GB",
    "phone": "+44 20 7946 0958",
    "recipient_code": "XXXXXXX",
}
"""Outside Italy, where the form is another."""

_OFFICE_CODE: Final = "UF1A2B"
_COMPANY_TAX_CODE: Final = "12345679992"


def example_for(field: AnyField, context: Context) -> str:
    """A value that the field would accept from such a holder."""
    if not context.is_italian and field.value in _ABROAD:
        return _ABROAD[field.value]
    if field is Field.TAX_CODE and not context.kind.is_person:
        return _COMPANY_TAX_CODE
    if field is Field.RECIPIENT_CODE and context.kind is HolderKind.PUBLIC_ADMINISTRATION:
        return _OFFICE_CODE
    return _ITALIAN[field.value]
