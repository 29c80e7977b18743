"""The one day of a mailbox that its owner must not miss (DOMAIN.md 3.1 and 6)."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import Mailbox, deletion_date


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
    """The next deadline of a mailbox; None when it is deleted, and nothing can be missed any more."""
    last_day = deletion_date(mailbox.expires_on, catalogue)
    if today > last_day:
        return None
    if today > mailbox.expires_on:
        return Deadline(mailbox, last_day, is_last=True, charged_on=None)
    charge = mailbox.expires_on - timedelta(days=catalogue.rules.auto_renew_charge_days)
    renews_itself = mailbox.auto_renew and today <= charge
    return Deadline(mailbox, mailbox.expires_on, is_last=False, charged_on=charge if renews_itself else None)
