"""Orders that nobody pays: told before, closed after, each once, on both databases."""

import asyncio
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, text

from bot.db.engine import Database
from bot.db.tables import OrderItemRow, OrderRow, OutboxRow
from bot.domain.payments import PaymentOutcome
from bot.services.orders import expiring as module
from bot.services.orders.expiring import Expiring
from bot.services.orders.rows import Order
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.till import OPERATOR_CHAT, Till

DAY = timedelta(days=1)


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def expiring(database: Database, surroundings: Surroundings) -> Expiring:
    """Looks after the orders of a bot that tells everybody everything."""
    notices = Notices(surroundings, operator_chat_id=OPERATOR_CHAT, mail=True, events=True)
    return Expiring(database, surroundings, notices)


async def before_the_end(till: Till, clock: FrozenClock, order: Order, days: int) -> None:
    """Let it be 11 in the morning, so many days before the last day on which the order can be paid."""
    day = order.payable_until - timedelta(days=days)
    clock.moment = datetime.combine(day, time(11), till.services.surroundings.zone)


async def messages(till: Till) -> list[tuple[str, int | None, str]]:
    """Who is told what of the end of an order, in the order of writing."""
    told = await till.told("order-expiring", "order-expired")
    return [(each.channel, each.chat_id, each.message) for each in told]


