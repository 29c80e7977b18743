"""The ISO 11649 reference of an order: its number in the form that banks carry in a field of their own (DOMAIN.md 8).

`R7K2M-4` becomes `RF` with two check digits modulo 97 and the six characters: one follows from the other, both ways.
"""

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from bot.domain.order_number import InvalidOrderNumber, numbers_in, parse_number, readable

_PREFIX: Final = "RF"
_CHECKED: Final = len(_PREFIX) + 2
"""How many characters stand before the number: the prefix and its two check digits."""
_WRITTEN: Final = re.compile(r"(?<![^\W_])RF *[0-9]{2}[ -]?[0-9A-Z]{4}[ -]?[0-9A-Z]{2}(?![^\W_])")
"""In one piece, or in groups of four."""


def creditor_reference(number: str) -> str:
    """The reference of an order, or of a collective number, in one piece, as programs take it.

    Args:
        number: as it is stored, like `R7K2M-4`.
    """
    plain = number.replace("-", "")
    return f"{_PREFIX}{mod_97_10.calc_check_digits(plain + _PREFIX)}{plain}"


def in_groups(reference: str) -> str:
    """The reference in groups of four characters, as it is printed."""
    return iso11649.format(reference)


def number_of_reference(text: str) -> str | None:
    """The number that a reference stands for; None for references of others, and for what is none.

    Args:
        text: one reference, with or without blanks and signs between its groups, in any case.
    """
    reference = iso11649.compact(text)
    if not reference.startswith(_PREFIX):
        return None
    try:
        number = parse_number(reference[_CHECKED:])
    except InvalidOrderNumber:
        return None
    return number if creditor_reference(number) == reference else None


def referred_in(text: str) -> Iterator[str]:
    """The numbers whose references stand between boundaries in a text, which is in capitals (`readable`)."""
    if _PREFIX in text:
        for reference in _WRITTEN.findall(text):
            if (number := number_of_reference(reference)) is not None:
                yield number


def named_in_reason(text: str) -> frozenset[str]:
    """The numbers that a reason names for certain, themselves or by references, whether such orders exist or not."""
    return numbers_in(text) | frozenset(referred_in(readable(text)))
