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
    missing = _missing(standing)
    reason = _why_review(standing, currency)
    if standing is None or reason is not None:
        return Judgement(PaymentOutcome.REVIEW, missing, 0, reason)
    if standing.status is OrderStatus.COMPLETED:
        return Judgement(PaymentOutcome.DUPLICATE_PAYMENT, 0, amount, ReviewReason.DUPLICATE)
    if amount < missing:
        return Judgement(PaymentOutcome.PARTIAL, missing - amount, 0, None)
    surplus = amount - missing
    return Judgement(PaymentOutcome.COMPLETED, 0, surplus, ReviewReason.SURPLUS if surplus else None)


def _missing(standing: Standing | None) -> Cents:
    if standing is None or standing.status is not OrderStatus.AWAITING_PAYMENT:
        return 0
    return max(standing.due - standing.paid, 0)


def _why_review(standing: Standing | None, currency: str) -> ReviewReason | None:
    if standing is None:
        return ReviewReason.UNKNOWN_ORDER
    if currency != CURRENCY:
        return ReviewReason.OTHER_CURRENCY
    if standing.status in _CLOSED:
        return _CLOSED[standing.status]
    if standing.status is OrderStatus.AWAITING_PAYMENT and standing.mailbox_deleted:
        return ReviewReason.MAILBOX_DELETED
    return None
