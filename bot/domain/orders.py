"""The states of an order, as they are stored and as its customer sees them (DOMAIN.md 4)."""

from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.money import Cents


class OrderStatus(StrEnum):
    """`awaiting_payment` leads to one of those below. A completed order may be `withdrawn` from (DOMAIN.md 7).

    Nothing else leads anywhere. The values are stored.

    `awaiting_decision` leads to `awaiting_payment` once the operator has decided on the VAT, or ends as that does.
    """

    AWAITING_DECISION = "awaiting_decision"
    AWAITING_PAYMENT = "awaiting_payment"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


UNENDED: Final = frozenset({OrderStatus.AWAITING_DECISION, OrderStatus.AWAITING_PAYMENT})
"""The states of which something may still become."""


class Progress(StrEnum):
    """How far an order is, as its customer sees it. The values are variants in the texts."""

    AWAITING_DECISION = "awaiting_decision"
    AWAITING_PAYMENT = "awaiting_payment"
    PART_PAID = "part_paid"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    """One of its mailboxes is not the operator's any more: a payment would renew none (docs/decisions/034)."""

    @property
    def is_open(self) -> bool:
        """Whether there is still something to pay."""
        return self in {Progress.AWAITING_PAYMENT, Progress.PART_PAID}


def progress_of(
    status: OrderStatus, paid: Cents, payable_until: date, today: date, *, gone: bool = False
) -> Progress:
    """How far an order is today.

    From the day after `payable_until` an unpaid order is over, whether or not that was stored already: a payment
    could no longer save its mailboxes, and nobody should be told how to make one.

    Args:
        status: as it is stored.
        paid: cents that count for the order so far.
        payable_until: the last day on which a payment saves all of its mailboxes.
        today: the day in the operator's time zone.
        gone: whether one of its mailboxes is gone.
    """
    if status not in UNENDED:
        return Progress(status.value)
    if today > payable_until:
        return Progress.EXPIRED
    if gone:
        return Progress.GONE
    if status is OrderStatus.AWAITING_DECISION:
        return Progress.AWAITING_DECISION
    return Progress.PART_PAID if paid > 0 else Progress.AWAITING_PAYMENT
