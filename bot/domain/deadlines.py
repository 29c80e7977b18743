"""Days not to be missed: a mailbox's next one, and those by which an order is to be paid (DOMAIN.md 3, 4 and 6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import HasExpiry, Mailbox, deletion_date, is_over


@dataclass(frozen=True, slots=True)
class Deadline:
    """What comes next for a mailbox.

    Attributes:
        mailbox: which.
        day: the expiry; once that has passed, the last day before the mailbox is deleted.
        is_last: whether it is the latter.
        charged_on: the day on which the mailbox renews itself; None where it does not, or that day has passed in vain.
    """

    mailbox: Mailbox
    day: date
    is_last: bool
    charged_on: date | None


def deadline(mailbox: Mailbox, catalogue: Catalogue, today: date) -> Deadline | None:
    """The next deadline of a mailbox; None when it is deleted or gone, and nothing can be missed any more."""
    if is_over(mailbox, mailbox.gone_on, catalogue, today):
        return None
    last_day = deletion_date(mailbox, catalogue)
    if today > mailbox.expires_on:
        return Deadline(mailbox, last_day, is_last=True, charged_on=None)
    charge = mailbox.expires_on - timedelta(days=catalogue.rules.auto_renew_charge_days)
    renews_itself = mailbox.auto_renew and today <= charge
    return Deadline(mailbox, mailbox.expires_on, is_last=False, charged_on=charge if renews_itself else None)


@dataclass(frozen=True, slots=True)
class Limits:
    """The days before which a payment for several mailboxes has to be registered.

    Attributes:
        expiry: the soonest expiry: paid by then, every mailbox keeps sending.
        deletion: the first last day on which one of them can be saved. It may be the deletion of another mailbox than
            the one that expires first, as each plan may have its own.
    """

    expiry: date
    deletion: date

    def pay_by(self, today: date) -> date:
        """By when an order that is placed today should be paid: it keeps all sending, or, once one does not, saves it.

        (DOMAIN.md 4.)
        """
        return self.expiry if self.expiry >= today else self.deletion


def limits_of(boxes: Collection[HasExpiry], catalogue: Catalogue) -> Limits:
    """The limits of a payment for these mailboxes, of which there is one at least."""
    return Limits(
        expiry=min(box.expires_on for box in boxes),
        deletion=min(deletion_date(box, catalogue) for box in boxes),
    )
