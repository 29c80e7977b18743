"""What a payment means for its order: every row of the table in DOMAIN.md 5, as pure functions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendar import new_expiry
from bot.domain.catalogue import Catalogue
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
    """Why a person has to look at a payment. The values are stored.

    `ORDER_UNDECIDED`: what the order costs waits for the operator's word on the VAT, so that no amount fits yet.
    `REVERSED` also stands at a payment that is registered after its own reversal. `AFTER_REVERSAL` is money for a
    completed order of which an earlier payment went back: it fills that gap, and only the rest belongs back.
    `ORDER_WITHDRAWN`: its customer has withdrawn from it, and all of this money is due back (DOMAIN.md 7).
    `COLLECTIVE_CHANGED`: an order of the collective number was cancelled, or expired, and its part waits.
    `TOLD_TWICE`: a bank's statement has told of as much for the same order within three days, so that this is probably
    the same money, told of once more (DOMAIN.md 8).
    `REVERSAL_UNFIT`: more went back than was left of the payment, or more came again than had gone: none of it counts.
    `CONTRADICTED` is a report that names a payment or a call known already, and says something else of it.
    """

    UNKNOWN_ORDER = "unknown_order"
    SEVERAL_ORDERS = "several_orders"
    COLLECTIVE_CHANGED = "collective_changed"
    OTHER_CURRENCY = "other_currency"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_UNDECIDED = "order_undecided"
    ORDER_EXPIRED = "order_expired"
    ORDER_WITHDRAWN = "order_withdrawn"
    MAILBOX_DELETED = "mailbox_deleted"
    TOLD_TWICE = "told_twice"
    SURPLUS = "surplus"
    DUPLICATE = "duplicate"
    AFTER_REVERSAL = "after_reversal"
    REVERSED = "reversed"
    CONTRADICTED = "contradicted"
    REVERSAL_UNFIT = "reversal_unfit"


def missing_of(due: Cents, paid: Cents) -> Cents:
    """What is missing of an amount `due` of which `paid` cents count so far; never below zero."""
    return max(due - paid, 0)


def asked_of(status: OrderStatus, due: Cents, paid: Cents) -> Cents:
    """What is asked for: the cents that are missing while the order awaits payment, afterwards nothing."""
    return missing_of(due, paid) if status is OrderStatus.AWAITING_PAYMENT else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands before a payment is counted: `due` in all and `paid` so far, in cents.

    `mailbox_deleted` says whether any of its mailboxes was deleted meanwhile.
    """

    status: OrderStatus
    due: Cents
    paid: Cents
    mailbox_deleted: bool

    @property
    def missing(self) -> Cents:
        """What is asked for: the cents missing while the order awaits payment, afterwards nothing."""
        return asked_of(self.status, self.due, self.paid)

    @property
    def gap(self) -> Cents:
        """What is missing of the amount due, whether it is asked for or not."""
        return missing_of(self.due, self.paid)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to do with a payment. What is neither `counted` nor `refund` waits for a person.

    Attributes:
        outcome: the answer of the callback.
        counted: cents that pay the order; below zero when what had been counted went back.
        refund: cents of this payment that belong back to the customer.
        missing: cents still to be paid afterwards; 0 when nothing is asked for any more.
        reason: why the operator is to look at it, None when nobody need.
    """

    outcome: PaymentOutcome
    counted: Cents
    refund: Cents
    missing: Cents
    reason: ReviewReason | None


_NOT_PAYABLE = {
    OrderStatus.AWAITING_DECISION: ReviewReason.ORDER_UNDECIDED,
    OrderStatus.CANCELLED: ReviewReason.ORDER_CANCELLED,
    OrderStatus.EXPIRED: ReviewReason.ORDER_EXPIRED,
    OrderStatus.WITHDRAWN: ReviewReason.ORDER_WITHDRAWN,
}


def judge_payment(
    standing: Standing | None,
    amount: Cents,
    currency: str,
    *,
    reversed_before: bool = False,
    several: bool = False,
    told_before: bool = False,
) -> Judgement:
    """Judge money that arrived (DOMAIN.md 5). No money is ever dropped: what does not fit goes to a person.

    Args:
        standing: how the order stands, None when no order is named, or more than one.
        amount: cents that arrived, above zero.
        currency: ISO 4217; only euros complete an order.
        reversed_before: this very payment is known to have gone back: calls may overtake each other.
        several: more than one order is named.
        told_before: another source has told of as much for the order lately.
    """
    # 1. What fits no open or completed order is for a person, and counts for nothing until then.
    reason = _why_review(
        standing, currency, reversed_before=reversed_before, several=several, told_before=told_before
    )
    if standing is None or reason is not None:
        missing = 0 if standing is None else standing.missing
        return Judgement(PaymentOutcome.REVIEW, 0, 0, missing, reason)
    # 2. It fills what is missing; what is beyond that belongs back.
    counted = min(amount, standing.gap)
    refund = amount - counted
    # 3. A completed order extends nothing twice.
    if standing.status is OrderStatus.COMPLETED:
        reason = ReviewReason.AFTER_REVERSAL if counted else ReviewReason.DUPLICATE
        return Judgement(PaymentOutcome.DUPLICATE_PAYMENT, counted, refund, 0, reason)
    # 4. An order that waits is paid in part, or complete.
    if amount < standing.gap:
        return Judgement(PaymentOutcome.PARTIAL, counted, 0, standing.gap - amount, None)
    return Judgement(PaymentOutcome.COMPLETED, counted, refund, 0, ReviewReason.SURPLUS if refund else None)


def judge_reversal(standing: Standing | None, undone: Cents) -> Judgement:
    """Judge money that went back: it counts no more, and no expiry is moved back by itself (DOMAIN.md 5).

    Args:
        standing: how the order of the payment stands, None when it has none.
        undone: cents of what pays the order that went back; 0 where only money that waited did, or that is unknown.
    """
    missing = 0 if standing is None else asked_of(standing.status, standing.due, standing.paid - undone)
    return Judgement(PaymentOutcome.REVERSED, -undone, 0, missing, ReviewReason.REVERSED)


@dataclass(frozen=True, slots=True)
class OrderedExpiry:
    """The expiry of a mailbox when its order was placed (`old`), and the one that was ordered (`new`)."""

    old: date
    new: date


def completed_expiry(
    ordered: OrderedExpiry, current: date, years: int, catalogue: Catalogue, paid_on: date
) -> date:
    """The expiry of a mailbox once its order is complete (DOMAIN.md 3.7).

    Never earlier than what was ordered. Where the operator's file moved the date meanwhile, the years that were
    paid run from there, unless it moved it to the date that was ordered: then the renewal is in it already.

    Args:
        ordered: the dates of the order.
        current: the expiry as it is now.
        years: how many were paid.
        catalogue: its rules say from when an expired mailbox runs on.
        paid_on: the day of the payment that completed the order.
    """
    if current == ordered.new:
        return current
    extended = new_expiry(current, years, catalogue, paid_on)
    return max(extended, ordered.new) if current == ordered.old else extended


def _why_review(
    standing: Standing | None, currency: str, *, reversed_before: bool, several: bool, told_before: bool
) -> ReviewReason | None:
    if reversed_before:
        return ReviewReason.REVERSED
    if standing is None:
        return ReviewReason.SEVERAL_ORDERS if several else ReviewReason.UNKNOWN_ORDER
    if currency != CURRENCY:
        return ReviewReason.OTHER_CURRENCY
    if standing.status in _NOT_PAYABLE:
        return _NOT_PAYABLE[standing.status]
    waits = standing.status is OrderStatus.AWAITING_PAYMENT
    if waits and standing.mailbox_deleted:
        return ReviewReason.MAILBOX_DELETED
    return ReviewReason.TOLD_TWICE if waits and told_before else None
