"""Money that goes back in parts, and comes again: by its own id, and never more than there was (DOMAIN.md 5)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db.engine import Database
from bot.domain.money import Cents
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.payments.payments import PaymentAnswer
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.long_runs import long
from tests.support.till import OPERATOR_CHAT, Till

DUE = 3648


@pytest.fixture
def decisions(database: Database, surroundings: Surroundings) -> PaymentDecisions:
    """The operator's decisions."""
    notices = Notices(surroundings, operator_chat_id=OPERATOR_CHAT, mail=True, events=True)
    return PaymentDecisions(database, surroundings, notices)


def back(till: Till, report: PaymentReport, cents: Cents, reversal_id: str) -> PaymentReport:
    """The report that a part of this payment went back, under an id of its own."""
    return replace(till.went_back(report, cents), reversal_id=reversal_id)


def won(report: PaymentReport, cents: Cents, reversal_id: str) -> PaymentReport:
    """The report that what this reversal had taken is here again."""
    return replace(report, cents=cents, reversal_id=reversal_id)


async def open_reasons(till: Till) -> list[str]:
    """Why payments wait for a person."""
    return [row.reason for row in await till.ledger() if row.reason is not None and row.resolution is None]


async def paid(till: Till, order: Order) -> Cents:
    """What counts for the order."""
    rows = await till.ledger()
    return sum(row.counted for row in rows if row.order_text == order.number)


