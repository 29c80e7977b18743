"""Amounts and days, as the files of banks write them."""

import re
from datetime import date
from typing import Final

from bot.domain.money import Cents

_POINTED: Final = re.compile(r"\+?([0-9]{1,15})(?:\.([0-9]{0,2})0*)?")
_NO_REFERENCE: Final = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NOTPROVIDE", "NONREF"})
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")


def cents_of(text: str) -> Cents:
    """An amount with a decimal point, such as `36.48`, `36.5`, `36` or `36.48000`.

    Raises:
        ValueError: it is no such amount, or has parts of a cent.
    """
    found = _POINTED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def cents_with_comma(text: str) -> Cents:
    """An amount with a decimal comma, which has to be there, such as `000000000036,48`.

    Raises:
        ValueError: it is no such amount, or has parts of a cent.
    """
    if "," not in text or "." in text:
        raise ValueError(text)
    return cents_of(text.replace(",", "."))


def day_of(text: str) -> date:
    """The day of `2026-11-23`, of `2026-11-23T18:00:00+01:00`, of `2026-11-23+01:00`: as the bank wrote it.

    Raises:
        ValueError: it is no day.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date.fromisoformat(found[1])


def shown(cents: Cents) -> str:
    """A sum for a person, below zero too, as `-36.48`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def iban_of(text: str) -> str:
    """An IBAN in capitals, without blanks."""
    return "".join(text.split()).upper()


def reference_of(text: str) -> str:
    """A reference; empty where the words, or zeros, say that there is none."""
    return "" if text.upper() in _NO_REFERENCE or not text.strip("0") else text
