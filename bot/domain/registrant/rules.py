"""One entry to the checks of the registrant card: normalise a value, then judge it (DOMAIN.md 3.5)."""

from __future__ import annotations

from typing import Final

from bot.domain.registrant import codes, contacts, names, places, tax_code, vat_number
from bot.domain.registrant.fields import Context, Field, is_required
from bot.domain.registrant.judge import Check, judge

_CHECKS: Final[dict[Field, Check]] = {
    Field.FIRST_NAME: names.person_name,
    Field.LAST_NAME: names.person_name,
    Field.BUSINESS_NAME: names.business_name,
    Field.TAX_CODE: tax_code.holder_tax_code,
    Field.VAT_NUMBER: vat_number.vat_number,
    Field.LEGAL_REP: names.full_name,
    Field.STREET: places.street,
    Field.POSTCODE: places.postcode,
    Field.TOWN: places.town,
    Field.PROVINCE: places.province,
    Field.COUNTRY: places.country,
    Field.PHONE: contacts.phone,
    Field.REFERENCE_EMAIL: contacts.email,
    Field.RECIPIENT_CODE: codes.recipient_code,
    Field.RECIPIENT_PEC: contacts.email,
    Field.CIG: codes.cig,
    Field.CUP: codes.cup,
    Field.SPLIT_PAYMENT: codes.yes_or_no,
}


def clean(field: Field, raw: str, context: Context, *, required: bool | None = None) -> str:
    """The value of a field as it is stored: normalised and found right.

    Args:
        field: which field.
        raw: what was typed or imported.
        context: the holder's category and country.
        required: overrides `is_required`, for a screen that has already asked for this very value.

    Returns:
        The normalised value, or an empty text for an optional field left empty. Cleaning it again changes
        nothing.

    Raises:
        FieldError: the value is missing or wrong. Nothing else is raised, whatever the text.
    """
    wanted = is_required(field, context.kind, context.country) if required is None else required
    return judge(field, raw, _CHECKS[field], context, required=wanted)
