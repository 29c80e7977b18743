"""Whether what a file says of a mailbox knows of a renewal that was paid: it may be older (DOMAIN.md 3.5 and 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import add_working_days, add_years


@dataclass(frozen=True, slots=True)
class PaidRenewal:
    """A renewal of a mailbox that was completed: from which expiry to which, for how long, and on which day.

    `holds` is whether it is still paid and was not withdrawn: what was reversed or withdrawn protects its expiry from
    no file. `seen` is whether a file has shown the new expiry since. `asked_on` is when the provider is asked, None
    where that is once it is completed (`bot.domain.withdrawal.asked_on`).
    """

    order: str
    old_expiry: date
    new_expiry: date
    years: int
    completed_on: date
    holds: bool = True
    seen: bool = False
    asked_on: date | None = None

    def is_newer_than(self, expires_on: date) -> bool:
        """Whether a file that gives the mailbox this expiry was written before the renewal."""
        if not self.holds or expires_on >= self.new_expiry:
            return False
        return expires_on == self.old_expiry or add_years(expires_on, self.years) == self.new_expiry


def not_caught_up(renewals: Iterable[PaidRenewal], said: date, has: date) -> PaidRenewal | None:
    """The last renewal that a file has not caught up with: it was written before the payment.

    Args:
        renewals: of the mailbox.
        said: the expiry that the file gives.
        has: the expiry that the mailbox has; what lies beyond it was moved back by the operator since, and holds.
    """
    found = [each for each in renewals if each.new_expiry <= has and each.is_newer_than(said)]
    return max(found, key=lambda each: each.new_expiry, default=None)


class Sight(StrEnum):
    """What an import says of a renewal that is still to be seen where the mailbox lives (DOMAIN.md 5).

    `SEEN`: it gives the new expiry. `AWAITED`: it gives the old one, and is not late. `OVERDUE`: it gives the old one,
    and was made later than the provider has to catch up: a person has to ask there. `MOOT`: the renewal was reversed or
    withdrawn, or the operator has moved the date: nobody waits for it any more.
    """

    SEEN = "seen"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    MOOT = "moot"


def sight_of(renewal: PaidRenewal, said: date, has: date, today: date, provider_days: int) -> Sight:
    """What an import that is made today, and gives the mailbox the expiry `said`, tells of a renewal of it.

    Args:
        renewal: of the mailbox.
        said: the expiry that the file gives.
        has: the expiry that the mailbox has.
        today: the day of the import.
        provider_days: working days after the completion that the provider has (catalogue).
    """
    if said >= renewal.new_expiry:
        return Sight.SEEN
    if renewal.new_expiry > has or not renewal.is_newer_than(said):
        return Sight.MOOT
    late = today > add_working_days(renewal.asked_on or renewal.completed_on, provider_days)
    return Sight.OVERDUE if late else Sight.AWAITED


def last_due(today: date, provider_days: int) -> date:
    """The last day whose completions the provider should have caught up with before today."""
    day = today - timedelta(days=provider_days)
    while add_working_days(day, provider_days) >= today:
        day -= timedelta(days=1)
    return day
