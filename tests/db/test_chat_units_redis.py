"""What only Redis shows of conversations: what is found of earlier times, and what a Redis that is away costs."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.redis import RedisStorage

from bot.db import strict_json
from bot.db.chat_units import ChatKey, ChatUnits
from bot.db.chat_units_redis import FullKeyBuilder, RedisBacking
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.turns import StateUnavailable
from tests.support.clock import FrozenClock
from tests.support.redis_server import forget


@pytest.fixture
def sql(database: Database, clock: FrozenClock) -> SqlBacking:
    """Conversations in the database alone."""
    return SqlBacking(database, clock)


@pytest.fixture
async def in_redis(
    redis_url: str, keys: KeyRing, sql: SqlBacking, bot_id: int
) -> AsyncIterator[RedisBacking]:
    """The same ones in Redis."""
    backing = RedisBacking(redis_url, keys, sql)
    yield backing
    await backing.close()
    await forget(bot_id)


@pytest.fixture
def key(bot_id: int) -> StorageKey:
    """A key with nothing optional."""
    return StorageKey(bot_id=bot_id, chat_id=7, user_id=7)


async def test_records_of_a_version_before_are_found_where_they_were(
    in_redis: RedisBacking, keys: KeyRing, key: StorageKey
) -> None:
    """They lie under a key each, and stay there until each of them is changed."""
    old = RedisStorage(
        in_redis._redis,
        FullKeyBuilder(),
        json_dumps=lambda data: keys.seal(strict_json.encode(data).encode()).decode(),
    )
    other = StorageKey(bot_id=key.bot_id, chat_id=7, user_id=7, destiny="aiogd:context:1")
    for each in (key, other):
        await old.set_state(each, "Steps:first")
        await old.set_data(each, {"step": 1})
    units = ChatUnits(in_redis)
    await units.storage.set_data(key, {"step": 2})
    for _ in range(2):
        assert await units.storage.get_state(key) == "Steps:first"
        assert await units.storage.get_data(key) == {"step": 2}
        assert await units.storage.get_data(other) == {"step": 1}
        await units.storage.update_data(key, {"again": True})
        await units.storage.set_data(key, {"step": 2})


async def test_records_of_the_database_move_with_the_first_change(
    in_redis: RedisBacking, sql: SqlBacking, key: StorageKey
) -> None:
    await ChatUnits(sql).storage.set_data(key, {"step": 1})
    units, chat = ChatUnits(in_redis), ChatKey(key.bot_id, key.chat_id)
    assert await units.storage.get_data(key) == {"step": 1}
    await units.storage.set_state(key, "Steps:first")
    assert await units.storage.get_data(key) == {"step": 1}
    assert not (await sql.load(chat, None)).records


async def test_what_a_dead_process_has_written_for_an_update_does_not_count(
    in_redis: RedisBacking, key: StorageKey, database: Database
) -> None:
    units, chat = ChatUnits(in_redis), ChatKey(key.bot_id, key.chat_id)
    await units.storage.set_data(key, {"step": 1})
    with pytest.raises(StateUnavailable):
        await _change_and_die(units, chat, key, database)
    await _rename(database, "away", "chat_version")
    assert await units.storage.get_data(key) == {"step": 1}


async def _change_and_die(units: ChatUnits, chat: ChatKey, key: StorageKey, database: Database) -> None:
    async with units.open(chat):
        await units.storage.set_data(key, {"step": 2})
        await _rename(database, "chat_version", "away")


async def _rename(database: Database, table: str, name: str) -> None:
    async with database.write() as session:
        await (await session.connection()).exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


async def test_a_redis_that_says_nothing_is_waited_for_a_few_seconds_at_most(
    keys: KeyRing, sql: SqlBacking, key: StorageKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.db.chat_units_redis.ANSWERS_WITHIN", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        backing = RedisBacking(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", keys, sql)
        try:
            async with asyncio.timeout(60):
                with pytest.raises(StateUnavailable):
                    await ChatUnits(backing).storage.set_data(key, {"step": 1})
        finally:
            await backing.close()
    assert await ChatUnits(sql).storage.get_data(key) == {}
