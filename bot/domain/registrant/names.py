"""Names of people and of organisations."""

from __future__ import annotations

from typing import Final

from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import Context
from bot.domain.registrant.text import Refused, beyond_invoices, on_invoices, plain_text

_MAX_PERSON_NAME: Final = 60
"""Characters of a name, or of a surname, on an electronic invoice."""

_MAX_FULL_NAME: Final = 120
_MAX_BUSINESS_NAME: Final = 200
"""Public bodies have names longer than the 80 characters of an invoice, where they are cut."""

_BESIDE_LETTERS: Final = frozenset(" '-.")


def person_name(line: str, _context: Context) -> str:
    """A name or surname: Latin letters, apostrophes, hyphens, dots; the case stays (De Luca, de Luca)."""
    return _name(line, _MAX_PERSON_NAME)


def full_name(line: str, _context: Context) -> str:
    """Name and surname of one person in one line."""
    return _name(line, _MAX_FULL_NAME)


def business_name(line: str, _context: Context) -> str:
    """A name of anything: letters, digits and punctuation."""
    return plain_text(line, _MAX_BUSINESS_NAME)


def _name(line: str, longest: int) -> str:
    # A sign whose plain form is letters, as EUR is of the euro sign, would become a part of the name.
    signs = [char for char in line if not char.isalpha() and any(map(str.isalpha, on_invoices(char)))]
    if signs:
        raise Refused(ErrorCode.NAME_CHARACTERS, odd=" ".join(dict.fromkeys(signs)))
    line = on_invoices(line)
    if len(line) > longest:
        raise Refused(ErrorCode.TOO_LONG)
    letters = [char for char in line if char not in _BESIDE_LETTERS]
    if not letters:
        raise Refused(ErrorCode.LETTERS_MISSING)
    odd = [char for char in letters if not char.isalpha() or beyond_invoices(char)]
    if odd:
        raise Refused(ErrorCode.NAME_CHARACTERS, odd=" ".join(dict.fromkeys(odd)))
    return line
