"""What is read by a prepared statement is what SQLAlchemy reads, on both back ends."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Integer, bindparam, insert, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from bot.db.base import BigInt, table_of
from bot.db.engine import Database
from bot.db.prepared import Prepared, Together
from bot.db.tables_ground import ChatStateRow
from tests.support.clock import FrozenClock

_STATE = table_of(ChatStateRow)
_OF_A_BOT = (
    select(*_STATE.c, bindparam("kind", "state").label("kind"))
    .where(_STATE.c.bot_id == bindparam("bot_id", type_=BigInt))
    .order_by(_STATE.c.chat_id)
)


@pytest.fixture
async def kept(each_database: Database, clock: FrozenClock) -> Database:
    """Two chats' states: one has data that are sealed, and a moment of its own."""
    rows = [
        {
            "bot_id": 2**40,
            "chat_id": chat_id,
            "user_id": 1,
            "thread_id": 0,
            "business_connection_id": "",
            "destiny": "default",
            "state": state,
            "data": '{"città": "Forlì"}',
            "updated_at": clock.now(),
        }
        for chat_id, state in ((-7, None), (9, "renewal:plan"))
    ]
    await each_database.act(lambda connection: connection.execute(insert(_STATE), rows))
    return each_database


async def test_rows_are_those_of_sqlalchemy(kept: Database) -> None:
    prepared, values = Prepared(_OF_A_BOT), {"bot_id": 2**40}

    def both(connection: Connection) -> tuple[Sequence[Any], Sequence[Any]]:
        return prepared.all(connection, values), connection.execute(_OF_A_BOT, values).all()

    for _ in range(2):
        found, expected = await kept.look(both)
        assert [row._asdict() for row in found] == [row._asdict() for row in expected]
        assert [(row.chat_id, row.state, row.kind) for row in found] == [
            (-7, None, "state"),
            (9, "renewal:plan", "state"),
        ]


async def test_nothing_is_found_of_another(kept: Database) -> None:
    assert await kept.look(lambda connection: Prepared(_OF_A_BOT).all(connection, {"bot_id": 3})) == []


async def test_what_fails_fails_as_with_sqlalchemy(kept: Database) -> None:
    lost = Prepared(select(text("lost")).select_from(_STATE))
    with pytest.raises(DBAPIError, match="lost"):
        await kept.look(lambda connection: lost.all(connection, {}))
    assert (
        len(await kept.look(lambda connection: Prepared(_OF_A_BOT).all(connection, {"bot_id": 2**40}))) == 2
    )


async def test_several_read_together_find_what_each_finds_by_itself(kept: Database) -> None:
    first, empty = Prepared(_OF_A_BOT), Prepared(select(_STATE.c.destiny).where(_STATE.c.bot_id == 3))
    other = Prepared(
        select(_STATE.c.data, _STATE.c.updated_at).where(
            _STATE.c.bot_id == bindparam("bot_id", type_=BigInt), _STATE.c.chat_id == -7
        )
    )
    rows = await kept.ask(Together(first, empty, other), {"bot_id": 2**40})
    expected = [await kept.ask(each, {"bot_id": 2**40}) for each in (first, empty, other)]
    by_chat = sorted(rows[0], key=lambda row: row.chat_id)
    assert [row._asdict() for row in by_chat] == [row._asdict() for row in expected[0]]
    assert [row._asdict() for row in rows[2]] == [row._asdict() for row in expected[2]]
    assert (len(rows[0]), len(rows[1]), len(rows[2])) == (2, 0, 1)


async def test_what_fails_together_fails_as_with_sqlalchemy(kept: Database) -> None:
    lost = Prepared(select(literal_column("lost", Integer).label("lost")).select_from(_STATE))
    with pytest.raises(DBAPIError, match="lost"):
        await kept.ask(Together(Prepared(_OF_A_BOT), lost), {"bot_id": 2**40})
    assert len(await kept.ask(Prepared(_OF_A_BOT), {"bot_id": 2**40})) == 2
