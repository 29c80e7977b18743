"""The places where conversations can be kept, each given to the same tests."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot.db.chat_units import Backing, ChatUnits
from bot.db.chat_units_redis import RedisBacking
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from tests.support.clock import FrozenClock
from tests.support.databases import PostgresqlDatabases, ReusedEngines
from tests.support.long_runs import long
from tests.support.memory_state import MemoryBacking
from tests.support.redis_server import REDIS, forget

SHARED = ["sqlite", "postgresql", "redis"]
"""Places that several processes may use."""
BACKINGS = ["sqlite", *long("memory", "postgresql", "redis")]


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


@pytest.fixture
def bot_id() -> int:
    """A bot that no other test uses, since all tests share one Redis."""
    return random.randrange(2**40, 2**50)  # noqa: S311 (not a secret)


@pytest.fixture(params=BACKINGS)
def backing_address(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """What a backing needs, fetched before the test's event loop runs."""
    kind: str = request.param
    if kind == "postgresql":
        databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
        with databases.new() as url:
            yield kind, url
        return
    if kind == "redis":
        request.getfixturevalue("redis_url")
    yield kind, "" if kind == "memory" else request.getfixturevalue("database_url")


@dataclass(frozen=True, slots=True)
class Place:
    """A place to keep conversations, and the database behind it, where there is one."""

    backing: Backing
    database: Database | None = None

    @property
    def behind(self) -> Database:
        """The database."""
        assert self.database is not None
        return self.database


@pytest.fixture
async def place(
    backing_address: tuple[str, str], keys: KeyRing, clock: FrozenClock, bot_id: int
) -> AsyncIterator[Place]:
    """Memory, SQLite, PostgreSQL and Redis in turn."""
    kind, address = backing_address
    async with AsyncExitStack() as stack:
        if kind == "memory":
            yield Place(MemoryBacking())
            return
        database = Database(address, keys)
        stack.push_async_callback(database.dispose)
        await database.start()
        sql = SqlBacking(database, clock)
        if kind != "redis":
            yield Place(sql, database)
            return
        in_redis = RedisBacking(REDIS, keys, sql)
        stack.push_async_callback(in_redis.close)
        stack.push_async_callback(forget, bot_id)
        yield Place(in_redis, database)


@pytest.fixture
def backing(place: Place) -> Backing:
    """The place alone."""
    return place.backing


@pytest.fixture
def units(backing: Backing) -> ChatUnits:
    """Units on each backing in turn."""
    return ChatUnits(backing)
