"""The ISO 11649 reference of an order: its number in the form that banks carry in a field of their own (DOMAIN.md 8).

`R7K2M-4` becomes `RF` with two check digits modulo 97 and the six characters: one follows from the other, both ways.
"""

from typing import Final

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

from bot.domain.order_number import InvalidOrderNumber, parse_number

_PREFIX: Final = "RF"
_CHECKED: Final = len(_PREFIX) + 2
"""How many characters stand before the number: the prefix and its two check digits."""


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
