"""What a payment means for its order: each row of the table in DOMAIN.md 5, and what holds for any sequence."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import RenewFrom
from bot.domain.orders import OrderStatus
from bot.domain.payments import (
    Judgement,
    OrderedExpiry,
    PaymentOutcome,
    ReviewReason,
    Standing,
    asked_of,
    completed_expiry,
    judge_payment,
    judge_reversal,
    missing_of,
)
from tests.support.catalogue import example_catalogue, with_rules

AWAITING = OrderStatus.AWAITING_PAYMENT
DUE = 3648
OPEN = Standing(AWAITING, DUE, 0, mailbox_deleted=False)


def judged(
    outcome: PaymentOutcome,
    counted: int = 0,
    refund: int = 0,
    missing: int = 0,
    reason: ReviewReason | None = None,
) -> Judgement:
    return Judgement(outcome, counted, refund, missing, reason)


@pytest.mark.parametrize(
    ("standing", "amount", "expected"),
    [
        (OPEN, DUE, judged(PaymentOutcome.COMPLETED, DUE)),
        (OPEN, DUE - 1, judged(PaymentOutcome.PARTIAL, DUE - 1, missing=1)),
        (OPEN, 1, judged(PaymentOutcome.PARTIAL, 1, missing=DUE - 1)),
        (replace(OPEN, paid=2000), 1648, judged(PaymentOutcome.COMPLETED, 1648)),
        (replace(OPEN, paid=2000), 1647, judged(PaymentOutcome.PARTIAL, 1647, missing=1)),
        (OPEN, DUE + 1, judged(PaymentOutcome.COMPLETED, DUE, 1, reason=ReviewReason.SURPLUS)),
        (
            replace(OPEN, paid=2000),
            2000,
            judged(PaymentOutcome.COMPLETED, 1648, 352, reason=ReviewReason.SURPLUS),
        ),
    ],
)
def test_money_for_an_open_order(standing: Standing, amount: int, expected: Judgement) -> None:
    assert judge_payment(standing, amount, "EUR") == expected


@pytest.mark.parametrize("amount", [1, DUE, 2 * DUE])
def test_a_second_payment_of_a_completed_order_belongs_back(amount: int) -> None:
    complete = Standing(OrderStatus.COMPLETED, DUE, DUE, mailbox_deleted=False)
    assert judge_payment(complete, amount, "EUR") == judged(
        PaymentOutcome.DUPLICATE_PAYMENT, 0, amount, reason=ReviewReason.DUPLICATE
    )


def test_money_for_a_completed_order_fills_what_a_reversal_left_open() -> None:
    after = Standing(OrderStatus.COMPLETED, DUE, 0, mailbox_deleted=False)
    assert judge_payment(after, DUE + 5, "EUR") == judged(
        PaymentOutcome.DUPLICATE_PAYMENT, DUE, 5, reason=ReviewReason.AFTER_REVERSAL
    )


@pytest.mark.parametrize(
    ("standing", "currency", "reason", "missing"),
    [
        (None, "EUR", ReviewReason.UNKNOWN_ORDER, 0),
        (None, "CHF", ReviewReason.UNKNOWN_ORDER, 0),
        (OPEN, "CHF", ReviewReason.OTHER_CURRENCY, DUE),
        (replace(OPEN, status=OrderStatus.COMPLETED), "CHF", ReviewReason.OTHER_CURRENCY, 0),
        (replace(OPEN, status=OrderStatus.CANCELLED), "EUR", ReviewReason.ORDER_CANCELLED, 0),
        (replace(OPEN, status=OrderStatus.EXPIRED), "EUR", ReviewReason.ORDER_EXPIRED, 0),
        (replace(OPEN, mailbox_deleted=True), "EUR", ReviewReason.MAILBOX_DELETED, DUE),
    ],
)
def test_what_needs_a_person(
    standing: Standing | None, currency: str, reason: ReviewReason, missing: int
) -> None:
    assert judge_payment(standing, DUE, currency) == judged(
        PaymentOutcome.REVIEW, missing=missing, reason=reason
    )


def test_a_completed_order_is_complete_though_its_mailbox_is_deleted_since() -> None:
    complete = Standing(OrderStatus.COMPLETED, DUE, DUE, mailbox_deleted=True)
    assert judge_payment(complete, DUE, "EUR").outcome is PaymentOutcome.DUPLICATE_PAYMENT


def test_a_payment_that_its_own_reversal_overtook_counts_nothing() -> None:
    assert judge_payment(OPEN, DUE, "EUR", reversed_before=True) == judged(
        PaymentOutcome.REVIEW, missing=DUE, reason=ReviewReason.REVERSED
    )


def test_as_much_as_a_statement_told_of_lately_waits_while_something_is_asked_for() -> None:
    begun = replace(OPEN, paid=1000)
    assert judge_payment(begun, 1000, "EUR", told_before=True) == judged(
        PaymentOutcome.REVIEW, missing=DUE - 1000, reason=ReviewReason.TOLD_TWICE
    )
    complete = Standing(OrderStatus.COMPLETED, DUE, DUE, mailbox_deleted=False)
    assert judge_payment(complete, DUE, "EUR", told_before=True) == judge_payment(complete, DUE, "EUR")


@pytest.mark.parametrize(
    ("standing", "undone", "missing"),
    [
        (replace(OPEN, paid=2000), 2000, DUE),
        (replace(OPEN, paid=2000), 500, 2148),
        (Standing(OrderStatus.COMPLETED, DUE, DUE, mailbox_deleted=False), DUE, 0),
        # What belonged back has gone back: the order stays paid.
        (Standing(OrderStatus.COMPLETED, DUE, DUE, mailbox_deleted=False), 0, 0),
        (None, 0, 0),
    ],
)
def test_money_that_went_back(standing: Standing | None, undone: int, missing: int) -> None:
    assert judge_reversal(standing, undone) == judged(
        PaymentOutcome.REVERSED, -undone, missing=missing, reason=ReviewReason.REVERSED
    )


@given(
    due=st.integers(1, 10_000),
    paid=st.integers(0, 12_000),
    status=st.sampled_from(OrderStatus),
    deleted=st.booleans(),
    amount=st.integers(1, 20_000),
    currency=st.sampled_from(["EUR", "CHF"]),
    reversed_before=st.booleans(),
)
def test_every_cent_is_counted_or_belongs_back_or_waits_for_a_person(
    *,
    due: int,
    paid: int,
    status: OrderStatus,
    deleted: bool,
    amount: int,
    currency: str,
    reversed_before: bool,
) -> None:
    standing = Standing(status, due, paid, deleted)
    judgement = judge_payment(standing, amount, currency, reversed_before=reversed_before)
    if judgement.outcome is PaymentOutcome.REVIEW:
        assert judgement.reason is not None
        assert (judgement.counted, judgement.refund) == (0, 0)
    else:
        assert judgement.counted + judgement.refund == amount
        assert judgement.counted >= 0
        assert judgement.refund >= 0
        assert paid + judgement.counted <= max(due, paid)
    if judgement.outcome is PaymentOutcome.COMPLETED:
        assert status is AWAITING
        assert paid + judgement.counted >= due
    if judgement.outcome is PaymentOutcome.PARTIAL:
        assert judgement.missing == due - paid - judgement.counted > 0


LEAP = OrderedExpiry(date(2028, 2, 29), date(2029, 2, 28))
ORDERED = OrderedExpiry(date(2026, 12, 23), date(2028, 12, 23))


@pytest.mark.parametrize(
    ("ordered", "current", "years", "expected"),
    [
        (ORDERED, date(2026, 12, 23), 2, date(2028, 12, 23)),
        (LEAP, date(2028, 2, 29), 1, date(2029, 2, 28)),
        (OrderedExpiry(date(2028, 2, 29), date(2032, 2, 29)), date(2028, 2, 29), 4, date(2032, 2, 29)),
        # The operator's file moved it: forwards, backwards, and to a leap day.
        (ORDERED, date(2027, 1, 10), 2, date(2029, 1, 10)),
        (ORDERED, date(2026, 11, 30), 2, date(2028, 11, 30)),
        (ORDERED, date(2028, 2, 29), 1, date(2029, 2, 28)),
        # It moved it to what was ordered: the renewal is in the file, and is not given twice.
        (ORDERED, date(2028, 12, 23), 2, date(2028, 12, 23)),
    ],
)
def test_the_expiry_of_a_completed_order(
    ordered: OrderedExpiry, current: date, years: int, expected: date
) -> None:
    paid_on = date(2026, 11, 23)
    assert completed_expiry(ordered, current, years, example_catalogue(), paid_on) == expected


@pytest.mark.parametrize(
    ("paid_on", "expected"),
    [
        (date(2026, 11, 20), date(2027, 11, 24)),  # earlier than was expected: what was promised holds
        (date(2026, 11, 24), date(2027, 11, 24)),
        (date(2026, 11, 30), date(2027, 11, 30)),
    ],
)
def test_where_an_expired_mailbox_runs_from_its_payment(paid_on: date, expected: date) -> None:
    catalogue = with_rules(renew_expired_from=RenewFrom.PAYMENT)
    ordered = OrderedExpiry(date(2026, 11, 1), date(2027, 11, 24))
    assert completed_expiry(ordered, date(2026, 11, 1), 1, catalogue, paid_on) == expected


cents = st.integers(0, 10_000)


@given(due=cents, paid=cents, status=st.sampled_from(OrderStatus))
def test_what_is_missing_is_asked_for_only_while_the_order_awaits_payment(
    due: int, paid: int, status: OrderStatus
) -> None:
    assert missing_of(due, paid) == (due - paid if paid < due else 0)
    assert asked_of(status, due, paid) == (missing_of(due, paid) if status is AWAITING else 0)
