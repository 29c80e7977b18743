"""What a payment means for its order: every row of the table in DOMAIN.md 5, as one pure function."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import CURRENCY, Cents
from bot.domain.orders import OrderStatus


class PaymentOutcome(StrEnum):
    """What became of a payment. The values are stored, and are the words of the callback's answer."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    DUPLICATE_PAYMENT = "duplicate_payment"
    REVIEW = "review"
    REVERSED = "reversed"


class ReviewReason(StrEnum):
    """Why a person has to look at a payment. The values are stored."""

    UNKNOWN_ORDER = "unknown_order"
    OTHER_CURRENCY = "other_currency"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_EXPIRED = "order_expired"
    MAILBOX_DELETED = "mailbox_deleted"
    SURPLUS = "surplus"
    DUPLICATE = "duplicate"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands before a payment is counted: `due` in all and `paid` so far, in cents.

    `mailbox_deleted` says whether any of its mailboxes was deleted meanwhile.
    """

    status: OrderStatus
    due: Cents
    paid: Cents
    mailbox_deleted: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to do with a payment.

    Attributes:
        outcome: the answer of the callback.
        missing: cents still to be paid afterwards; 0 when nothing is asked for any more.
        refund: cents of this payment that belong back to the customer.
        reason: why the operator is to look at it, None when nobody need.
    """

    outcome: PaymentOutcome
    missing: Cents
    refund: Cents
    reason: ReviewReason | None


_CLOSED = {
    OrderStatus.CANCELLED: ReviewReason.ORDER_CANCELLED,
    OrderStatus.EXPIRED: ReviewReason.ORDER_EXPIRED,
}


def judge_payment(standing: Standing | None, amount: Cents, currency: str) -> Judgement:
    """Judge money that arrived (DOMAIN.md 5). No money is ever dropped: what does not fit goes to a person.

    Args:
        standing: how the order stands, None when there is no such order.
        amount: cents that arrived, above zero.
        currency: ISO 4217; only euros complete an order.
    """
    if standing is None:
        return Judgement(PaymentOutcome.REVIEW, 0, 0, ReviewReason.UNKNOWN_ORDER)
    missing = max(standing.due - standing.paid, 0) if standing.status is OrderStatus.AWAITING_PAYMENT else 0
    if currency != CURRENCY:
        return Judgement(PaymentOutcome.REVIEW, missing, 0, ReviewReason.OTHER_CURRENCY)
    if standing.status in _CLOSED:
        return Judgement(PaymentOutcome.REVIEW, 0, 0, _CLOSED[standing.status])
    if standing.status is OrderStatus.COMPLETED:
        return Judgement(PaymentOutcome.DUPLICATE_PAYMENT, 0, amount, ReviewReason.DUPLICATE)
    if standing.mailbox_deleted:
        return Judgement(PaymentOutcome.REVIEW, missing, 0, ReviewReason.MAILBOX_DELETED)
    if amount < missing:
        return Judgement(PaymentOutcome.PARTIAL, missing - amount, 0, None)
    surplus = amount - missing
    return Judgement(PaymentOutcome.COMPLETED, 0, surplus, ReviewReason.SURPLUS if surplus else None)
