"""Leaps in time, as the pages tell them: when, and what happened then."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class What(StrEnum):
    """What can happen to somebody's mailboxes. The page has a sentence for each (`strings.js`)."""

    REMINDER = "reminder"
    PAYMENT_REMINDER = "payment-reminder"
    AUTOMATIC_NOTICE = "automatic-notice"
    NOT_CHARGED = "not-charged"
    SPACE = "space"
    ORDER_EXPIRING = "order-expiring"
    ORDER_EXPIRED = "order-expired"
    PAYMENT_NOT_ARRIVED = "payment-not-arrived"
    CHARGE_DAY = "charge-day"
    EXPIRED = "expired"
    LAST_DAY = "last-day"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened.

    Attributes:
        what: its kind.
        days: for what speaks of an expiry, the days left until it; negative after it.
        mailbox: the address, where the person has several mailboxes and this concerns one of them.
        count: how many mailboxes it concerns.
        by_mail: whether the person was told by e-mail alone.
    """

    what: What
    days: int | None = None
    mailbox: str = ""
    count: int = 1
    by_mail: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as the page reads it."""
        return {
            "what": self.what.value,
            "days": self.days,
            "mailbox": self.mailbox,
            "count": self.count,
            "by_mail": self.by_mail,
        }


@dataclass(frozen=True, slots=True)
class Leap:
    """The clock was moved for a chat.

    Attributes:
        chat_id: the chat.
        at: the moment that was reached, aware.
        happenings: what happened, at least one thing.
        after: the message above which the leap began; 0 in a chat that had none.
    """

    chat_id: int
    at: datetime
    happenings: tuple[Happening, ...]
    after: int

    def to_json(self) -> dict[str, Any]:
        """Return it as the page reads it; the moment in seconds, as the Bot API counts them."""
        return {
            "at": int(self.at.timestamp()),
            "after": self.after,
            "happenings": [happening.to_json() for happening in self.happenings],
        }
