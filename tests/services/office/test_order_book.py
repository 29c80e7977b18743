"""Orders as the operator looks at them: listed, exported and shown, on SQLite and on PostgreSQL."""

import tracemalloc
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from bot.db.engine import Database
from bot.db.tables import DraftRow, OrderRow
from bot.domain.order_number import InvalidOrderNumber, format_number
from bot.domain.orders import OrderStatus
from bot.services.actor import Actor
from bot.services.errors import NoSuchCustomer
from bot.services.office.order_book import OrderBook, OrderFilter, OrderSummary
from bot.services.office.payment_cases import NoSuchOrder
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.till import Till


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def book(database: Database, surroundings: Surroundings) -> OrderBook:
    """The operator's view."""
    return OrderBook(database, surroundings)


async def numbers(book: OrderBook, **wanted: object) -> list[str]:
    """What a filter lets through, which is the same in a list and in an export."""
    chosen = OrderFilter(**wanted)  # type: ignore[arg-type]
    exported = [order.number async for order in book.each(chosen)]
    assert [order.number for order in await book.latest(chosen, 100)] == exported[::-1]
    return exported


async def test_an_order_in_one_line(till: Till, book: OrderBook, clock: FrozenClock) -> None:
    order = await till.order(boxes=2, years=2)
    await till.receive(till.paid(order, 1000))
    (line,) = await book.latest(OrderFilter(), 10)
    assert line == OrderSummary(
        number=order.number,
        status=OrderStatus.AWAITING_PAYMENT,
        customer="rossi",
        placed_at=clock.now(),
        mailboxes=2,
        years=2,
        method="bank_transfer",
        net=order.quote.net,
        vat=order.quote.vat,
        due=order.quote.due,
        paid=1000,
        split_payment=False,
        auto_renew=False,
        kit=None,
        pay_by=order.pay_by,
        payable_until=order.payable_until,
        completed_at=None,
        cancelled_at=None,
        expired_at=None,
        invoices=None,
        withdrawn_at=None,
        vat_treatment="charged",
        vat_mention=None,
        kit_delivered_on=None,
        kit_withdrawn_at=None,
    )
    assert line.missing == order.quote.due - 1000
    assert [each async for each in book.each(OrderFilter())] == [line]


async def test_a_closed_order_misses_nothing(till: Till, book: OrderBook, clock: FrozenClock) -> None:
    order = await till.order()
    await till.services.orders.cancel(Actor(7, "it"), order.number)
    (line,) = await book.latest(OrderFilter(), 10)
    assert (line.status, line.missing, line.cancelled_at) == (OrderStatus.CANCELLED, 0, clock.now())


async def test_filters_choose_and_combine(till: Till, book: OrderBook, clock: FrozenClock) -> None:
    first = await till.order("a")
    clock.advance(timedelta(days=1))
    second = await till.order("b", chats=(8,))
    clock.advance(timedelta(days=1))
    third = await till.order("b", chats=(8,))
    await till.receive(till.paid(first, payment_id="1"))
    await till.receive(till.paid(third, payment_id="2"))

    assert await numbers(book) == [first.number, second.number, third.number]
    completed = frozenset({OrderStatus.COMPLETED})
    assert await numbers(book, statuses=completed) == [first.number, third.number]
    assert await numbers(book, statuses=completed | {OrderStatus.AWAITING_PAYMENT}) == await numbers(book)
    assert await numbers(book, customer="b") == [second.number, third.number]
    assert await numbers(book, customer="b", statuses=completed) == [third.number]
    assert await numbers(book, since=date(2026, 11, 24)) == [second.number, third.number]
    assert await numbers(book, until=date(2026, 11, 24)) == [first.number, second.number]
    assert await numbers(book, since=date(2026, 11, 24), until=date(2026, 11, 24)) == [second.number]
    assert [order.number for order in await book.latest(OrderFilter(), 1)] == [third.number]


async def test_days_begin_and_end_in_the_operator_s_time_zone(
    till: Till, book: OrderBook, clock: FrozenClock
) -> None:
    clock.advance(timedelta(hours=13, minutes=30))  # 23:30 UTC, half past midnight in Rome
    order = await till.order()
    assert await numbers(book, since=date(2026, 11, 24)) == [order.number]
    assert await numbers(book, until=date(2026, 11, 23)) == []


async def test_a_customer_who_does_not_exist_is_said(till: Till, book: OrderBook) -> None:
    await till.order()
    with pytest.raises(NoSuchCustomer):
        await book.latest(OrderFilter(customer="nobody"), 10)
    with pytest.raises(NoSuchCustomer):
        await numbers(book, customer="nobody")


