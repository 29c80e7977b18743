"""How much an import may change at once before a person is asked: expiries that move, and mailboxes that vanish.

A single expiry that moves back, or far ahead, is somebody's correction. Many of them in one file are a column of
another year, a filter that was left on, or the archive of somebody else.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.calendar import add_years

_FEWEST: Final = 20
_PER_CENT: Final = 10
"""Of at least twenty, more than a tenth is no correction of single rows any more."""
_FAR_YEARS: Final = 1
"""A renewal elsewhere moves an expiry by a year: what moves by more is as unusual as what moves back."""


class Move(StrEnum):
    """A change of an expiry that is unusual. The values are words of the report."""

    BACK = "back"
    FAR = "forward by over a year"


def move_of(has: date, said: date) -> Move | None:
    """How unusual it is that a mailbox with the expiry `has` gets the expiry `said`; None where it is not."""
    if said < has:
        return Move.BACK
    return Move.FAR if said > add_years(has, _FAR_YEARS) else None


def is_mass(some: int, of: int) -> bool:
    """Whether so many of so many mailboxes are more than single rows: over 10 % of at least twenty."""
    return of >= _FEWEST and some * 100 > of * _PER_CENT
