"""The short codes of electronic invoicing: recipient, office, CIG, CUP, split payment (DOMAIN.md 3.5)."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import SAN_MARINO, Context, HolderKind
from bot.domain.registrant.text import Refused, compact

NO_CODE: Final = "0000000"
"""The recipient code of an invoice that goes to a PEC address, or waits on the tax agency's site."""

FOREIGN_CODE: Final = "XXXXXXX"
"""The recipient code of an invoice to a holder outside Italy."""

SAN_MARINO_CODE: Final = "2R4GTO8"
"""The recipient code of an invoice to an economic operator of San Marino: the office there that passes it on."""

_RECIPIENT: Final = re.compile(r"[A-Z0-9]{7}")
_OFFICE: Final = re.compile(r"[A-Z0-9]{6}")
_CIG: Final = re.compile(r"[A-Z0-9]{10}")
_CUP: Final = re.compile(r"[A-Z][A-Z0-9]{14}")
_YES: Final = frozenset({"true", "yes", "y", "sì", "si", "s", "vero", "1"})
_NO: Final = frozenset({"false", "no", "n", "falso", "0"})


def recipient_code(line: str, context: Context) -> str:
    """Seven characters; six (the office code) for Italian public bodies; the fixed ones outside Italy."""
    code = compact(line)
    if not context.is_italian:
        if code != FOREIGN_CODE and not (context.country == SAN_MARINO and code == SAN_MARINO_CODE):
            raise Refused(ErrorCode.RECIPIENT_CODE_FORMAT, code)
    elif context.kind is HolderKind.PUBLIC_ADMINISTRATION:
        if not _OFFICE.fullmatch(code):
            raise Refused(ErrorCode.OFFICE_CODE_FORMAT, code)
    elif code == FOREIGN_CODE or not _RECIPIENT.fullmatch(code):
        raise Refused(ErrorCode.RECIPIENT_CODE_FORMAT, code)
    return code


def cig(line: str, _context: Context) -> str:
    """The tender's code: ten letters or digits."""
    return _matching(_CIG, line, ErrorCode.CIG_FORMAT)


def cup(line: str, _context: Context) -> str:
    """The public project's code: fifteen letters or digits, the first a letter."""
    return _matching(_CUP, line, ErrorCode.CUP_FORMAT)


def yes_or_no(line: str, _context: Context) -> str:
    """`true` or `false`, from the usual words of both languages."""
    word = line.casefold()
    if word in _YES:
        return "true"
    if word in _NO:
        return "false"
    raise Refused(ErrorCode.YES_OR_NO)


def _matching(pattern: re.Pattern[str], line: str, code: ErrorCode) -> str:
    value = compact(line)
    if not pattern.fullmatch(value):
        raise Refused(code, value)
    return value
