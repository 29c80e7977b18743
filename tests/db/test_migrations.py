"""The migrations make exactly the tables that the code declares, and can be taken back."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.db.engine import SchemaMissing, sqlite_engine
from bot.db.metadata import metadata
from bot.db.postgresql import postgresql_engine
from bot.db.upgrade import (
    MIGRATIONS,
    TableHeld,
    current,
    downgrade,
    needs_upgrade,
    newest,
    require_tables,
    upgrade,
    upgrade_own_file,
)
from bot.db.url import parse_database_url
from tests.support.databases import PostgresqlDatabases

EARLY = "0001"
"""Where it does not matter how far an upgrade goes: all of them take a second of a core."""


def differences(connection: Connection) -> list[object]:
    """What Alembic would still change."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


async def check(url: str) -> None:
    """Go from nothing to the newest revision and back, comparing on the way."""
    parsed = parse_database_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    engine = sqlite_engine(parsed, begin="BEGIN") if sqlite else postgresql_engine(parsed)
    try:
        assert await current(url) is None
        assert await needs_upgrade(url)
        await upgrade(url)
        assert await current(url) == newest()
        assert not await needs_upgrade(url)
        async with engine.connect() as connection:
            assert await connection.run_sync(differences) == []
        await downgrade(url, "base")
        async with engine.connect() as connection:
            left = await connection.run_sync(lambda each: inspect(each).get_table_names())
        assert left == ["alembic_version"]
    finally:
        await engine.dispose()


def test_migrations_make_the_declared_tables_on_sqlite(tmp_path: Path) -> None:
    asyncio.run(check(f"sqlite:///{tmp_path / 'empty.db'}"))


def test_migrations_make_the_declared_tables_on_postgresql(postgresql_databases: PostgresqlDatabases) -> None:
    with postgresql_databases.new(empty=True) as url:
        asyncio.run(check(url))


def test_two_upgrades_at_once_wait_for_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"

    async def both() -> None:
        await asyncio.gather(upgrade(url, EARLY), upgrade(url, EARLY))

    asyncio.run(both())
    assert asyncio.run(current(url)) == EARLY


def test_an_upgrade_that_takes_longer_than_any_writing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended with "database is locked" where another process upgraded a large file, or on a slow machine."""
    monkeypatch.setattr("bot.db.engine.BUSY_TIMEOUT_MS", 50)
    path = tmp_path / "empty.db"
    url = f"sqlite:///{path}"

    async def behind(other: sqlite3.Connection) -> None:
        waiting = asyncio.create_task(upgrade(url, EARLY))
        await asyncio.sleep(0.5)
        assert not waiting.done()
        other.execute("COMMIT")
        await waiting

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        asyncio.run(behind(other))
    assert asyncio.run(current(url)) == EARLY


def test_two_upgrades_at_once_wait_for_each_other_on_postgresql(
    postgresql_databases: PostgresqlDatabases,
) -> None:
    async def both(url: str) -> None:
        await asyncio.gather(upgrade(url, EARLY), upgrade(url, EARLY))

    with postgresql_databases.new(empty=True) as url:
        asyncio.run(both(url))
        assert asyncio.run(current(url)) == EARLY


def test_an_upgrade_waits_for_a_moment_only_and_says_who_holds_the_table(
    postgresql_databases: PostgresqlDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.db.upgrade.LOCK_MILLISECONDS", 50)
    monkeypatch.setattr("bot.db.upgrade.PAUSE_SECONDS", 0.0)

    async def behind_a_reader(url: str) -> None:
        await upgrade(url, "0019")
        engine = postgresql_engine(parse_database_url(url))
        async with engine.connect() as reader:
            await reader.execute(text("SET application_name = 'a report'"))
            # On a slow machine it would have stood still for so long that it loses the table.
            await reader.execute(text("SET idle_in_transaction_session_timeout = 0"))
            await reader.execute(text("SELECT count(*) FROM draft"))
            with pytest.raises(
                TableHeld, match=r"^draft.* in use by process \d+ .*\(a report, idle in transaction"
            ):
                await upgrade(url)
        assert await current(url) == "0019"
        await upgrade(url)
        assert await current(url) == newest()
        await engine.dispose()

    with postgresql_databases.new(empty=True) as url:
        asyncio.run(behind_a_reader(url))


def test_a_file_of_its_own_is_brought_up_to_date_by_a_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    for _ in range(2):
        asyncio.run(upgrade_own_file(url))
        assert asyncio.run(current(url)) == newest()


def test_postgresql_is_left_to_the_release_step(postgresql_databases: PostgresqlDatabases) -> None:
    with postgresql_databases.new(empty=True) as url:
        asyncio.run(upgrade_own_file(url))
        assert asyncio.run(current(url)) is None


def test_older_tables_are_refused_and_newer_ones_serve(database_url: str) -> None:
    async def says(revision: str) -> None:
        engine = sqlite_engine(parse_database_url(database_url), begin="BEGIN IMMEDIATE")
        async with engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
        await engine.dispose()

    async def check_them() -> None:
        await require_tables(database_url)
        await says("0016")
        with pytest.raises(SchemaMissing, match=f"0016; this one needs {newest()}.*'migrate'"):
            await require_tables(database_url)
        await says("9999")
        await require_tables(database_url)

    asyncio.run(check_them())


def test_migrations_import_nothing_of_the_bot() -> None:
    steps = sorted((MIGRATIONS / "versions").glob("0*.py"))
    assert steps
    for step in steps:
        text = step.read_text(encoding="utf-8")
        assert "import bot" not in text, step.name
        assert "from bot" not in text, step.name
