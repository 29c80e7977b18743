"""Money for a collective number: whole orders first, soonest expiry first, and not a cent lost (DOMAIN.md 4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.collective import Member, Part, allot, due_of, judge_collective
from bot.domain.orders import OrderStatus
from bot.domain.payments import PaymentOutcome, ReviewReason, Standing

FIRST = date(2026, 12, 1)
AWAITING, COMPLETED = OrderStatus.AWAITING_PAYMENT, OrderStatus.COMPLETED

owed = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 60)), max_size=8).map(
    lambda found: [(number, lacks, FIRST + timedelta(days)) for number, (lacks, days) in enumerate(found)]
)


def member(
    order: int,
    due: int,
    paid: int = 0,
    *,
    status: OrderStatus = AWAITING,
    deleted: bool = False,
    days: int = 0,
) -> Member:
    return Member(order, Standing(status, due, paid, deleted), FIRST + timedelta(days or order))


@given(owed, st.integers(1, 60_000))
def test_no_cent_is_lost_or_made(waiting: list[tuple[int, int, date]], cents: int) -> None:
    found = allot(cents, waiting)
    lacks = {order: lacking for order, lacking, _ in waiting}
    assert sum(part.cents for part in found.parts) + found.rest == cents
    assert all(0 < part.cents <= lacks[part.order] for part in found.parts)
    assert len({part.order for part in found.parts}) == len(found.parts)
    assert not found.rest or sum(part.cents for part in found.parts) == sum(lacks.values())


@given(owed, st.integers(1, 60_000))
def test_orders_are_paid_whole_and_the_soonest_first(
    waiting: list[tuple[int, int, date]], cents: int
) -> None:
    found = allot(cents, waiting)
    lacks = {order: lacking for order, lacking, _ in waiting}
    day = {order: (expires_on, order) for order, _, expires_on in waiting}
    whole = [part.order for part in found.parts if part.cents == lacks[part.order]]
    begun = [part.order for part in found.parts if part.cents < lacks[part.order]]
    assert [part.order for part in found.parts] == [*whole, *begun]
    assert whole == sorted(whole, key=day.__getitem__)
    untouched = [order for order, lacking in lacks.items() if lacking and order not in whole]
    assert begun == sorted(untouched, key=day.__getitem__)[: len(begun)]
    assert len(begun) <= 1
    # What was begun could not have paid another one whole.
    left = found.rest + sum(part.cents for part in found.parts if part.order in begun)
    assert all(lacks[order] > left for order in untouched)


@given(owed, st.lists(st.integers(1, 20_000), min_size=1, max_size=6))
def test_payments_add_up_to_the_sum(waiting: list[tuple[int, int, date]], payments: list[int]) -> None:
    lacks = {order: lacking for order, lacking, _ in waiting}
    due, over = sum(lacks.values()), 0
    for cents in payments:
        found = allot(cents, [(order, lacks[order], expires_on) for order, _, expires_on in waiting])
        for part in found.parts:
            lacks[part.order] -= part.cents
        over += found.rest
    assert sum(lacks.values()) == max(due - sum(payments), 0)
    assert over == max(sum(payments) - due, 0)


def test_an_order_that_is_too_dear_lets_a_whole_one_pass() -> None:
    found = allot(4000, [(1, 4258, FIRST), (2, 3648, FIRST + timedelta(1))])
    assert found.parts == (Part(2, 3648), Part(1, 352))


@pytest.mark.parametrize(
    ("members", "cents", "outcome", "missing", "refund", "reason"),
    [
        ((member(1, 100), member(2, 50)), 150, "completed", 0, 0, None),
        ((member(1, 100), member(2, 50)), 120, "partial", 30, 0, None),
        ((member(1, 100, 40), member(2, 50)), 110, "completed", 0, 0, None),
        ((member(1, 100), member(2, 50)), 175, "completed", 0, 25, "surplus"),
        ((member(1, 100), member(2, 50, 50, status=COMPLETED)), 150, "completed", 0, 50, "surplus"),
        (
            (member(1, 100), member(2, 50, status=OrderStatus.CANCELLED)),
            150,
            "completed",
            0,
            0,
            "collective_changed",
        ),
        ((member(1, 100), member(2, 50, status=OrderStatus.EXPIRED)), 60, "partial", 40, 0, None),
        ((member(1, 100), member(2, 50, deleted=True)), 150, "completed", 0, 0, "collective_changed"),
        ((member(1, 100, status=OrderStatus.CANCELLED),), 100, "review", 0, 0, "collective_changed"),
        ((member(1, 100, 100, status=COMPLETED),), 100, "duplicate_payment", 0, 100, "duplicate"),
        ((member(1, 100, 30, status=COMPLETED),), 100, "duplicate_payment", 0, 30, "after_reversal"),
    ],
)
def test_the_table_holds_for_a_list_of_orders(
    members: tuple[Member, ...], cents: int, outcome: str, missing: int, refund: int, reason: str | None
) -> None:
    judged = judge_collective(members, cents, "EUR")
    judgement = judged.judgement
    assert judgement.outcome is PaymentOutcome(outcome)
    assert (judgement.missing, judgement.refund) == (missing, refund)
    assert judgement.reason == (None if reason is None else ReviewReason(reason))
    assert judgement.counted == 0  # the parts count, for their orders


def test_money_that_cannot_count_waits_whole() -> None:
    members = (member(1, 100), member(2, 50))
    for judged, reason in (
        (judge_collective(members, 150, "CHF"), ReviewReason.OTHER_CURRENCY),
        (judge_collective(members, 150, "EUR", reversed_before=True), ReviewReason.REVERSED),
    ):
        assert judged.parts == ()
        assert (judged.judgement.outcome, judged.judgement.reason) == (PaymentOutcome.REVIEW, reason)
        assert judged.judgement.missing == due_of(members) == 150
