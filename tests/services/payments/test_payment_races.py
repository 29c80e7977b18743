"""Payments that race, and machines that stop: on SQLite and on PostgreSQL, with two processes (DOMAIN.md 5)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select, text

from bot.app import build_services
from bot.db.engine import Database
from bot.db.tables import ChainRow
from bot.domain.payments import PaymentOutcome
from bot.services.actor import Actor
from bot.services.errors import OrderPartPaid
from bot.services.payments.payments import PaymentAnswer
from bot.services.surroundings import Surroundings
from tests.services.payments.test_collectives import CHAT, order_of
from tests.support.databases import ReusedEngines
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.till import EVERYBODY, Till

CUSTOMER = Actor(7, "it")


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def other_till(till: Till, other_database: Database, surroundings: Surroundings) -> Till:
    """The till of another process on the same database."""
    return Till(other_database, build_services(other_database, surroundings, EVERYBODY), till.seed)


BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.mark.parametrize("each_database_url", ["postgresql"], indirect=True)
async def test_money_for_several_orders_and_a_worker_that_settles_their_messages_do_not_wait_in_a_circle(
    till: Till, other_till: Till
) -> None:
    """The money goes to the soonest expiry first; the evidence is held in the order in which the worker takes it.

    On SQLite there is one writer.
    """
    await till.services.chats.arrive(CHAT, "it")
    later, sooner = [await order_of(till, name, days) for name, days in (("rossi", 40), ("bianchi", 20))]
    made = await till.services.collectives.create(CUSTOMER, [later.number, sooner.number])
    chains = select(ChainRow.id).order_by(ChainRow.id)
    async with other_till.database.write() as session:
        first, second = (await session.scalars(chains)).all()
        await session.execute(chains.where(ChainRow.id == first).with_for_update())
        paying = asyncio.create_task(till.receive(till.paid(made.number, made.due)))
        while not await session.scalar(BLOCKED):
            assert not paying.done()
        # What the worker needs next is free: whoever holds the first waits for nobody who waits for it.
        await session.execute(chains.where(ChainRow.id == second).with_for_update(nowait=True))
    assert (await paying).outcome is PaymentOutcome.COMPLETED
    assert [await till.status(order) for order in (later, sooner)] == ["completed", "completed"]


def answer(outcome: PaymentOutcome, order: str, due: int = 0) -> PaymentAnswer:
    return PaymentAnswer(outcome, order, due)


@pytest.mark.soak
@pytest.mark.parametrize("calls", [8, *long(50)])
async def test_many_equal_calls_at_once(till: Till, other_till: Till, calls: int) -> None:
    order = await till.order()
    report = till.paid(order)
    answers = await asyncio.gather(
        *((till, other_till)[number % 2].receive(report, "call-1") for number in range(calls))
    )
    assert set(answers) == {answer(PaymentOutcome.COMPLETED, order.number)}
    assert len(await till.ledger()) == len(await till.calls()) == 1
    assert len(await till.told("renewal-completed")) == 2
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].new_expiry


@pytest.mark.soak
@pytest.mark.parametrize(("known", "calls"), [(True, 6), *long((True, 20), (False, 20))])
async def test_one_payment_under_many_call_ids_at_once(
    till: Till, other_till: Till, known: bool, calls: int
) -> None:
    order = await till.order()
    report = till.paid(order if known else "nobody", order.quote.due)
    answers = await asyncio.gather(
        *((till, other_till)[number % 2].receive(report, f"call-{number}") for number in range(calls))
    )
    assert len(set(answers)) == 1
    assert len(await till.ledger()) == 1
    assert len(await till.told()) == (3 if known else 1)


@on_both
@pytest.mark.parametrize("number_of_parts", [4, *long(10)])
async def test_partial_payments_at_once_lose_no_cent(
    till: Till, other_till: Till, number_of_parts: int
) -> None:
    order = await till.order()
    due, others = order.quote.due, number_of_parts - 1
    parts = [due // number_of_parts] * others + [due - others * (due // number_of_parts)]
    answers = await asyncio.gather(
        *(
            (till, other_till)[number % 2].receive(till.paid(order, cents, f"bank-{number}"))
            for number, cents in enumerate(parts)
        )
    )
    assert (
        sorted(each.outcome for each in answers)
        == [PaymentOutcome.COMPLETED] + [PaymentOutcome.PARTIAL] * others
    )
    assert len({each.due for each in answers}) == number_of_parts
    assert sum(row.counted for row in await till.ledger()) == due
    assert len(await till.told("renewal.completed")) == 1


async def test_two_full_payments_at_once_complete_once(till: Till, other_till: Till) -> None:
    order = await till.order(boxes=3)
    answers = await asyncio.gather(
        till.receive(till.paid(order)), other_till.receive(till.paid(order, payment_id="bank-2"))
    )
    assert {each.outcome for each in answers} == {PaymentOutcome.COMPLETED, PaymentOutcome.DUPLICATE_PAYMENT}
    assert [box.expires_on for box in await till.mailboxes(order)] == [
        item.new_expiry for item in order.items
    ]


@pytest.mark.soak
async def test_a_payment_and_its_reversal_at_once_leave_nothing_counted(till: Till, other_till: Till) -> None:
    order = await till.order()
    report = till.paid(order, 1000)
    await asyncio.gather(till.receive(report), other_till.receive(till.went_back(report)))
    assert sum(row.counted for row in await till.ledger()) == 0
    assert len(await till.ledger()) == 2


async def test_a_cancellation_and_a_payment_at_once(till: Till, other_till: Till) -> None:
    order = await till.order()
    outcome, cancelled = await asyncio.gather(
        till.receive(till.paid(order, 1000)),
        other_till.services.orders.cancel(CUSTOMER, order.number),
        return_exceptions=True,
    )
    assert isinstance(outcome, PaymentAnswer)
    if outcome.outcome is PaymentOutcome.PARTIAL:
        assert isinstance(cancelled, OrderPartPaid)
        assert await till.status(order) == "awaiting_payment"
    else:
        assert outcome.outcome is PaymentOutcome.REVIEW
        assert await till.status(order) == "cancelled"


@pytest.mark.soak
async def test_another_method_and_a_payment_at_once(till: Till, other_till: Till) -> None:
    order = await till.order()
    (card,) = [
        change
        for change in (await till.services.other_methods.offered(CUSTOMER, order.number)).changes
        if change.other.method.id == "card"
    ]
    outcome, changed = await asyncio.gather(
        till.receive(till.paid(order, 1000)),
        other_till.services.other_methods.choose(
            CUSTOMER, order.number, "card", card.seal, screen="", button_label=""
        ),
        return_exceptions=True,
    )
    assert isinstance(outcome, PaymentAnswer)
    assert outcome.outcome is PaymentOutcome.PARTIAL
    method = (await till.services.orders.show(CUSTOMER, order.number)).method_id
    assert method == ("bank_transfer" if isinstance(changed, OrderPartPaid) else "card")


class Crash(Exception):
    """The machine stops here."""


@contextmanager
def crash_at(database: Database, number: int) -> Iterator[list[str]]:
    """Let the statement of this number fail after it ran; the statements so far are listed."""
    seen: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement.split("\n", maxsplit=1)[0][:60])
        if len(seen) == number:
            raise Crash

    engine = database._writer.sync_engine
    event.listen(engine, "after_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(engine, "after_cursor_execute", count)


@contextmanager
def crash_at_commit(database: Database, number: int) -> Iterator[None]:
    """Let a commit fail before it reaches the database."""
    commits = 0

    def count(_connection: Any) -> None:
        nonlocal commits
        commits += 1
        if commits == number:
            raise Crash

    engine = database._writer.sync_engine
    event.listen(engine, "commit", count)
    try:
        yield
    finally:
        event.remove(engine, "commit", count)


@pytest.mark.parametrize("apart", [9, *long(1)])
async def test_a_crash_at_any_statement_leaves_nothing_half_done(till: Till, apart: int) -> None:
    order = await till.order(boxes=2)
    report = till.paid(order, order.quote.due + 1)
    before, placed = await till.counts(), await till.mailboxes(order)
    number = 1 - apart
    while True:
        number += apart
        with crash_at(till.database, number) as statements:
            try:
                answered = await till.receive(report)
                break
            except Crash:
                assert await till.counts() == before
                assert await till.status(order) == "awaiting_payment"
                now = await till.mailboxes(order)
                assert [box.expires_on for box in now] == [box.expires_on for box in placed]
    assert number > 12, f"statements are missed: {statements}"
    assert answered == answer(PaymentOutcome.COMPLETED, order.number)
    assert await till.counts() == (1, before[1] + 4, 1)
    assert len(await till.calls()) == 1


@pytest.mark.parametrize("number", [*long(1), 2])
async def test_a_commit_that_fails_is_no_answer(till: Till, number: int) -> None:
    order = await till.order()
    before = await till.counts()
    with crash_at_commit(till.database, number), pytest.raises(Crash):
        await till.receive(till.paid(order))
    assert await till.counts() == before
    assert [call.answer for call in await till.calls()] == [None] * (number - 1)
    assert (await till.receive(till.paid(order))).outcome is PaymentOutcome.COMPLETED
    (call,) = await till.calls()
    assert call.answer is not None
