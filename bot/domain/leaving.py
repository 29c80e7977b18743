"""A customer leaves and everything of it is deleted: what stands against that, and what must not come back by itself.

Deleting is due where nothing else needs the data any more (art. 17 GDPR). While a contract is being performed, or
money is on its way, they are needed; what is owed to the law afterwards stays, and nothing else
(docs/decisions/042-a-customer-is-forgotten.md).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.calendar import add_years

_DECEMBER: Final = 12


class Against(StrEnum):
    """Why a customer's data cannot be deleted now. The values are variants in the texts.

    For everybody: `OPEN_ORDER`, it may still be paid, or is in part; `MONEY`, of an order some is due back, or waits
    for a decision; `UNSEEN`, a renewal was paid and is not seen where the mailbox lives; `AUTOMATIC`, a mailbox renews
    itself, so that somebody will be charged; `PENDING`, a case of the office is open.

    In a chat besides: `SEVERAL_CHATS`, others speak for the customer too; `EMAIL_CHANGED`, whoever has the address
    before can still take the change back; `NO_MAIL`, no code can be mailed.
    """

    OPEN_ORDER = "open_order"
    MONEY = "money"
    UNSEEN = "unseen"
    AUTOMATIC = "automatic"
    PENDING = "pending"
    SEVERAL_CHATS = "several_chats"
    EMAIL_CHANGED = "email_changed"
    NO_MAIL = "no_mail"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against it.

    Attributes:
        why: which.
        name: the order's number, the mailbox's address or the case's id; empty where there is nothing to name.
        until: the last day of it, where it ends by itself; None elsewhere.
    """

    why: Against
    name: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What became of an order.

    Attributes:
        ended_unpaid: it was cancelled, or expired.
        moved: money moved for it.
        invoiced: an invoice was issued for it.
        stated: its consumer has withdrawn from it: the statement and its receipt are to be proved.
    """

    ended_unpaid: bool
    moved: bool
    invoiced: bool
    stated: bool

    @property
    def is_to_be_kept(self) -> bool:
        """Whether the law wants it kept (art. 2220 Civil Code): of one that nothing came of nobody asks any more."""
        return not self.ended_unpaid or self.moved or self.invoiced or self.stated


def is_over(since: date, years: int, today: date) -> bool:
    """Whether what is kept for `years` from a day on is kept no longer: on the day after the last one of them."""
    return add_years(since, years) < today


def name_of_customer(code: str) -> str:
    """What the blind index of a forgotten customer's code is made of."""
    return f"forgotten:customer:{code}"


def name_of_mailbox(address: str) -> str:
    """The same of a mailbox's address, in small letters."""
    return f"forgotten:mailbox:{address}"


def answered_by(asked_on: date) -> date:
    """The last day for what is left to do of a request: a month (art. 12 GDPR)."""
    year, month = (
        (asked_on.year + 1, 1) if asked_on.month == _DECEMBER else (asked_on.year, asked_on.month + 1)
    )
    return date(year, month, min(asked_on.day, monthrange(year, month)[1]))
