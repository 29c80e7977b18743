"""Any sequence of payments and reversals: no cent is lost, an order completes once, when it is paid (DOMAIN.md 5)."""

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db.tables import PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import PaymentOutcome
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind
from bot.services.payments.payments import PaymentAnswer
from tests.support.till import Till

_ids = count(1)


@dataclass(frozen=True)
class Step:
    """One report: which payment it is of, and what it says."""

    kind: PaymentKind
    payment: int
    cents: Cents
    currency: str
    finds_order: bool


_steps = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from([PaymentKind.REGISTERED] * 3 + [PaymentKind.REVERSED]),
        payment=st.integers(1, 5),
        cents=st.one_of(st.sampled_from([1, 1824, 3647, 3648, 3649]), st.integers(1, 5000)),
        currency=st.sampled_from(["EUR"] * 7 + ["CHF"]),
        finds_order=st.sampled_from([True] * 7 + [False]),
    ),
    max_size=9,
)


@given(steps=_steps)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_sequence_of_payments(till: Till, steps: list[Step]) -> None:
    await pay(till, steps)


@pytest.mark.soak
@given(steps=_steps)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_hundred_sequences_of_payments(till: Till, steps: list[Step]) -> None:
    await pay(till, steps)


async def pay(till: Till, steps: list[Step]) -> None:
    """Report all of this of an order of its own, and look at the ledger each time."""
    number = next(_ids)
    order = await till.order(f"cliente{number}", chats=(1000 + number,))
    due, complete = order.quote.due, False
    arrived: dict[tuple[PaymentKind, str], Cents] = {}
    answers: dict[tuple[PaymentKind, str], PaymentAnswer] = {}
    for step in steps:
        key = step.kind, f"{number}-{step.payment}"
        report = till.paid(
            order if step.finds_order else f"none-{number}",
            step.cents,
            key[1],
            currency=step.currency,
            kind=step.kind,
        )
        answered = await till.services.payments.register(report)
        assert answers.setdefault(key, answered) == answered, "the same payment is answered alike"
        arrived.setdefault(key, step.cents)

        counted = await check_ledger(till, number, arrived)
        complete = complete or counted >= due
        assert (await till.status(order) == "completed") is complete
        await check_renewed_once(till, order, complete=complete)
        check_answer(answered, due, counted, first=answers[key] is answered)


async def check_ledger(till: Till, number: int, arrived: dict[tuple[PaymentKind, str], Cents]) -> Cents:
    """What is recorded is what arrived, and every cent of it has its place; what pays the order is returned."""
    rows = [row for row in await till.ledger() if row.payment_id.startswith(f"{number}-")]
    assert {(PaymentKind(row.kind), row.payment_id): row.amount for row in rows} == arrived
    for row in rows:
        if row.outcome == PaymentOutcome.REVIEW:
            assert (row.counted, row.refund) == (0, 0)
        elif row.kind == PaymentKind.REGISTERED:
            assert row.counted + row.refund == row.amount
            assert min(row.counted, row.refund) >= 0
        else:
            assert -row.amount <= row.counted <= row.refund == 0
        if row.kind == PaymentKind.REVERSED and row.reason is None:
            assert _refunds(row, rows), "nobody has to look at the refund of what belonged back"
            continue
        assert (row.reason is None) is (
            row.outcome in {PaymentOutcome.COMPLETED, PaymentOutcome.PARTIAL} and row.refund == 0
        )
    return sum(row.counted for row in rows)


def _refunds(reversal: PaymentRow, rows: list[PaymentRow]) -> bool:
    """Whether a reversal is of exactly what a person was asked to send back of its payment."""
    (came,) = (row for row in rows if (row.payment_id, row.kind) == (reversal.payment_id, "registered"))
    return reversal.amount == came.amount - came.counted and came.resolution == "refunded"


async def check_renewed_once(till: Till, order: Order, *, complete: bool) -> None:
    """The expiry has moved by one renewal and was told once, or not at all."""
    (mailbox,), (item,) = await till.mailboxes(order), order.items
    assert mailbox.expires_on == (item.new_expiry if complete else item.old_expiry)
    events = [
        each for each in await till.told("renewal.completed") if each.payload["data"]["order"] == order.number
    ]
    assert len(events) == int(complete)


def check_answer(answered: PaymentAnswer, due: Cents, counted: Cents, *, first: bool) -> None:
    """What is said to be missing is what is missing."""
    assert 0 <= answered.due <= due
    if first and answered.outcome is PaymentOutcome.PARTIAL:
        assert answered.due == due - counted
