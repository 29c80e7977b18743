"""On a SQLite file what waits to be written shares a transaction, and nobody pays for another's failure.

On PostgreSQL a connection that was lost meanwhile is replaced.
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection, insert, make_url, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.db.at_once import OnFile, Work
from bot.db.engine import Database, configure_sqlite
from bot.db.keys import KeyRing
from bot.db.tables_ground import SecretRow
from tests.support.databases import PostgresqlDatabases

MANY = 100


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[OnFile]:
    """A file with a table of numbers, each of which it takes once."""
    opened = OnFile(make_url(f"sqlite:///{tmp_path / 'numbers.db'}"), configure_sqlite)
    await opened.act(
        lambda connection: connection.execute(text("CREATE TABLE kept (number INTEGER PRIMARY KEY)"))
    )
    yield opened
    await opened.dispose()


def keeping(number: int, *, times: int = 1) -> Work[int]:
    """Put a number into the table; twice is once too often."""

    def work(connection: Connection) -> int:
        for _ in range(times):
            connection.execute(text("INSERT INTO kept VALUES (:number)"), {"number": number})
        return number

    return work


def numbers(connection: Connection) -> list[int]:
    """What is in the table."""
    return list(connection.execute(text("SELECT number FROM kept ORDER BY number")).scalars())


async def test_what_waits_is_written_together(file: OnFile) -> None:
    with_transactions: set[int] = set()

    def noting(number: int) -> Work[int]:
        def work(connection: Connection) -> int:
            with_transactions.add(id(connection.get_transaction()))
            return keeping(number)(connection)

        return work

    async with file.writing:  # somebody else writes meanwhile
        waiting = [asyncio.create_task(file.act(noting(number))) for number in range(10)]
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting) == list(range(10))
    assert len(with_transactions) == 1
    assert await file.look(numbers) == list(range(10))


async def test_a_crowd_is_written_in_several_transactions_in_its_order(file: OnFile) -> None:
    done: list[int] = []

    def noting(number: int) -> Work[None]:
        def work(connection: Connection) -> None:
            done.append(keeping(number)(connection))

        return work

    await asyncio.gather(*(file.act(noting(number)) for number in range(MANY)))
    assert done == list(range(MANY))
    assert await file.look(numbers) == list(range(MANY))


async def test_who_fails_undoes_only_its_own(file: OnFile) -> None:
    found = await asyncio.gather(
        *(file.act(keeping(number, times=2 if number == 3 else 1)) for number in range(6)),
        return_exceptions=True,
    )
    assert isinstance(found.pop(3), IntegrityError)
    assert found == [0, 1, 2, 4, 5]
    assert await file.look(numbers) == [0, 1, 2, 4, 5]


async def test_who_no_longer_waits_writes_nothing(file: OnFile) -> None:
    async with file.writing:
        waiting = [asyncio.create_task(file.act(keeping(number))) for number in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await file.look(numbers) == [0, 2]


async def test_it_is_read_where_the_loop_is_and_on_a_thread_while_the_file_is_locked(file: OnFile) -> None:
    threads: list[int] = []
    locked = [False, True, False]

    def work(_connection: Connection) -> str:
        threads.append(threading.get_ident())
        if locked.pop(0):
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
            raise OperationalError("SELECT", {}, error)
        return "read"

    assert [await file.look(work), await file.look(work)] == ["read", "read"]
    here = threading.get_ident()
    assert [each == here for each in threads] == [True, True, False]


async def test_a_reading_that_fails_for_another_reason_says_so(file: OnFile) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        await file.look(lambda connection: connection.execute(text("SELECT * FROM lost")))
    assert await file.look(numbers) == []


async def test_while_another_process_keeps_the_file_all_fail_after_one_wait(tmp_path: Path) -> None:
    path = tmp_path / "numbers.db"
    waited: list[str] = []

    def configure(connection: sqlite3.Connection) -> None:
        configure_sqlite(connection)
        connection.execute("PRAGMA busy_timeout=0")
        connection.set_trace_callback(waited.append)

    file = OnFile(make_url(f"sqlite:///{path}"), configure)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY)")
    other.execute("PRAGMA journal_mode=WAL")
    try:
        other.execute("BEGIN IMMEDIATE")
        found = await asyncio.gather(
            *(file.act(keeping(number)) for number in range(5)), return_exceptions=True
        )
        assert [type(each) for each in found] == [OperationalError] * 5
        assert waited.count("BEGIN IMMEDIATE") == 1
        other.execute("COMMIT")
        assert await file.act(keeping(7)) == 7
    finally:
        other.close()
        await file.dispose()


@pytest.fixture
def postgresql_url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """The address of a migrated database."""
    with postgresql_databases.new() as url:
        yield url


@pytest.fixture
async def on_postgresql(postgresql_url: str, keys: KeyRing) -> AsyncIterator[Database]:
    """The bot's own, started."""
    database = Database(postgresql_url, keys)
    await database.start()
    yield database
    await database.dispose()


def noting(name: str) -> Work[None]:
    """Keep something under a name."""

    def work(connection: Connection) -> None:
        connection.execute(insert(SecretRow).values(name=name, sealed=b""))

    return work


async def test_connections_that_were_lost_meanwhile_are_noticed_by_nobody(
    postgresql_url: str, on_postgresql: Database
) -> None:
    await on_postgresql.act(noting("a"))
    await hang_up(postgresql_url)
    assert await on_postgresql.look(names) == ["a", "blind-index"]
    await hang_up(postgresql_url)
    await on_postgresql.act(noting("b"))
    assert await on_postgresql.look(names) == ["a", "b", "blind-index"]


async def test_work_on_a_connection_that_is_lost_is_done_anew_from_its_start(on_postgresql: Database) -> None:
    begun: list[int] = []

    def work(connection: Connection) -> None:
        begun.append(len(begun))
        noting("first")(connection)
        if len(begun) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        noting("second")(connection)

    await on_postgresql.act(work)
    assert begun == [0, 1]
    assert await on_postgresql.look(names) == ["blind-index", "first", "second"]


def test_a_database_whose_connections_a_test_has_ended_is_lent_again(
    postgresql_databases: PostgresqlDatabases,
) -> None:
    with postgresql_databases.new():
        pass  # emptied on a connection that stays open
    with postgresql_databases.new() as url:
        asyncio.run(hang_up(url))
    with postgresql_databases.new() as again:
        assert again == url


def names(connection: Connection) -> list[str]:
    """The secrets that are kept."""
    return sorted(connection.execute(select(SecretRow.name)).scalars())


async def hang_up(url: str) -> None:
    """Let the server end every connection to the database."""
    administrator = await asyncpg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await administrator.close()
