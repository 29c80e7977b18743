"""`POST /callbacks/payments` over real HTTP with real signatures: what each call is answered (DOMAIN.md 5)."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.db.engine import Database
from tests.support.caller import Caller, payment_event
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.till import Till


def said(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def outcome(word: str, order: str, due: str = "0.00") -> dict[str, str]:
    return {"outcome": word, "order": order, "due": due}


async def test_the_exact_amount(caller: Caller, till: Till) -> None:
    order = await till.order()
    answer = await caller.call(payment_event(order=order.number))
    assert said(answer) == outcome("completed", order.number)
    assert await till.status(order) == "completed"
    (row,) = await till.ledger()
    assert (row.payment_id, row.method) == ("bank-7781", "bank_transfer")
    assert row.registered_at.isoformat() == "2026-11-23T09:58:00+00:00"
    assert [each.message for each in await till.told()] == [
        "renewal-completed",
        "renewal-completed",
        "renewal.completed",
    ]


async def test_a_part_and_the_rest(caller: Caller, till: Till) -> None:
    order = await till.order()
    first = await caller.call(payment_event(order=order.number, amount="20.00"))
    assert said(first) == outcome("partial", order.number, "16.48")
    second = await caller.call(payment_event(order=order.number, amount="16.48", payment_id="bank-2"))
    assert said(second) == outcome("completed", order.number)


@pytest.mark.soak
async def test_more_than_due(caller: Caller, till: Till) -> None:
    order = await till.order()
    answer = await caller.call(payment_event(order=order.number, amount="40.00"))
    assert said(answer) == outcome("completed", order.number)
    assert [row.refund for row in await till.ledger()] == [352]


async def test_a_second_payment(caller: Caller, till: Till) -> None:
    order = await till.order()
    await caller.call(payment_event(order=order.number))
    answer = await caller.call(payment_event(order=order.number, payment_id="bank-2"))
    assert said(answer) == outcome("duplicate_payment", order.number)


@pytest.mark.soak
async def test_a_closed_order(caller: Caller, till: Till) -> None:
    order = await till.order()
    for status in ("cancelled", "expired"):
        await till.change_order(order, status=status)
        event = payment_event(order=order.number, payment_id=f"bank-{status}")
        assert said(await caller.call(event)) == outcome("review", order.number), status


async def test_an_unknown_order_and_another_currency(caller: Caller, till: Till) -> None:
    assert said(await caller.call(payment_event(order="R7K2M-5"))) == outcome("review", "R7K2M-5")
    order = await till.order()
    answer = await caller.call(payment_event(order=order.number, currency="CHF", payment_id="bank-2"))
    assert said(answer) == outcome("review", order.number, "36.48")
    assert [row.amount for row in await till.ledger()] == [3648, 3648]


@pytest.mark.soak
async def test_a_mailbox_deleted_meanwhile(caller: Caller, till: Till, clock: FrozenClock) -> None:
    order = await till.order(expires_in=0)
    clock.advance(timedelta(days=91))
    answer = await caller.call(payment_event(order=order.number))
    assert said(answer) == outcome("review", order.number, "36.48")


async def test_a_reversal(caller: Caller, till: Till) -> None:
    order = await till.order()
    await caller.call(payment_event(order=order.number))
    answer = await caller.call(payment_event(type="payment.reversed", order=order.number))
    assert said(answer) == outcome("reversed", order.number)
    assert await till.status(order) == "completed"


@pytest.mark.soak
async def test_reversals_with_ids_of_their_own_and_a_dispute_that_is_won(caller: Caller, till: Till) -> None:
    order = await till.order()
    await caller.call(payment_event(order=order.number))
    back = {"type": "payment.reversed", "order": order.number}
    for amount, reversal_id in (("10.00", "re_1"), ("26.48", "dp_1"), ("10.00", "re_1")):
        event = payment_event(amount=amount, reversal_id=reversal_id, **back)
        assert said(await caller.call(event)) == outcome("reversed", order.number)
    more = payment_event(amount="0.01", reversal_id="re_2", **back)
    assert said(await caller.call(more)) == outcome("review", order.number)
    again = payment_event(amount="26.48", reversal_id="dp_1", order=order.number)
    assert said(await caller.call(again)) == outcome("duplicate_payment", order.number)
    assert [(row.kind, row.reversal_id, row.counted) for row in await till.ledger()] == [
        ("registered", "", 3648),
        ("reversed", "re_1", -1000),
        ("reversed", "dp_1", -2648),
        ("reversed", "re_2", 0),
        ("registered", "dp_1", 2648),
    ]


async def test_a_wrong_reversal_id_is_named(caller: Caller) -> None:
    for wrong in ("", "a" * 129, "a\nb", 7):
        answer = await caller.call(payment_event(type="payment.reversed", reversal_id=wrong))
        assert answer.status_code == 400, wrong
        assert "data.reversal_id" in answer.text
        assert "dispute-12" in answer.text


@pytest.mark.parametrize("many", [5, *long(50)])
async def test_the_same_call_fifty_times_at_once(caller: Caller, till: Till, many: int) -> None:
    order = await till.order()
    event = payment_event(order=order.number)
    answers = await asyncio.gather(*(caller.call(event, "call-1") for _ in range(many)))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert said(answers[0]) == outcome("completed", order.number)
    assert len(await till.ledger()) == len(await till.calls()) == 1
    assert len(await till.told("renewal-completed")) == 2


@pytest.mark.soak
async def test_the_same_payment_in_calls_of_its_own(caller: Caller, till: Till) -> None:
    order = await till.order()
    event = payment_event(order=order.number)
    answers = await asyncio.gather(*(caller.call(event) for _ in range(10)))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert len(await till.ledger()) == 1


async def test_the_same_call_id_with_another_body_is_answered_alike(caller: Caller, till: Till) -> None:
    order = await till.order()
    first = await caller.call(payment_event(order=order.number, amount="1.00"), "call-1")
    second = await caller.call(payment_event(order=order.number, payment_id="bank-2"), "call-1")
    assert second.content == first.content
    assert await till.status(order) == "awaiting_payment"
    assert [each.payload["reason"] for each in await till.told("operator-review")] == ["contradicted"]


async def test_what_the_contract_does_not_name_is_kept_and_ignored(caller: Caller, till: Till) -> None:
    order = await till.order()
    event = payment_event(order=order.number)
    event["data"]["iban"] = event["livemode"] = {"nested": ["è", 1e300, None, "\U0001f4b6"]}
    assert said(await caller.call(event)) == outcome("completed", order.number)
    (call,) = await till.calls()
    assert '"livemode"' in call.body


@pytest.mark.soak
async def test_the_largest_amount_and_the_longest_words(caller: Caller, till: Till) -> None:
    order = await till.order()
    event = payment_event(
        order=order.number, amount="999999999.99", payment_id="è" * 128, method="\U0001f4b6" * 64
    )
    assert said(await caller.call(event, "!" * 128)) == outcome("completed", order.number)
    long_order = payment_event(order="è" * 140, payment_id="bank-2")
    assert said(await caller.call(long_order)) == outcome("review", "è" * 140)


async def test_without_its_database_nothing_is_answered_and_the_same_call_completes_later(
    caller: Caller, till: Till, database: Database
) -> None:
    order = await till.order()
    event = payment_event(order=order.number)
    for table in ("callback", "payment", "outbox"):
        await rename(database, table, "away")
        answer = await caller.call(event, "call-1")
        assert (answer.status_code, answer.json()) == (
            503,
            {"detail": "not stored: send the same call again"},
        )
        await rename(database, "away", table)
        assert await till.status(order) == "awaiting_payment"
    assert said(await caller.call(event, "call-1")) == outcome("completed", order.number)
    assert len(await till.ledger()) == 1


async def rename(database: Database, old: str, new: str) -> None:
    async with database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")
