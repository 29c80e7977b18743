"""What the operator decides of payments that need a person: once, judged as any payment, and no cent lost."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.db.engine import Database
from bot.db.tables import OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.order_number import InvalidOrderNumber
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.review import Decision
from bot.services.actor import Actor
from bot.services.office.decisions import PaymentDecisions
from bot.services.office.payment_cases import (
    CaseDecided,
    DecisionRefused,
    Guess,
    NoSuchOrder,
    NoSuchPayment,
    NothingWaiting,
    NotPayable,
    PaymentCase,
)
from bot.services.orders.expiring import Expiring
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.till import OPERATOR_CHAT, Till

DUE = 3648


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def notices(surroundings: Surroundings) -> Notices:
    """Everybody is told."""
    return Notices(surroundings, operator_chat_id=OPERATOR_CHAT, mail=True, events=True)


@pytest.fixture
def decisions(database: Database, surroundings: Surroundings, notices: Notices) -> PaymentDecisions:
    """The operator's decisions."""
    return PaymentDecisions(database, surroundings, notices)


@pytest.fixture
def elsewhere(other_database: Database, surroundings: Surroundings, notices: Notices) -> PaymentDecisions:
    """The decisions of another process on the same database."""
    return PaymentDecisions(other_database, surroundings, notices)


async def cases(decisions: PaymentDecisions) -> list[PaymentCase]:
    """All that needs a person."""
    found, total = await decisions.review(100)
    assert len(found) == total
    return list(found)


async def only_case(decisions: PaymentDecisions) -> PaymentCase:
    """The one that needs a person."""
    (case,) = await cases(decisions)
    return case


async def paid(till: Till, order: Order) -> Cents:
    """What counts for an order."""
    async with till.database.read() as session:
        counted = await session.scalar(
            select(func.sum(PaymentRow.counted))
            .join(OrderRow, OrderRow.id == PaymentRow.order_id)
            .where(OrderRow.number == order.number)
        )
    return int(counted or 0)


def mistyped(order: Order) -> str:
    """The order's number with its last character wrong."""
    return f"{order.number[:-1]}{'2' if order.number[-1] != '2' else '3'}"


# The queue


@pytest.mark.soak
async def test_what_needs_nobody_is_not_in_the_queue(till: Till, decisions: PaymentDecisions) -> None:
    await till.receive(till.paid(await till.order()))
    assert await decisions.review(10) == ((), 0)


async def test_the_oldest_comes_first_and_all_are_counted(
    till: Till, decisions: PaymentDecisions, clock: FrozenClock
) -> None:
    for number in range(3):
        await till.receive(till.paid("affitto", 100, f"bank-{number}"))
        clock.advance(-timedelta(days=1))
    found, total = await decisions.review(2)
    assert [case.payment_id for case in found] == ["bank-2", "bank-1"]
    assert total == 3


async def test_a_case_says_what_arrived_and_what_of_it_waits(till: Till, decisions: PaymentDecisions) -> None:
    order = await till.order()
    await till.receive(till.paid(order, DUE + 500))
    case = await only_case(decisions)
    assert (case.payment_id, case.order, case.method) == ("bank-1", order.number, "bank_transfer")
    waiting = case.waiting
    assert (waiting.reason, waiting.amount, waiting.counted) == (ReviewReason.SURPLUS, DUE + 500, DUE)
    assert (waiting.refundable, waiting.assignable) == (500, 500)


@pytest.mark.parametrize("wrong", [mistyped, *long(lambda order: f"rinnovo{order.number}grazie")])
async def test_an_unknown_order_is_guessed_from_what_was_written(
    till: Till, decisions: PaymentDecisions, wrong: Callable[[Order], str]
) -> None:
    order = await till.order()
    await till.receive(till.paid(order, 1000, "part"))
    await till.receive(till.paid(wrong(order), 2648))
    case = await only_case(decisions)
    assert case.waiting.reason is ReviewReason.UNKNOWN_ORDER
    assert Guess(order.number, 2648) in case.guesses


async def test_only_orders_that_await_payment_are_guessed(till: Till, decisions: PaymentDecisions) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    await till.receive(till.paid(mistyped(order), DUE, "bank-2"))
    assert (await only_case(decisions)).guesses == ()


