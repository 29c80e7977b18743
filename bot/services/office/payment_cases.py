"""A payment that needs a person, as the operator sees it, and why a decision on it may be refused.

The errors::

    DecisionRefused
    ├── NoSuchPayment    the ledger has no payment of this number that needs, or needed, a person
    ├── CaseDecided      it was decided already
    ├── NothingWaiting   none of its money can be assigned, or sent back
    ├── NoSuchOrder      no order has this number
    └── NotPayable       the order cannot be paid with it
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, literal_column

from bot.db.tables import PaymentRow
from bot.domain.money import Cents
from bot.domain.number_guesses import number_guesses
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.review import Decision, Waiting
from bot.services.errors import ServiceError
from bot.services.payments.ledger import PaymentKind

IS_TO_REVIEW: ColumnElement[bool] = literal_column(
    "payment.reason IS NOT NULL AND payment.resolution IS NULL"
)
"""Payments that wait. Written out, not bound: a partial index is used only for the very words of its condition."""


_NO_ORDER: Final = frozenset({ReviewReason.UNKNOWN_ORDER.value, ReviewReason.SEVERAL_ORDERS.value})


class DecisionRefused(ServiceError):
    """The decision cannot be taken; nothing was changed."""


class NoSuchPayment(DecisionRefused):
    """There is no such payment, or it never needed a person."""


class CaseDecided(DecisionRefused):
    """Somebody decided it before: `decision` says what, `at` when."""

    def __init__(self, decision: Decision, at: datetime | None) -> None:
        super().__init__(decision.value)
        self.decision = decision
        self.at = at


class NothingWaiting(DecisionRefused):
    """None of its money is here, or none of it is in euros where euros are needed."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__("nothing waits")
        self.waiting = waiting


class NoSuchOrder(DecisionRefused):
    """No order has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NotPayable(DecisionRefused):
    """Money does not complete this order: `reason` says why, None when it is paid already."""

    def __init__(self, number: str, reason: ReviewReason | None) -> None:
        super().__init__(number)
        self.number = number
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Guess:
    """An order that a payment without one may be meant for; it awaits `missing` cents."""

    number: str
    missing: Cents


@dataclass(frozen=True, slots=True)
class PaymentCase:
    """A payment that needs a person.

    Attributes:
        id: its number in the ledger, by which it is decided.
        payment_id: what the operator's system calls it.
        reversal_id: which of its reversals this is, or is money of; empty where it has no such id.
        order: the order as it was written with the payment, which may be anything.
        method: how it was paid, in the words of whoever registered it.
        registered_at: an instant in UTC.
        waiting: why it needs a person, and what of it is here.
        guesses: where no order is named, or several, those that it may be meant for.
        same: the earlier payment of its order that it probably is, told of by another source; None where none is.
    """

    id: int
    payment_id: str
    reversal_id: str
    order: str
    method: str
    registered_at: datetime
    waiting: Waiting
    guesses: tuple[Guess, ...]
    same: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement of money, as the ledger has it now. Cents throughout.

    `allotted` are the orders that took of it, where it came for a collective number.
    """

    id: int
    payment_id: str
    order: str
    amount: Cents
    currency: str
    method: str
    outcome: PaymentOutcome
    reason: ReviewReason | None
    counted: Cents
    refund: Cents
    missing: Cents
    allotted: tuple["Entry", ...] = ()


def may_mean(row: PaymentRow) -> frozenset[str]:
    """The order numbers that a payment which names no order, or several, may mean."""
    return number_guesses(row.order_text) if row.reason in _NO_ORDER else frozenset()


def to_case(
    row: PaymentRow, waiting: Waiting, guesses: Mapping[str, Guess], same: Mapping[int, str]
) -> PaymentCase:
    """The case of a payment; `guesses` are orders that exist, by their numbers."""
    return PaymentCase(
        id=row.id,
        payment_id=row.payment_id,
        reversal_id=row.reversal_id,
        order=row.order_text,
        method=row.method,
        registered_at=row.registered_at,
        waiting=waiting,
        guesses=tuple(guesses[number] for number in sorted(may_mean(row) & guesses.keys())),
        same=same.get(row.id),
    )


def to_entry(row: PaymentRow, related: Sequence[PaymentRow] = ()) -> Entry:
    """The entry of a row of the ledger; `related` are the movements of the same payment."""
    return Entry(
        id=row.id,
        payment_id=row.payment_id,
        order=row.order_text,
        amount=row.amount,
        currency=row.currency,
        method=row.method,
        outcome=PaymentOutcome(row.outcome),
        reason=None if row.reason is None else ReviewReason(row.reason),
        counted=row.counted,
        refund=row.refund,
        missing=row.missing,
        allotted=tuple(
            to_entry(each)
            for each in related
            if each.origin_id == row.id and each.kind == PaymentKind.ALLOTTED.value
        ),
    )
