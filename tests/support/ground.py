"""Fixtures for everybody: keys, a clock that stands still, a migrated database.

``database`` is SQLite, for tests of what the bot does; ``each_database`` runs a test on SQLite and on
PostgreSQL, for tests of what is stored.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.db.engine import Database
from bot.db.keys import KeyRing
from tests.support import hasty_servers, hasty_sqlite
from tests.support.clock import FrozenClock
from tests.support.databases import PostgresqlDatabases, ReusedEngines, SqliteFiles, why_no_postgresql
from tests.support.long_runs import long
from tests.support.redis_server import REDIS, why_no_redis


def pytest_configure() -> None:
    """Wait for no disk, and not long for servers that end."""
    hasty_sqlite.hasten()
    hasty_servers.hasten()


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Logs without the tracebacks of the library's own: to draw all local variables takes seconds and megabytes."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
        ]
    )


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of Redis; skips where there is none."""
    reason = why_no_redis()
    if reason is not None:
        pytest.skip(reason)
    return REDIS


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that stands still."""
    return FrozenClock()


@pytest.fixture
def keys() -> KeyRing:
    """A ring with one new key."""
    return KeyRing([KeyRing.new_key()])


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """The migrated SQLite file that tests copy: one for all workers of a run."""
    folder = tmp_path_factory.getbasetemp()
    return SqliteFiles(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    """The migrated PostgreSQL template that tests copy; skips where there is no server."""
    reason = why_no_postgresql()
    if reason is not None:
        pytest.skip(reason)
    databases = PostgresqlDatabases()
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def reused_engines(tmp_path_factory: pytest.TempPathFactory) -> ReusedEngines:
    """The engines that the tests of this process lend to one database after the other."""
    return ReusedEngines(tmp_path_factory.mktemp("engines"))


@pytest.fixture(scope="session")
def near_engines(tmp_path_factory: pytest.TempPathFactory) -> ReusedEngines:
    """The same for SQLite alone, without threads."""
    return ReusedEngines(tmp_path_factory.mktemp("near"), near=True)


@pytest.fixture(scope="session")
def second_engines(tmp_path_factory: pytest.TempPathFactory) -> ReusedEngines:
    """The engines of another process on the same database, with its threads and with what it compiled."""
    return ReusedEngines(tmp_path_factory.mktemp("second"))


@pytest.fixture
def database_url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """The address of a fresh migrated SQLite file."""
    return sqlite_files.new(tmp_path)


@pytest.fixture
async def database(database_url: str, keys: KeyRing, near_engines: ReusedEngines) -> AsyncIterator[Database]:
    """A started database on a fresh migrated SQLite file."""
    opened = Database(database_url, keys, near_engines.on(database_url))
    await opened.start()
    yield opened
    await opened.dispose()


on_both = pytest.mark.parametrize("each_database_url", ["sqlite", "postgresql"], indirect=True)
"""Plays a test on both databases each time: what it is about is not the same on both, as locks and dialects are."""


@pytest.fixture(params=["sqlite", *long("postgresql")])
def each_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh migrated database, once on SQLite and, in long runs and `on_both`, once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database_url")
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.new() as url:
        yield url


@pytest.fixture
def sqlite_engines(near_engines: ReusedEngines) -> ReusedEngines:
    """The engines of ``each_database`` on SQLite; where threads and races are the subject, a module has threads."""
    return near_engines


@pytest.fixture
async def each_database(
    each_database_url: str, keys: KeyRing, sqlite_engines: ReusedEngines, reused_engines: ReusedEngines
) -> AsyncIterator[Database]:
    """A started database, once on SQLite and once on PostgreSQL."""
    engines = sqlite_engines if each_database_url.startswith("sqlite") else reused_engines
    opened = Database(each_database_url, keys, engines.on(each_database_url))
    await opened.start()
    yield opened
    await opened.dispose()


@pytest.fixture
async def other_database(
    each_database: Database, each_database_url: str, keys: KeyRing, second_engines: ReusedEngines
) -> AsyncIterator[Database]:
    """The same database as ``each_database``, as another process has it open."""
    del each_database  # opened first: it makes the secret that the other one reads
    other = Database(each_database_url, keys, second_engines.on(each_database_url))
    await other.start()
    yield other
    await other.dispose()
