"""Whether what a file says of a mailbox knows of a renewal that was paid: it may be older (DOMAIN.md 3.5 and 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import add_years


@dataclass(frozen=True, slots=True)
class PaidRenewal:
    """A renewal of a mailbox that was completed and is still paid: from which expiry to which, and for how long."""

    order: str
    old_expiry: date
    new_expiry: date
    years: int

    def is_newer_than(self, expires_on: date) -> bool:
        """Whether a file that gives the mailbox this expiry was written before the renewal."""
        if expires_on >= self.new_expiry:
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