async def test_an_order_is_shown_with_all_that_belongs_to_it(till: Till, book: OrderBook) -> None:
    order = await till.order(chats=(7, 8))
    await till.receive(till.paid(order, 1000, "bank-1"))
    await till.receive(till.paid(order, 3000, "bank-2"))
    other = await till.order("altri", chats=(9,))
    await till.receive(till.paid(other, payment_id="bank-3"))

    file = await book.show(order.number.lower())
    assert file.summary.number == order.number
    assert [item.address for item in file.items] == [item.address for item in order.items]
    assert sum(line.net + line.vat for line in file.lines) == order.quote.due
    assert [(row.payment_id, row.counted, row.refund) for row in file.payments] == [
        ("bank-1", 1000, 0),
        ("bank-2", 2648, 352),
    ]
    assert file.evidence is not None
    assert (file.evidence.chat_id, file.evidence.button_label) == (7, "Ordine di prova")
    assert {each.document for each in file.acceptances} >= {"conditions", "clauses", "privacy"}
    assert file.personal == {}
    said = [(each.what, each.to, each.state) for each in file.sendings]
    assert said == [
        ("placed", "mail", "due"),
        ("placed", "event", "due"),
        ("partial", "chat 7", "due"),
        ("partial", "chat 8", "due"),
        ("partial", "mail", "due"),
        ("completed", "chat 7", "due"),
        ("completed", "chat 8", "due"),
        ("completed", "mail", "due"),
        ("completed", "event", "due"),
        ("review", "operator", "due"),
    ]


async def test_another_method_that_was_chosen_belongs_to_it(till: Till, book: OrderBook) -> None:
    order, chat = await till.order(), Actor(7, "it")
    card = (await till.services.other_methods.offered(chat, order.number)).change_to("card")
    await till.services.other_methods.choose(
        chat, order.number, "card", card.seal, screen="Pagare con carta?", button_label="Cambia modalità"
    )
    file = await book.show(order.number)
    assert file.summary.method == "card"
    (change,) = file.method_changes
    assert (change.from_method_id, change.method_id, change.screen) == (
        "bank_transfer",
        "card",
        "Pagare con carta?",
    )


async def test_personal_data_is_shown_on_request_alone(till: Till, book: OrderBook) -> None:
    order = await till.order()
    assert "Esempio" not in repr((await book.show(order.number)).personal)
    asked = await book.show(order.number, personal=True)
    assert asked.personal["holder"]["last_name"] == "Esempio"
    assert "kit_holder" not in asked.personal


async def test_a_number_that_nothing_has_is_told_from_a_mistyped_one(till: Till, book: OrderBook) -> None:
    order = await till.order()
    with pytest.raises(NoSuchOrder):
        await book.show(format_number("22222" if order.number[:5] != "22222" else "33333"))
    with pytest.raises(InvalidOrderNumber):
        await book.show(order.number[:-1] + ("2" if order.number[-1] != "2" else "3"))


@pytest.mark.soak
@pytest.mark.parametrize(("number", "kib"), [(1_500, 1400), *long((3_000, 2048), (12_000, 2048))])
async def test_an_export_takes_the_same_memory_however_many_orders_there_are(
    till: Till, book: OrderBook, database: Database, number: int, kib: int
) -> None:
    await till.order()
    await _many_orders(database, number)
    tracemalloc.start()
    try:
        count = 0
        async for _ in book.each(OrderFilter()):
            count += 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == number + 1
    assert peak < kib * 1024, "all the orders were in memory at once"


async def _many_orders(database: Database, number: int) -> None:
    """Orders of one customer, without anything in them, written at once."""
    alphabet = "23456789ABCDEFGHJKMN"
    async with database.write() as session:
        order = (await session.execute(OrderRow.__table__.select())).mappings().first()
        draft = (await session.execute(DraftRow.__table__.select())).mappings().first()
        assert order is not None
        assert draft is not None
        made = await session.execute(
            insert(DraftRow).returning(DraftRow.id, sort_by_parameter_order=True),
            [{**draft, "id": draft["id"] + 1 + each} for each in range(number)],
        )
        await session.execute(
            insert(OrderRow),
            [
                {
                    **order,
                    "id": order["id"] + 1 + each,
                    "draft_id": draft_id,
                    "number": format_number(
                        "Z" + "".join(alphabet[each // 20**place % 20] for place in range(4))
                    ),
                }
                for each, draft_id in enumerate(made.scalars())
            ],
        )