@on_both
async def test_the_queue_is_read_through_its_partial_index(
    database: Database, each_database_url: str
) -> None:
    async with database.read() as session:
        if each_database_url.startswith("postgresql"):
            await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await session.execute(
            text(
                f"{'EXPLAIN' if each_database_url.startswith('postgresql') else 'EXPLAIN QUERY PLAN'} "
                "SELECT id FROM payment WHERE payment.reason IS NOT NULL AND payment.resolution IS NULL "
                "ORDER BY registered_at LIMIT 50"
            )
        )
        assert "ix_payment_to_review" in " ".join(str(line) for line in plan)


# Assigning


async def test_enough_money_completes_the_order_and_everybody_is_told(
    till: Till, decisions: PaymentDecisions, clock: FrozenClock
) -> None:
    order = await till.order(chats=(7, 8))
    await till.receive(till.paid("Rinnovo Rossi", DUE))
    entry = await decisions.assign((await only_case(decisions)).id, order.number.lower().replace("-", " "))

    assert (entry.outcome, entry.order, entry.counted) == (PaymentOutcome.COMPLETED, order.number, DUE)
    assert (entry.refund, entry.missing, entry.reason) == (0, 0, None)
    assert await till.status(order) == "completed"
    (mailbox,) = await till.mailboxes(order)
    assert mailbox.expires_on == order.items[0].new_expiry
    told = await till.told("renewal-completed", "renewal.completed")
    assert [(each.channel, each.chat_id) for each in told] == [
        ("telegram", 7),
        ("telegram", 8),
        ("mail", None),
        ("event", None),
    ]
    came, counted = await till.ledger()
    assert (came.counted, came.resolution, came.resolved_at) == (0, "assigned", clock.now())
    assert came.note == f"order {order.number}"
    assert (counted.kind, counted.origin_id, counted.payment_id) == ("assigned", came.id, "bank-1")
    assert counted.registered_at == came.registered_at
    assert await cases(decisions) == []