async def test_the_customer_is_told_once_some_days_before_it_is_too_late(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order(chats=(7, 8))
    await before_the_end(till, clock, order, 15)
    await expiring.run()
    assert await messages(till) == []
    clock.advance(DAY)
    for _ in range(3):
        await expiring.run()
        clock.advance(DAY)
    assert await messages(till) == [
        ("telegram", 7, "order-expiring"),
        ("telegram", 8, "order-expiring"),
        ("mail", None, "order-expiring"),
    ]
    assert await till.status(order) == "awaiting_payment"


@pytest.mark.parametrize(("hour", "warned"), [(9, 2), (20, 0), *long((3, 0), (8, 0), (19, 2), (23, 0))])
async def test_a_warning_keeps_the_hours_of_reminders(
    till: Till, clock: FrozenClock, expiring: Expiring, hour: int, warned: int
) -> None:
    order = await till.order()
    await before_the_end(till, clock, order, 14)
    clock.moment = clock.moment.replace(hour=hour)
    await expiring.run()
    assert len(await messages(till)) == warned


async def test_a_warning_waits_for_a_holiday_to_pass_unless_it_is_urgent(
    till: Till, clock: FrozenClock, expiring: Expiring, surroundings: Surroundings
) -> None:
    far, near = await till.order(), await till.order("verdi", chats=(9,))
    for order, until in ((far, date(2027, 1, 12)), (near, date(2027, 1, 9))):
        await till.change_order(order, payable_until=until)
    clock.moment = datetime(2027, 1, 6, 11, tzinfo=surroundings.zone)
    await expiring.run()
    assert {chat for _, chat, _ in await messages(till)} == {9, None}
    clock.advance(DAY)
    await expiring.run()
    assert {chat for _, chat, _ in await messages(till)} == {7, 9, None}


async def test_of_a_last_day_that_is_nearly_over_it_is_said_at_once(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order()
    await before_the_end(till, clock, order, 0)
    clock.moment = clock.moment.replace(hour=21)  # the worker was away all day
    await expiring.run()
    assert len(await messages(till)) == 2


async def test_that_an_order_expired_at_midnight_is_told_in_the_morning(
    till: Till, clock: FrozenClock, expiring: Expiring, database: Database, surroundings: Surroundings
) -> None:
    order = await till.order()
    await before_the_end(till, clock, order, -1)
    clock.moment = clock.moment.replace(hour=0, minute=5)
    await expiring.run()
    assert await till.status(order) == "expired"
    async with database.read() as session:
        due = await session.scalars(select(OutboxRow.due_at).where(OutboxRow.key.startswith("expired:")))
        hours = {each.astimezone(surroundings.zone).hour for each in due}
    assert hours == {9}


async def test_the_days_are_the_operators(
    till: Till, clock: FrozenClock, expiring: Expiring, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_rules(order_warning_days=3)
    order = await till.order()
    await before_the_end(till, clock, order, 4)
    await expiring.run()
    assert await messages(till) == []
    clock.advance(DAY)
    await expiring.run()
    assert [message for _, _, message in await messages(till)] == ["order-expiring"] * 2


async def test_an_order_placed_late_is_warned_of_the_day_after_and_not_at_once(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order(expires_in=-85)
    assert order.payable_until - till.seed.today == 5 * DAY
    await expiring.run()
    assert await messages(till) == []
    clock.advance(DAY)
    await expiring.run()
    assert [message for _, _, message in await messages(till)] == ["order-expiring"] * 2


async def test_on_the_last_day_it_can_be_paid_and_on_the_next_it_expires_and_frees_its_mailbox(
    till: Till, clock: FrozenClock, expiring: Expiring, database: Database
) -> None:
    order = await till.order()
    await before_the_end(till, clock, order, 0)
    await expiring.run()
    assert await till.status(order) == "awaiting_payment"

    clock.advance(DAY)
    for _ in range(2):
        await expiring.run()
    assert await till.status(order) == "expired"
    async with database.read() as session:
        row = (await session.execute(select(OrderRow))).scalar_one()
        items = (await session.execute(select(OrderItemRow.open))).scalars().all()
    assert row.expired_at == clock.now()
    assert items == [False]
    assert (await messages(till))[2:] == [
        ("telegram", 7, "order-expired"),
        ("mail", None, "order-expired"),
    ]


async def test_the_day_is_the_operators_and_not_that_of_utc(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order()
    zone = till.services.surroundings.zone
    clock.moment = datetime.combine(order.payable_until, time(23, 59), zone)
    await expiring.run()
    assert await till.status(order) == "awaiting_payment"
    clock.advance(timedelta(minutes=2))
    assert clock.now().date() == order.payable_until
    await expiring.run()
    assert await till.status(order) == "expired"


async def test_paid_and_cancelled_orders_are_left_alone(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    paid = await till.order("rossi")
    await till.receive(till.paid(paid))
    cancelled = await till.order("verdi", chats=(8,))
    await till.change_order(cancelled, status="cancelled")
    before = len(await till.told())
    await before_the_end(till, clock, paid, -30)
    await expiring.run()
    assert (await till.status(paid), await till.status(cancelled)) == ("completed", "cancelled")
    assert len(await till.told()) == before


async def test_what_was_paid_in_part_goes_to_a_person(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order()
    await till.receive(till.paid(order, 1000, "bank-1"))
    await till.receive(till.paid(order, 500, "bank-2"))
    await before_the_end(till, clock, order, -1)
    for _ in range(2):
        await expiring.run()
    assert [(row.counted, row.reason) for row in await till.ledger()] == [
        (1000, "order_expired"),
        (500, "order_expired"),
    ]
    alerts = await till.told("operator-review")
    assert [(told.chat_id, told.payload["paid"]) for told in alerts] == [
        (OPERATOR_CHAT, 1000),
        (OPERATOR_CHAT, 500),
    ]


async def test_money_that_went_back_already_troubles_nobody_again(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order()
    report = till.paid(order, 1000)
    await till.receive(report)
    await till.receive(till.went_back(report))
    await before_the_end(till, clock, order, -1)
    before = len(await till.told("operator-review"))
    await expiring.run()
    assert await till.status(order) == "expired"
    assert len(await till.told("operator-review")) == before


@pytest.mark.soak
async def test_a_payment_and_the_end_at_the_same_moment_do_not_both_win(
    till: Till, clock: FrozenClock, expiring: Expiring
) -> None:
    order = await till.order()
    await before_the_end(till, clock, order, -1)
    answer, _ = await asyncio.gather(till.receive(till.paid(order)), expiring.run())
    await expiring.run()
    assert answer.outcome is PaymentOutcome.REVIEW
    assert await till.status(order) == "expired"
    assert len(await till.told("operator-review")) == 1


@on_both
@pytest.mark.parametrize("number", [3, *long(5)])
async def test_many_orders_and_several_workers_and_each_is_told_once(
    till: Till,
    clock: FrozenClock,
    expiring: Expiring,
    database: Database,
    surroundings: Surroundings,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    orders = [await till.order(f"c{each}", chats=(100 + each,)) for each in range(number)]
    other = Expiring(
        database, surroundings, Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    )
    await before_the_end(till, clock, orders[0], 10)
    await asyncio.gather(expiring.run(), other.run(), expiring.run())
    clock.advance(20 * DAY)
    await asyncio.gather(expiring.run(), other.run(), expiring.run())
    for message in ("order-expiring", "order-expired"):
        told = Counter(each.chat_id for each in await till.told(message) if each.channel == "telegram")
        assert told == dict.fromkeys(range(100, 100 + number), 1), message
    assert {await till.status(order) for order in orders} == {"expired"}


@on_both
async def test_orders_are_found_by_index(database: Database, clock: FrozenClock) -> None:
    query = select(OrderRow.id).where(module._AWAITING, OrderRow.payable_until < clock.now().date())
    async with database.read() as session:
        written = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(
                text("SET LOCAL enable_seqscan = off")
            )  # a table without rows is read whole
        explain = "EXPLAIN" if session.get_bind().dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = (await session.execute(text(f"{explain} {written}"))).all()
    assert "ix_orders_status_payable_until" in str(plan), plan
