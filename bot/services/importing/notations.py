"""In which ways numbers and dates are written in a cell, and what each way means in the contract's own.

A cell alone may not tell: `1.000` is one GB to a program and a thousand to an Italian spreadsheet, `05/12/2026` a
day in December or in May. Which it is the file as a whole tells (`form_evidence`), or nothing does.
"""

import re
from enum import IntEnum, auto
from functools import lru_cache
from typing import Final


class Number(IntEnum):
    """How a number is written."""

    POINT = auto()
    """With a decimal point: `0.35`, `2.4`."""
    COMMA = auto()
    """With a decimal comma, or with points between thousands: `0,35`, `1.000,5`, `1.000.000`."""
    EITHER = auto()
    """`1.000`: one in the first way, a thousand in the second."""
    PLAIN = auto()
    """Anything that is the same in both, nonsense included: `0`, `12`, `-`."""


class Date(IntEnum):
    """How a date, with or without a time, is written."""

    ISO = auto()
    """`2026-12-05`."""
    DAY_FIRST = auto()
    """`25/12/2026`: no month has that number, so the day comes first."""
    MONTH_FIRST = auto()
    """`12/25/2026`."""
    EITHER = auto()
    """`05/12/2026`."""
    OTHER = auto()
    """Anything else, nothing included."""


_POINT: Final = re.compile(r"0+\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3}")
_COMMA: Final = re.compile(
    r"[0-9]+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"
)
_EITHER: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b.*")
_SLASHED: Final = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.-])(?P<second>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})"
    r"(?:[ T,]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<secs>[0-9]{2}))?)?"
)
_MONTHS: Final = 12
_REMEMBERED: Final = 1024
"""So many cells are remembered: days and numbers come again all over a file."""


@lru_cache(maxsize=_REMEMBERED)
def number_notation(text: str) -> Number:
    """How the number is written."""
    if text.isdigit():
        return Number.PLAIN
    if _EITHER.fullmatch(text):
        return Number.EITHER
    if _COMMA.fullmatch(text):
        return Number.COMMA
    return Number.POINT if _POINT.fullmatch(text) else Number.PLAIN


def with_point(text: str) -> str:
    """A number with a decimal comma as the contract writes it; zeros at the end of the decimals say nothing."""
    whole, _, decimals = text.replace(".", "").partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


@lru_cache(maxsize=_REMEMBERED)
def date_notation(text: str) -> Date:
    """How the date is written."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return Date.ISO if _ISO.fullmatch(text) else Date.OTHER
    first, second = int(found["first"]), int(found["second"])
    if first > _MONTHS:
        return Date.DAY_FIRST
    if second > _MONTHS:
        return Date.MONTH_FIRST
    # 05/05 is the same day both ways, and tells nothing about its neighbours.
    return Date.EITHER


def as_iso(text: str) -> str:
    """A date that begins with the day as the contract writes it; a time is kept, without an offset."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return text
    day = f"{found['year']}-{int(found['second']):02d}-{int(found['first']):02d}"
    if found["hour"] is None:
        return day
    return f"{day}T{int(found['hour']):02d}:{found['minute']}:{found['secs'] or '00'}"