@pytest.mark.soak
async def test_too_little_counts_and_the_rest_may_come_from_elsewhere(
    till: Till, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    await till.receive(till.paid("Rossi", 1000))
    entry = await decisions.assign((await only_case(decisions)).id, order.number)
    assert (entry.outcome, entry.missing) == (PaymentOutcome.PARTIAL, DUE - 1000)
    assert [each.chat_id for each in await till.told("payment-partial")] == [7, None]
    await till.receive(till.paid(order, DUE - 1000, "bank-2"))
    assert await till.status(order) == "completed"


@pytest.mark.soak
async def test_one_transfer_for_three_orders_completes_all_of_them(
    till: Till, decisions: PaymentDecisions
) -> None:
    orders = [await till.order(name, chats=(chat,)) for name, chat in (("a", 7), ("b", 8), ("c", 9))]
    await till.receive(till.paid(orders[0], DUE * 3 + 50))
    for order in orders[1:]:
        case = await only_case(decisions)
        entry = await decisions.assign(case.id, order.number)
        assert (entry.outcome, entry.counted) == (PaymentOutcome.COMPLETED, DUE)
    assert [await till.status(order) for order in orders] == ["completed"] * 3
    rest = await only_case(decisions)
    assert (rest.waiting.reason, rest.waiting.refundable) == (ReviewReason.SURPLUS, 50)
    await decisions.refunded(rest.id, "bonifico")
    assert await cases(decisions) == []
    assert sum(row.counted for row in await till.ledger()) == DUE * 3


@pytest.mark.soak
async def test_a_duplicate_and_money_for_a_cancelled_order_can_be_used_elsewhere(
    till: Till, decisions: PaymentDecisions
) -> None:
    first, second, third = [
        await till.order(name, chats=(chat,)) for name, chat in (("a", 7), ("b", 8), ("c", 9))
    ]
    await till.services.orders.cancel(Actor(7, "it"), first.number)
    await till.receive(till.paid(first))
    await till.receive(till.paid(second, payment_id="bank-2"))
    await till.receive(till.paid(second, payment_id="bank-3"))
    cancelled, duplicate = await cases(decisions)
    assert cancelled.waiting.reason is ReviewReason.ORDER_CANCELLED
    assert duplicate.waiting.reason is ReviewReason.DUPLICATE
    await decisions.assign(duplicate.id, third.number)
    with pytest.raises(NotPayable):
        await decisions.assign(cancelled.id, third.number)
    assert await till.status(third) == "completed"


async def test_what_an_expired_order_had_counted_is_released_to_another(
    till: Till,
    decisions: PaymentDecisions,
    database: Database,
    surroundings: Surroundings,
    notices: Notices,
    clock: FrozenClock,
) -> None:
    order = await till.order("a")
    await till.receive(till.paid(order, 1000))
    clock.advance(timedelta(days=200))
    await Expiring(database, surroundings, notices).run()
    assert await till.status(order) == "expired"
    other = await till.order("b", chats=(8,))
    case = await only_case(decisions)
    assert (case.waiting.reason, case.waiting.refundable) == (ReviewReason.ORDER_EXPIRED, 1000)
    entry = await decisions.assign(case.id, other.number)
    assert (entry.outcome, entry.counted) == (PaymentOutcome.PARTIAL, 1000)
    assert (await paid(till, order), await paid(till, other)) == (0, 1000)
    # The money goes back: it is taken from where it counts now.
    await till.receive(till.went_back(till.paid(order, 1000)))
    assert (await paid(till, order), await paid(till, other)) == (0, 0)


async def test_money_fills_the_gap_that_a_reversal_left(till: Till, decisions: PaymentDecisions) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    await till.receive(till.went_back(till.paid(order)))
    await till.receive(till.paid("?", DUE, "bank-2"))
    gone, new = await cases(decisions)
    entry = await decisions.assign(new.id, order.number)
    assert (entry.outcome, entry.counted, entry.reason) == (PaymentOutcome.DUPLICATE_PAYMENT, DUE, None)
    assert await paid(till, order) == DUE
    assert len(await till.told("renewal-completed")) == 2  # one chat and one mail, when it was completed
    assert [case.id for case in await cases(decisions)] == [gone.id]


@pytest.mark.parametrize("close", ["cancel", *long("complete", "delete")])
async def test_an_order_that_cannot_be_paid_takes_no_money(
    till: Till, decisions: PaymentDecisions, close: str
) -> None:
    order = await till.order()
    if close == "cancel":
        await till.services.orders.cancel(Actor(7, "it"), order.number)
    elif close == "complete":
        await till.receive(till.paid(order, payment_id="bank-0"))
    else:
        await till.change_mailbox(order, expires_on=till.seed.today - timedelta(days=91))
    await till.receive(till.paid("?", DUE))
    case = await only_case(decisions)
    before = await till.counts()
    with pytest.raises(NotPayable) as refused:
        await decisions.assign(case.id, order.number)
    expected = {"cancel": ReviewReason.ORDER_CANCELLED, "delete": ReviewReason.MAILBOX_DELETED}
    assert refused.value.reason is expected.get(close)
    assert await till.counts() == before
    assert await only_case(decisions) == case


async def test_a_mistyped_order_is_told_from_one_that_does_not_exist(
    till: Till, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    await till.receive(till.paid("?", DUE))
    case = await only_case(decisions)
    with pytest.raises(InvalidOrderNumber):
        await decisions.assign(case.id, mistyped(order))
    with pytest.raises(NoSuchOrder):
        await decisions.assign(case.id, "22222-2" if order.number != "22222-2" else "33333-3")
    assert await only_case(decisions) == case


async def test_other_currencies_are_not_assigned_but_can_be_sent_back(
    till: Till, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    await till.receive(till.paid(order, DUE, currency="CHF"))
    case = await only_case(decisions)
    with pytest.raises(NothingWaiting):
        await decisions.assign(case.id, order.number)
    closed = await decisions.refunded(case.id)
    assert (closed.waiting.refundable, closed.waiting.currency) == (DUE, "CHF")
    assert await cases(decisions) == []


# Once


async def test_a_case_is_decided_once_whoever_decides(
    till: Till, decisions: PaymentDecisions, clock: FrozenClock
) -> None:
    order = await till.order()
    await till.receive(till.paid("?", DUE))
    case = await only_case(decisions)
    await decisions.assign(case.id, order.number)
    before = await till.counts()
    for again in (
        decisions.assign(case.id, order.number),
        decisions.refunded(case.id),
        decisions.settled(case.id, "anything"),
    ):
        with pytest.raises(CaseDecided) as refused:
            await again
        assert (refused.value.decision, refused.value.at) == (Decision.ASSIGNED, clock.now())
    assert await till.counts() == before


@on_both
async def test_two_people_who_assign_at_once_move_the_money_once(
    till: Till, decisions: PaymentDecisions, elsewhere: PaymentDecisions
) -> None:
    orders = [await till.order("a"), await till.order("b", chats=(8,))]
    await till.receive(till.paid("?", DUE))
    case = await only_case(decisions)
    results = await asyncio.gather(
        *(each.assign(case.id, order.number) for order in orders for each in (decisions, elsewhere)),
        decisions.refunded(case.id),
        elsewhere.refunded(case.id),
        return_exceptions=True,
    )
    refused = [each for each in results if isinstance(each, CaseDecided)]
    assert len(refused) == len(results) - 1
    counted = [await paid(till, order) for order in orders]
    assert sorted(counted) in ([0, 0], [0, DUE])
    assert len(await till.told("renewal-completed")) in (0, 2)


@pytest.mark.soak
async def test_assigning_races_the_payment_of_the_same_order_and_no_cent_is_lost(
    till: Till, decisions: PaymentDecisions, elsewhere: PaymentDecisions
) -> None:
    order = await till.order()
    await till.receive(till.paid("?", DUE))
    case = await only_case(decisions)
    assigned, _ = await asyncio.gather(
        elsewhere.assign(case.id, order.number),
        till.receive(till.paid(order, payment_id="bank-2")),
        return_exceptions=True,
    )
    assert await paid(till, order) == DUE
    assert len(await till.told("renewal-completed")) == 2
    waiting = sum(each.waiting.refundable for each in await cases(decisions))
    assert waiting == DUE, assigned


# Going back


async def test_what_was_assigned_goes_back_with_its_payment(till: Till, decisions: PaymentDecisions) -> None:
    orders = [await till.order("a"), await till.order("b", chats=(8,))]
    report = till.paid(orders[0], DUE * 2 - 100)
    await till.receive(report)
    await decisions.assign((await only_case(decisions)).id, orders[1].number)
    assert [await paid(till, order) for order in orders] == [DUE, DUE - 100]
    answer = await till.receive(till.went_back(report))
    assert (answer.outcome, answer.order) == (PaymentOutcome.REVERSED, orders[0].number)
    assert [await paid(till, order) for order in orders] == [0, 0]
    gone = await cases(decisions)
    assert {case.order for case in gone} == {order.number for order in orders}
    assert {case.waiting.reason for case in gone} == {ReviewReason.REVERSED}
    # The second order still awaits all of its money, and the first stays complete.
    assert [await till.status(order) for order in orders] == ["completed", "awaiting_payment"]
    assert await till.receive(till.went_back(report)) == answer
    assert len(await cases(decisions)) == 2


async def test_a_reversal_of_a_part_is_taken_from_the_end(till: Till, decisions: PaymentDecisions) -> None:
    orders = [await till.order("a"), await till.order("b", chats=(8,))]
    report = till.paid(orders[0], DUE * 2 + 500)
    await till.receive(report)
    await decisions.assign((await only_case(decisions)).id, orders[1].number)
    await till.receive(till.went_back(report, 500 + 648))
    assert [await paid(till, order) for order in orders] == [DUE, DUE - 648]
    surplus = next(each for each in await cases(decisions) if each.waiting.reason is ReviewReason.SURPLUS)
    assert (surplus.waiting.went_back, surplus.waiting.refundable) == (1148, 0)
    with pytest.raises(NothingWaiting):
        await decisions.refunded(surplus.id)


async def test_money_that_went_back_while_it_waited_is_not_assigned(
    till: Till, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    report = till.paid("?", DUE)
    await till.receive(report)
    waits = await only_case(decisions)
    await till.receive(till.went_back(report))
    assert await cases(decisions) == [], "it is the refund of what belonged back"
    with pytest.raises(CaseDecided):
        await decisions.assign(waits.id, order.number)
    assert (await till.ledger())[0].id == waits.id


async def test_a_part_that_went_back_is_not_assigned(till: Till, decisions: PaymentDecisions) -> None:
    order = await till.order()
    report = till.paid("?", DUE)
    await till.receive(report)
    await till.receive(till.went_back(report, 648))
    waits = (await cases(decisions))[0]
    entry = await decisions.assign(waits.id, order.number)
    assert (entry.amount, entry.outcome, entry.missing) == (3000, PaymentOutcome.PARTIAL, 648)


# Closing


async def test_refunded_and_settled_are_noted_and_move_nothing(
    till: Till, decisions: PaymentDecisions, clock: FrozenClock, database: Database
) -> None:
    await till.receive(till.paid("?", 100, "bank-1"))
    await till.receive(till.paid("?", 200, "bank-2"))
    first, second = await cases(decisions)
    await decisions.refunded(first.id, "IBAN di prova")
    await decisions.settled(second.id, "altro conto")
    rows = await till.ledger()
    assert [(row.resolution, row.note, row.counted) for row in rows] == [
        ("refunded", "IBAN di prova", 0),
        ("settled", "altro conto", 0),
    ]
    assert {row.resolved_at for row in rows} == {clock.now()}
    async with database.read() as session:
        (note,) = (await session.execute(text("SELECT note FROM payment WHERE id = 1"))).one()
    assert b"IBAN" not in bytes(note)


async def test_what_never_needed_a_person_cannot_be_decided(till: Till, decisions: PaymentDecisions) -> None:
    order = await till.order()
    await till.receive(till.paid(order))
    (row,) = await till.ledger()
    for number in (row.id, 4711):
        with pytest.raises(NoSuchPayment):
            await decisions.refunded(number)
        with pytest.raises(NoSuchPayment):
            await decisions.assign(number, order.number)


# Anything, in any order


@pytest.mark.parametrize(("seed_of_chance", "steps"), [(0, 10), *long(*((each, 30) for each in range(3)))])
async def test_whatever_is_decided_no_cent_is_lost_or_counted_twice(
    till: Till, decisions: PaymentDecisions, seed_of_chance: int, steps: int
) -> None:
    chance = random.Random(seed_of_chance)  # noqa: S311 (not a secret)
    orders = [await till.order(name, chats=(chat,)) for name, chat in (("a", 7), ("b", 8), ("c", 9))]
    reports = {}
    for step in range(steps):
        match chance.choice(("pay", "pay", "assign", "assign", "back", "refund")):
            case "pay":
                order = chance.choice([*orders, None])
                amount = chance.choice((100, 1000, DUE, DUE * 2, DUE * 3 + 7))
                report = till.paid(order or "?", amount, f"bank-{step}")
                reports[step] = report
                await till.receive(report)
            case "back" if reports:
                report = reports.pop(chance.choice(sorted(reports)))
                await till.receive(till.went_back(report, chance.randint(1, report.cents)))
            case decision:
                waiting = await cases(decisions)
                if not waiting:
                    continue
                chosen = chance.choice(waiting)
                try:
                    if decision == "refund":
                        await decisions.refunded(chosen.id)
                    else:
                        await decisions.assign(chosen.id, chance.choice(orders).number)
                except DecisionRefused:
                    continue
        await check_the_books(till, decisions, orders)


async def check_the_books(till: Till, decisions: PaymentDecisions, orders: list[Order]) -> None:
    """Every order has at most what is due; every payment is counted or waits, up to what is left of it."""
    for order in orders:
        assert 0 <= await paid(till, order) <= order.quote.due
        if await till.status(order) == "awaiting_payment":
            assert await paid(till, order) < order.quote.due
    waiting = await cases(decisions)
    ledger = await till.ledger()
    for came in ledger:
        if came.kind != PaymentKind.REGISTERED.value:
            continue
        rows = [row for row in ledger if row.payment_id == came.payment_id]
        back = sum(row.amount for row in rows if row.kind == "reversed" and row.origin_id is None)
        counts = sum(row.counted for row in rows)
        waits = sum(case.waiting.refundable for case in waiting if case.payment_id == came.payment_id)
        closed = any(row.resolution == "refunded" for row in rows)
        assert counts >= 0
        if closed:
            assert counts + waits + back <= came.amount + back
        else:
            assert counts + waits + back == came.amount
