"""VAT numbers: Italian, European, others (DOMAIN.md 3.5)."""

from __future__ import annotations

import re
from typing import Final

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.it import iva
from stdnum.sm import coe

from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import ITALY, SAN_MARINO, Context
from bot.domain.registrant.tax_code import has_right_check_digit
from bot.domain.registrant.text import Refused, compact

_ITALIAN: Final = re.compile(r"[0-9]{11}")
_FOREIGN: Final = re.compile(r"[A-Z0-9]{2,16}")
"""Up to 14 characters with the country's prefix; a Swiss number ends in MWST as well."""

_OPERATOR_DIGITS: Final = 5

_NO_HOLDER: Final = "0000000"
_LAST_PROVINCE: Final = "100"
_OTHER_OFFICES: Final = frozenset({"120", "121", "888", "999"})
"""Offices that give out numbers beside those of the provinces."""

_PREFIXES: Final = {"GR": "EL"}
"""Greece signs its VAT numbers with another code than its addresses."""


def vat_number(line: str, context: Context) -> str:
    """The VAT number of the holder's country: 11 digits in Italy; with the country's prefix in the Union."""
    if context.is_italian:
        return _italian(compact(line))
    return _foreign(compact(line), context.country)


def _italian(code: str) -> str:
    digits = code.removeprefix(ITALY)
    if not _ITALIAN.fullmatch(digits):
        raise Refused(ErrorCode.VAT_FORMAT, digits)
    if not _is_plain(digits) and not iva.is_valid(digits):
        raise Refused(ErrorCode.VAT_CHECK, digits)
    return digits


def _is_plain(digits: str) -> bool:
    """Whether a number is right by its office and its check digit; of one that is not, the library is asked.

    It comes to the same, in six times the time.
    """
    office = digits[7:10]
    is_office = "001" <= office <= _LAST_PROVINCE or office in _OTHER_OFFICES
    return is_office and digits[:7] != _NO_HOLDER and has_right_check_digit(digits)


def _foreign(code: str, country: str) -> str:
    if not _FOREIGN.fullmatch(code):
        raise Refused(ErrorCode.VAT_FOREIGN, code)
    if country == SAN_MARINO:
        return _san_marino(code)
    if country.lower() not in eu_vat.MEMBER_STATES:
        return code
    prefix = _PREFIXES.get(country, country)
    try:
        return eu_vat.validate(prefix + code.removeprefix(prefix))
    except ValidationError:
        raise Refused(ErrorCode.VAT_FOREIGN, code) from None


def _san_marino(code: str) -> str:
    """The code of an economic operator, five digits after `SM`; the zeros before it are often left out."""
    digits = code.removeprefix(SAN_MARINO)
    if not coe.is_valid(digits):
        raise Refused(ErrorCode.VAT_FOREIGN, code)
    return SAN_MARINO + digits.lstrip("0").zfill(_OPERATOR_DIGITS)
