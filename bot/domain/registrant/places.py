"""Addresses: street with its number, postcode, town, province, country (DOMAIN.md 3.5)."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.registrant.countries import country_code
from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import Context
from bot.domain.registrant.provinces import province_code
from bot.domain.registrant.text import Refused, compact, plain_text

_MAX_STREET: Final = 68
"""Characters: 60 of the street and 8 of the number, as on an electronic invoice."""

_MAX_TOWN: Final = 60
_MAX_FOREIGN_PROVINCE: Final = 40

_POSTCODE: Final = re.compile(r"[0-9]{5}")
_FIRST_POSTCODE: Final = "00010"
_LAST_POSTCODE: Final = "98168"
_FOREIGN_POSTCODE: Final = re.compile(r"(?=.{1,10}$)[A-Z0-9](?:[A-Z0-9 -]*[A-Z0-9])?")

_NO_NUMBER: Final = re.compile(r"\b(?:s\.?\s?n\.?\s?c|senza\s+numero|s\.\s?n|sn)\b", re.IGNORECASE)
# "Via 25 Aprile" has a date, not a number; "Via Roma 12" and "Via 25 Aprile 3/A" have one.
_STREET_NUMBER: Final = re.compile(
    r"(?<=\S)[\s,.]\s*(?:n\.?|n°|nr\.?|km\.?)?\s*[0-9]+"
    r"(?![0-9])(?!\s*°?\s*(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
    r"|dicembre)\b)",
    re.IGNORECASE,
)
_IS_NUMBER: Final = re.compile(r"(?:n\.?|n°|nr\.?|num\.?|numero|civico|km\.?)?\s*[0-9]", re.IGNORECASE)


def street(line: str, context: Context) -> str:
    """Street and number; in Italy the number, or `snc` where there is none, is part of it."""
    line = plain_text(line, _MAX_STREET)
    if context.is_italian and not (_STREET_NUMBER.search(line) or _NO_NUMBER.search(line)):
        raise Refused(ErrorCode.STREET_NUMBER_MISSING)
    return line


def street_alone(line: str, _context: Context) -> str:
    """A street whose number is still to come."""
    return plain_text(line, _MAX_STREET)


def with_number(street_line: str, typed: str) -> str:
    """A street with the number that was typed for it, `12/A`, `n. 3` or `snc`; or the whole street, typed anew."""
    number = " ".join(typed.split())
    if _IS_NUMBER.match(number) or _NO_NUMBER.fullmatch(number):
        return f"{street_line.rstrip(' ,')} {number}"
    return number


def town(line: str, _context: Context) -> str:
    """The municipality's name; some are in two languages (Bolzano/Bozen)."""
    return plain_text(line, _MAX_TOWN)


def postcode(line: str, context: Context) -> str:
    """Five digits within the Italian range; abroad up to ten letters, digits, spaces and hyphens."""
    if not context.is_italian:
        foreign = line.upper()
        if not _FOREIGN_POSTCODE.fullmatch(foreign):
            raise Refused(ErrorCode.POSTCODE_FOREIGN, foreign)
        return foreign
    code = compact(line)
    digits = code.removeprefix("IT").removeprefix("I")
    if not _POSTCODE.fullmatch(digits) or not _FIRST_POSTCODE <= digits <= _LAST_POSTCODE:
        raise Refused(ErrorCode.POSTCODE_FORMAT, code)
    return digits


def province(line: str, context: Context) -> str:
    """The two letters of an Italian province, also from its names; abroad any text, or `EE`."""
    if not context.is_italian:
        return plain_text(line, _MAX_FOREIGN_PROVINCE)
    code = province_code(line)
    if not code:
        raise Refused(ErrorCode.PROVINCE_UNKNOWN)
    return code


def country(line: str, _context: Context) -> str:
    """The ISO 3166 alpha-2 code, also from three letters, or a name in Italian, English or the country's own tongue."""
    code = country_code(line)
    if not code:
        raise Refused(ErrorCode.COUNTRY_UNKNOWN)
    return code
