"""Each row of the table in DOMAIN.md 5 from the report to the last row that follows from it, and the same again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.db.engine import Database
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.services.payments.ledger import PaymentKind
from bot.services.payments.payments import PaymentAnswer
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.till import OPERATOR_CHAT, Till


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


def answer(outcome: PaymentOutcome, order: str, due: int = 0) -> PaymentAnswer:
    return PaymentAnswer(outcome, order, due)


# The table


async def test_the_exact_amount_completes_and_everybody_is_told(till: Till, clock: FrozenClock) -> None:
    order = await till.order(chats=(7, 8))
    assert await till.receive(till.paid(order)) == answer(PaymentOutcome.COMPLETED, order.number)

    assert await till.status(order) == "completed"
    (mailbox,) = await till.mailboxes(order)
    assert mailbox.expires_on == order.items[0].new_expiry == date(2027, 12, 23)
    (row,) = await till.ledger()
    assert (row.kind, row.amount, row.counted, row.refund, row.reason) == ("registered", 3648, 3648, 0, None)
    assert row.received_at == clock.now()
    told = [each for each in await till.told() if each.message != "chat-joined"]
    assert [(each.channel, each.chat_id, each.message) for each in told] == [
        ("telegram", 7, "renewal-completed"),
        ("telegram", 8, "renewal-completed"),
        ("mail", None, "renewal-completed"),
        ("event", None, "renewal.completed"),
    ]
    payload = told[0].payload
    assert (payload["order"], payload["paid"], payload["items"][0]["new_expiry"]) == (
        order.number,
        3648,
        "2027-12-23",
    )
    assert told[2].payload["to"] == "rossi@example.com"


async def test_less_leaves_it_open_and_the_rest_completes_it(till: Till) -> None:
    order = await till.order()
    due = order.quote.due
    first = await till.receive(till.paid(order, 1000))
    assert first == answer(PaymentOutcome.PARTIAL, order.number, due - 1000)
    second = await till.receive(till.paid(order, 500, "bank-2"))
    assert second == answer(PaymentOutcome.PARTIAL, order.number, due - 1500)
    assert await till.status(order) == "awaiting_payment"
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].old_expiry
    asked = await till.told("payment-partial")
    assert [(each.channel, each.payload["missing"]) for each in asked] == [
        ("telegram", due - 1000),
        ("mail", due - 1000),
        ("telegram", due - 1500),
        ("mail", due - 1500),
    ]

    third = await till.receive(till.paid(order, due - 1500, "bank-3"))
    assert third == answer(PaymentOutcome.COMPLETED, order.number)
    assert await till.status(order) == "completed"
    assert sum(row.counted for row in await till.ledger()) == due
    assert not await till.told("operator-review")


async def test_more_completes_and_the_operator_gives_the_surplus_back(till: Till) -> None:
    order = await till.order()
    report = till.paid(order, order.quote.due + 250)
    assert await till.receive(report) == answer(PaymentOutcome.COMPLETED, order.number)
    (row,) = await till.ledger()
    assert (row.counted, row.refund, row.reason) == (order.quote.due, 250, ReviewReason.SURPLUS)
    (alert,) = await till.told("operator-review")
    assert (alert.chat_id, alert.payload["refund"]) == (OPERATOR_CHAT, 250)


async def test_a_second_payment_extends_nothing(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    before = (await till.mailboxes(order))[0].expires_on
    second = await till.receive(till.paid(order, payment_id="bank-2"))
    assert second == answer(PaymentOutcome.DUPLICATE_PAYMENT, order.number)
    assert (await till.mailboxes(order))[0].expires_on == before
    assert [row.refund for row in await till.ledger()] == [0, order.quote.due]
    assert len(await till.told("renewal-completed")) == 2
    (alert,) = await till.told("operator-review")
    assert alert.payload["reason"] == ReviewReason.DUPLICATE


@pytest.mark.parametrize("written", ["R7K2M-4", *long("R7K2M-5", "rinnovo PEC di Esempio", "-")])
async def test_an_unknown_order_is_for_a_person(till: Till, written: str) -> None:
    report = till.paid(written, 3648)
    assert await till.receive(report) == answer(PaymentOutcome.REVIEW, written)
    (row,) = await till.ledger()
    assert (row.order_id, row.order_text, row.amount, row.counted, row.reason) == (
        None,
        written,
        3648,
        0,
        ReviewReason.UNKNOWN_ORDER,
    )
    (alert,) = await till.told()
    assert (alert.chat_id, alert.payload["order_text"]) == (OPERATOR_CHAT, written)


async def test_an_order_number_is_found_as_people_write_it(till: Till) -> None:
    order = await till.order()
    written = f" {order.number.replace('-', ' ').lower()} "
    assert await till.receive(till.paid(written, 3648)) == answer(PaymentOutcome.COMPLETED, order.number)


async def test_another_currency_is_for_a_person(till: Till) -> None:
    order = await till.order()
    due = order.quote.due
    report = till.paid(order, currency="CHF")
    assert await till.receive(report) == answer(PaymentOutcome.REVIEW, order.number, due)
    assert await till.status(order) == "awaiting_payment"
    (row,) = await till.ledger()
    assert (row.amount, row.currency, row.counted) == (due, "CHF", 0)
    assert (await till.receive(till.paid(order, payment_id="bank-2"))).outcome is PaymentOutcome.COMPLETED


@pytest.mark.parametrize("status", ["cancelled", *long("expired")])
async def test_a_closed_order_is_for_a_person(till: Till, status: str) -> None:
    order = await till.order()
    await till.change_order(order, status=status)
    assert await till.receive(till.paid(order)) == answer(PaymentOutcome.REVIEW, order.number)
    assert await till.status(order) == status
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].old_expiry
    assert [row.reason for row in await till.ledger()] == [f"order_{status}"]
    assert [each.message for each in await till.told()] == ["operator-review"]


async def test_a_mailbox_deleted_meanwhile_is_for_a_person(till: Till, clock: FrozenClock) -> None:
    order = await till.order(expires_in=0)
    clock.advance(timedelta(days=90))
    first = await till.receive(till.paid(order, 1))
    assert first.outcome is PaymentOutcome.PARTIAL, "the last day"
    clock.advance(timedelta(days=1))
    second = await till.receive(till.paid(order, payment_id="bank-2"))
    assert second.outcome is PaymentOutcome.REVIEW
    assert [row.reason for row in await till.ledger()] == [None, ReviewReason.MAILBOX_DELETED]
    assert await till.status(order) == "awaiting_payment"


@pytest.mark.soak
async def test_one_deleted_mailbox_of_several_is_enough(till: Till) -> None:
    order = await till.order(boxes=3)
    await till.change_mailbox(order, expires_on=till.seed.today - timedelta(days=91))
    assert (await till.receive(till.paid(order))).outcome is PaymentOutcome.REVIEW
    assert {box.expires_on for box in await till.mailboxes(order)} == {
        till.seed.today - timedelta(days=91),
        order.items[1].old_expiry,
    }


async def test_a_reversed_payment_moves_nothing_back(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    await till.receive(report)
    assert await till.receive(till.went_back(report)) == answer(PaymentOutcome.REVERSED, order.number)
    assert await till.status(order) == "completed"
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].new_expiry
    assert [(row.kind, row.amount, row.counted) for row in await till.ledger()] == [
        ("registered", report.cents, report.cents),
        ("reversed", report.cents, -report.cents),
    ]
    (alert,) = await till.told("operator-review")
    assert alert.payload["reason"] == ReviewReason.REVERSED

    again = await till.receive(till.paid(order, payment_id="bank-2"))
    assert again == answer(PaymentOutcome.DUPLICATE_PAYMENT, order.number)
    last = (await till.ledger())[-1]
    assert (last.counted, last.refund, last.reason) == (report.cents, 0, ReviewReason.AFTER_REVERSAL)


@pytest.mark.soak
async def test_a_reversed_part_is_asked_for_again(till: Till) -> None:
    order = await till.order()
    due = order.quote.due
    part = till.paid(order, 2000)
    await till.receive(part)
    assert await till.receive(till.went_back(part)) == answer(PaymentOutcome.REVERSED, order.number, due)
    rest = await till.receive(till.paid(order, due - 2000, "bank-2"))
    assert rest == answer(PaymentOutcome.PARTIAL, order.number, 2000)


async def test_a_reversal_goes_where_its_payment_had_gone(till: Till) -> None:
    mine, other = await till.order(), await till.order("verdi", chats=(8,))
    part = till.paid(mine, 2000)
    await till.receive(part)
    await till.receive(till.paid(other, 2000, "bank-2"))
    wrong = replace(till.went_back(part), order=other.number)
    assert await till.receive(wrong) == answer(PaymentOutcome.REVERSED, mine.number, mine.quote.due)
    rest = await till.receive(till.paid(other, other.quote.due - 2000, "bank-3"))
    assert rest.outcome is PaymentOutcome.COMPLETED


async def test_the_reversal_of_an_unknown_payment_is_recorded_and_may_overtake_it(till: Till) -> None:
    order = await till.order()
    report = till.paid(order)
    first = await till.receive(till.went_back(report))
    assert first == answer(PaymentOutcome.REVERSED, order.number, order.quote.due)
    late = await till.receive(report)
    assert late == answer(PaymentOutcome.REVIEW, order.number, order.quote.due)
    assert await till.status(order) == "awaiting_payment"
    assert [row.counted for row in await till.ledger()] == [0, 0]
    assert len(await till.told("operator-review")) == 2


async def test_a_reversal_for_no_order_at_all(till: Till) -> None:
    report = replace(till.paid("nobody", 100), kind=PaymentKind.REVERSED)
    assert await till.receive(report) == answer(PaymentOutcome.REVERSED, "nobody")


# The same again


@pytest.mark.parametrize("cents", [1000, *long(None, 9999)])
async def test_the_same_again_is_answered_alike_and_changes_nothing(till: Till, cents: int | None) -> None:
    order = await till.order()
    report = till.paid(order, cents)
    first = await till.receive(report, "call-1")
    before = await till.counts()
    assert await till.receive(report, "call-1") == first
    assert await till.receive(report, "call-2") == first
    assert await till.services.payments.register(report) == first
    assert await till.counts() == before
    assert [call.webhook_id for call in await till.calls()] == ["call-1", "call-2"]


async def test_an_answer_stays_though_the_order_has_gone_on(till: Till) -> None:
    order = await till.order()
    part = till.paid(order, 1000)
    first = await till.receive(part)
    await till.receive(till.paid(order, order.quote.due - 1000, "bank-2"))
    assert await till.receive(part) == first
    assert await till.receive(part, "another-call") == first


@pytest.mark.parametrize(
    "change",
    [{"cents": 5000}, *long({"currency": "CHF"}, {"order": "R7K2M-4"})],
    ids=["amount", "currency", "order"],
)
async def test_a_payment_that_is_told_differently_alerts_the_operator_once(
    till: Till, change: dict[str, Any]
) -> None:
    order = await till.order()
    report = till.paid(order, 1000)
    first = await till.receive(report)
    other = replace(report, **change)
    for number in range(3):
        assert await till.receive(other, f"other-{number}") == first
    assert len(await till.ledger()) == 1
    (alert,) = await till.told("operator-review")
    assert (alert.payload["reason"], alert.payload["paid"]) == (ReviewReason.CONTRADICTED, other.cents)


async def test_a_call_id_that_is_used_for_another_payment_alerts_the_operator(till: Till) -> None:
    order = await till.order()
    first = await till.receive(till.paid(order, 1000), "call-1")
    assert await till.receive(till.paid(order, 500, "bank-2"), "call-1") == first
    assert [row.payment_id for row in await till.ledger()] == ["bank-1"]
    (alert,) = await till.told("operator-review")
    assert (alert.payload["reason"], alert.payload["payment_id"]) == (ReviewReason.CONTRADICTED, "bank-2")


async def test_the_same_call_written_in_another_way_is_no_contradiction(till: Till) -> None:
    order = await till.order()
    report = till.paid(order, 1000)
    await till.services.payments.receive("call-1", "{}", report)
    await till.services.payments.receive("call-1", "{ }", replace(report, order=order.number.lower()))
    assert not await till.told("operator-review")
