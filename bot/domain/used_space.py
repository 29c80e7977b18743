"""Used space that cannot be true, by what the same row says of plan and extra GB.

A spreadsheet in a language with a decimal comma reads `0.350` as three hundred and fifty. What then comes in is a
number like any other: only the space that the mailbox has tells that nobody can have filled it so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.catalogue import Plan
from bot.domain.space import ExtraSpace

_THOUSANDTHS: Final = 1000
_TIMES: Final = (3, 2)
"""One and a half times the space: a mailbox may be somewhat over its limit, never so far."""
_FEWEST: Final = 5
_SHARE: Final = 5
"""From five impossible rows on that are a fifth of those with usage, it is the file that is wrong, not the rows."""


@dataclass(frozen=True, slots=True)
class Room:
    """The GB against which used space is judged, mailbox and archive apart.

    A plan without an archive is judged by the largest that any plan has: one that was left there by an earlier,
    larger plan is odd, not impossible.
    """

    mailbox_gb: int
    archive_gb: int

    @classmethod
    def of(cls, plan: Plan, extra: ExtraSpace, plans: Iterable[Plan]) -> "Room":
        """What this plan of these `plans` gives with so many extra GB."""
        archive = plan.archive_gb if plan.has_archive else max(each.archive_gb for each in plans)
        return cls(plan.mailbox_gb + extra.mailbox_gb, archive + extra.archive_gb)


def is_impossible(used_milli_gb: int, room_gb: int) -> bool:
    """Whether nobody can have filled so many thousandths of GB in a space of so many GB."""
    times, parts = _TIMES
    return used_milli_gb * parts > room_gb * times * _THOUSANDTHS


def discredits_the_file(impossible: int, with_usage: int) -> bool:
    """Whether so many impossible rows, of so many that say what is used, make the whole file unbelievable."""
    return impossible >= _FEWEST and impossible * _SHARE >= with_usage
