"""The books of a month are read at one moment, on SQLite and on PostgreSQL."""

import pytest

from bot.db.engine import Database
from bot.services.office.month import Books, Month
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.till import Till


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@on_both
async def test_what_comes_while_they_are_read_is_in_none_of_their_parts(
    till: Till, database: Database, surroundings: Surroundings, clock: FrozenClock
) -> None:
    books, this = Books(database, surroundings), Month(clock.now().year, clock.now().month)
    order = await till.order()
    async with books.of(this) as month:
        (before,) = [each async for each in month.orders()]
        await till.receive(till.paid(order))
        await till.order("bianchi", chats=(8,))
        assert {line.order async for line in month.lines()} == {order.number}
        assert [move async for move in month.movements()] == []
        assert await month.refunds() == ()
    assert before.paid == 0
    async with books.of(this) as month:
        assert [each.paid async for each in month.orders()] == [order.quote.due, 0]
        assert [move.amount async for move in month.movements()] == [order.quote.due]