async def test_several_partial_reversals_add_up_and_each_is_known_by_its_id(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    first, second = back(till, report, 1000, "re_1"), back(till, report, 500, "re_2")
    answers = [await till.receive(each, f"call-{each.reversal_id}") for each in (first, second)]
    assert answers == [PaymentAnswer(PaymentOutcome.REVERSED, order.number, 0)] * 2
    assert await paid(till, order) == DUE - 1500
    before = await till.counts()
    assert await till.receive(first, "another call") == answers[0], "the same reversal under another call"
    assert await till.counts() == before
    assert await paid(till, order) == DUE - 1500


async def test_without_an_id_a_payment_has_one_reversal(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    for call in ("call-a", "call-b"):
        await till.receive(till.went_back(report, 1000), call)
    assert await paid(till, order) == DUE - 1000
    await till.receive(till.went_back(report, 700), "call-c")
    assert await paid(till, order) == DUE - 1000
    assert "contradicted" in [each.payload["reason"] for each in await till.told("operator-review")]


@pytest.mark.parametrize(("cents", "currency"), [(DUE - 999, "EUR"), *long((DUE, "EUR"), (500, "CHF"))])
async def test_more_than_is_left_is_not_believed(till: Till, cents: Cents, currency: str) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    await till.receive(back(till, report, 1000, "re_1"), "call-1")
    unfit = replace(back(till, report, cents, "re_2"), currency=currency)
    assert (await till.receive(unfit, "call-2")).outcome is PaymentOutcome.REVIEW
    assert await paid(till, order) == DUE - 1000, "nothing is taken until a person has looked"
    assert await open_reasons(till) == [ReviewReason.REVERSED, ReviewReason.REVERSAL_UNFIT]


async def test_a_dispute_that_is_won_is_money_again_and_nobody_has_to_decide(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    await till.receive(back(till, report, DUE, "dp_1"), "call-1")
    assert await open_reasons(till) == [ReviewReason.REVERSED]
    first = await till.receive(won(report, DUE, "dp_1"), "call-2")
    assert first == PaymentAnswer(PaymentOutcome.DUPLICATE_PAYMENT, order.number, 0)
    assert await paid(till, order) == DUE
    assert await open_reasons(till) == []
    assert await till.receive(won(report, DUE, "dp_1"), "call-3") == first, "won once"
    assert await paid(till, order) == DUE
    # What came again can go back again, by another dispute.
    await till.receive(back(till, report, DUE, "dp_2"), "call-4")
    assert await paid(till, order) == 0


async def test_a_dispute_that_is_won_completes_an_order_that_was_left_with_a_gap(till: Till) -> None:
    order = await till.order()
    part = till.paid(order, 2000)
    await till.receive(part)
    await till.receive(back(till, part, 2000, "dp_1"), "call-1")
    await till.receive(till.paid(order, DUE - 2000, "bank-2"))
    assert await till.status(order) == "awaiting_payment"
    answered = await till.receive(won(part, 2000, "dp_1"), "call-2")
    assert answered == PaymentAnswer(PaymentOutcome.COMPLETED, order.number, 0)
    assert await till.status(order) == "completed"


async def test_what_is_missing_counts_all_that_went_back_of_money_that_had_come_again(till: Till) -> None:
    order = await till.order()
    part = till.paid(order, 2000)
    await till.receive(part)
    await till.receive(back(till, part, 1000, "dp_1"), "call-1")
    await till.receive(won(part, 1000, "dp_1"), "call-2")
    answered = await till.receive(back(till, part, 1500, "dp_2"), "call-3")
    assert await paid(till, order) == 500
    assert answered == PaymentAnswer(PaymentOutcome.REVERSED, order.number, DUE - 500)


@pytest.mark.parametrize(("cents", "reversal_id"), [(1001, "dp_1"), *long((1000, "dp_9"))])
async def test_more_than_had_gone_or_of_an_unknown_reversal_does_not_count(
    till: Till, cents: Cents, reversal_id: str
) -> None:
    order = await till.order()
    report = till.paid(order, 2000)
    await till.receive(report)
    await till.receive(back(till, report, 1000, "dp_1"), "call-1")
    assert (await till.receive(won(report, cents, reversal_id), "call-2")).outcome is PaymentOutcome.REVIEW
    assert await paid(till, order) == 1000
    assert ReviewReason.REVERSAL_UNFIT in await open_reasons(till)


async def test_a_won_dispute_that_overtakes_its_reversal_ends_alike(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    await till.receive(won(report, DUE, "dp_1"), "call-1")
    await till.receive(back(till, report, DUE, "dp_1"), "call-2")
    assert await paid(till, order) == DUE
    assert await open_reasons(till) == []


async def test_a_reversal_that_equals_what_belongs_back_is_its_refund(till: Till) -> None:
    order = await till.order()
    report = till.paid(order, DUE + 352)
    await till.receive(report)
    assert await open_reasons(till) == [ReviewReason.SURPLUS]
    alerts = len(await till.told("operator-review"))
    await till.receive(back(till, report, 352, "re_1"), "call-1")
    assert await open_reasons(till) == [], "the case is closed, and no other one opened"
    assert len(await till.told("operator-review")) == alerts
    assert [row.resolution for row in await till.ledger()] == ["refunded", None]
    assert await paid(till, order) == DUE


@pytest.mark.soak
async def test_refunds_in_two_parts_close_the_case_with_the_last_one(till: Till) -> None:
    order = await till.order()
    report = till.paid(order, DUE + 352)
    await till.receive(report)
    await till.receive(back(till, report, 300, "re_1"), "call-1")
    assert await open_reasons(till) == [ReviewReason.SURPLUS, ReviewReason.REVERSED]
    await till.receive(back(till, report, 52, "re_2"), "call-2")
    assert await open_reasons(till) == [ReviewReason.REVERSED]
    assert await paid(till, order) == DUE


async def test_a_refund_that_a_person_noted_first_is_not_asked_about(
    till: Till, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    report = till.paid(order, DUE + 352)
    await till.receive(report)
    (surplus,) = await till.ledger()
    await decisions.refunded(surplus.id)
    await till.receive(back(till, report, 352, "re_1"), "call-1")
    assert await open_reasons(till) == []


# Any sequence

_ids = count(1)


@dataclass(frozen=True)
class Step:
    """One report of the only payment: of it (no reversal), of a reversal, or of one that was won."""

    kind: PaymentKind
    reversal: int
    cents: Cents


_parts = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from([PaymentKind.REVERSED, PaymentKind.REVERSED, PaymentKind.REGISTERED]),
        reversal=st.integers(0, 3),
        cents=st.one_of(st.sampled_from([352, 1000, DUE, DUE + 352]), st.integers(1, 4100)),
    ),
    max_size=8,
)


@given(arrived=st.sampled_from([2000, DUE, DUE + 352]), steps=_parts)
@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_went_back_is_never_more_than_what_came(
    till: Till, decisions: PaymentDecisions, arrived: Cents, steps: list[Step]
) -> None:
    await come_and_go(till, decisions, arrived, steps)


@pytest.mark.soak
@given(arrived=st.sampled_from([2000, DUE, DUE + 352]), steps=_parts)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_however_often_money_goes_and_comes_it_is_never_more_than_what_came(
    till: Till, decisions: PaymentDecisions, arrived: Cents, steps: list[Step]
) -> None:
    await come_and_go(till, decisions, arrived, steps)


async def come_and_go(till: Till, decisions: PaymentDecisions, arrived: Cents, steps: list[Step]) -> None:
    """Report all of this of one payment for an order of its own, and count its cents each time."""
    number = next(_ids)
    order = await till.order(f"cliente{number}", chats=(2000 + number,))
    report = till.paid(order, arrived, f"pay-{number}")
    await till.services.payments.register(report)
    answered: set[tuple[PaymentKind, str]] = set()
    for step in steps:
        reversal_id = f"r{step.reversal}" if step.reversal else ""
        if step.kind is PaymentKind.REGISTERED and not reversal_id:
            continue  # the payment itself, again
        answer = await till.services.payments.register(
            replace(report, kind=step.kind, cents=step.cents, reversal_id=reversal_id)
        )
        rows = [row for row in await till.ledger() if row.payment_id == report.payment_id]
        reported = [row for row in rows if row.origin_id is None]
        came = sum(row.amount for row in reported if row.kind == PaymentKind.REGISTERED)
        gone: dict[str, Cents] = defaultdict(int)
        for row in reported:
            if row.kind == PaymentKind.REVERSED and row.outcome == PaymentOutcome.REVERSED:
                gone[row.reversal_id] += row.amount
        assert sum(gone.values()) <= came
        counted = sum(row.counted for row in rows)
        if (step.kind, reversal_id) not in answered:  # the same again is answered as it was
            answered.add((step.kind, reversal_id))
            asked = order.quote.due - counted if await till.status(order) == "awaiting_payment" else 0
            assert answer.due == asked
        assert 0 <= counted <= min(order.quote.due, came - sum(gone.values()))
        cases, _ = await decisions.review(500)
        waits = sum(each.waiting.refundable for each in cases if each.payment_id == report.payment_id)
        assert counted + waits + sum(gone.values()) == came, "every cent counts, waits, or went back"


async def test_more_than_came_goes_back_of_money_for_no_order_and_nothing_is_due(till: Till) -> None:
    report = till.paid("nessun ordine", 1000)
    await till.receive(report)
    answer = await till.receive(till.went_back(report, 2000))
    assert (answer.outcome, answer.due) == (PaymentOutcome.REVIEW, 0)
    assert await open_reasons(till) == [ReviewReason.UNKNOWN_ORDER, ReviewReason.REVERSAL_UNFIT]
