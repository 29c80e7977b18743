"""Updates that the bot keeps itself, on both databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from bot.db.engine import Database
from bot.db.waiting_updates import WaitingUpdates
from tests.support.clock import FrozenClock
from tests.support.telegram import raw_message


async def test_updates_are_kept_in_their_order_until_they_are_dropped(
    each_database: Database, clock: FrozenClock
) -> None:
    waiting = WaitingUpdates(each_database, clock, 42)
    first, second, third = (raw_message(number, f"testo {number} €") for number in (9, 10, 11))
    await waiting.put([second, third])
    await waiting.put([first, {**third, "message": None}])
    assert await waiting.read() == [first, second, third]
    await waiting.drop([9, 11, 12])
    assert await waiting.read() == [second]


async def test_each_bot_has_its_own(each_database: Database, clock: FrozenClock) -> None:
    mine, other = (WaitingUpdates(each_database, clock, bot_id) for bot_id in (42, 43))
    await mine.put([raw_message(1, "a")])
    await other.put([raw_message(1, "b")])
    await mine.drop([1])
    assert (await mine.read(), await other.read()) == ([], [raw_message(1, "b")])


async def test_all_are_kept_or_none(each_database: Database, clock: FrozenClock) -> None:
    waiting = WaitingUpdates(each_database, clock, 42)
    with pytest.raises(StatementError):
        await waiting.put([raw_message(1, "a"), {"update_id": 2, "bad": object()}])
    assert await waiting.read() == []


async def test_what_was_written_is_sealed(each_database: Database, clock: FrozenClock) -> None:
    await WaitingUpdates(each_database, clock, 42).put([raw_message(1, "un segreto")])
    async with each_database.read() as session:
        stored = bytes((await session.execute(text("SELECT data FROM waiting_update"))).scalar_one())
    assert b"segreto" not in stored
