"""Bringing a database to the tables that this version needs, from code and from any folder."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from bot.db.engine import Database, SchemaMissing, prepare_file, sqlite_engine
from bot.db.postgresql import postgresql_engine
from bot.db.url import parse_database_url

T = TypeVar("T")

TRIES: Final = 6
LOCK_MILLISECONDS: Final = 2000
"""How long an upgrade waits for a table, and everybody else behind it."""
PAUSE_SECONDS: Final = 1.0
"""How long those who waited have the tables for themselves before the second try; before the third twice that."""
ANOTHER_MILLISECONDS: Final = 60_000
"""How long an upgrade of a SQLite file waits for another: one of a large file takes longer than any other writing."""
_LOCK_NOT_AVAILABLE: Final = "55P03"
_HOLDER: Final = text(
    """
    SELECT a.pid, a.application_name, a.state, extract(epoch FROM clock_timestamp() - a.xact_start) AS seconds,
           string_agg(DISTINCT c.relname, ', ' ORDER BY c.relname) AS tables
    FROM pg_locks l
    JOIN pg_stat_activity a ON a.pid = l.pid
    JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    WHERE l.granted AND a.datname = current_database() AND a.pid <> pg_backend_pid()
    GROUP BY a.pid, a.application_name, a.state, a.xact_start
    ORDER BY a.xact_start LIMIT 1
    """
)

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x52494E4E
"""The advisory lock that lets one upgrade at a time run on a PostgreSQL database."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Apply the migrations that are missing up to `revision`, all of them in one transaction or none.

    Two processes that upgrade at once wait for each other: the second finds nothing to do. While an upgrade waits for a
    table that somebody reads, everybody else waits behind it: so it waits for a moment only, lets them pass, and tries
    again.

    Raises:
        InvalidDatabaseUrl: see `bot.db.url.parse_database_url`.
        BrokenReferences: SQLite found rows that point to nothing after the upgrade, which was taken back.
        TableHeld: on PostgreSQL somebody holds a table all the while; nothing was changed.
    """
    for attempt in range(1, TRIES + 1):
        try:
            await _run(url, lambda connection: _upgrade(connection, revision))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
            if attempt == TRIES:
                raise TableHeld(await _run(url, _who_holds)) from error
        else:
            return
        await asyncio.sleep(attempt * PAUSE_SECONDS)


async def upgrade_own_file(url: str) -> None:
    """Bring an SQLite file up to date, making it the first time; PostgreSQL is left to the release step (`migrate`).

    Raises:
        InvalidDatabaseUrl, BrokenReferences: as `upgrade`.
    """
    if parse_database_url(url).get_backend_name() == "sqlite" and await needs_upgrade(url):
        await upgrade(url)


async def require_tables(url: str) -> None:
    """See that a database has at least the tables that this version needs; newer ones serve it too.

    Raises:
        SchemaMissing: it has older ones. One without tables is refused when it is opened (`Database.start`).
    """
    revision = await current(url)
    if is_older(revision):
        raise SchemaMissing(
            f"the tables of the database are those of an older version ({revision}; this one needs {newest()}): "
            "run the command 'migrate' first"
        )


async def downgrade(url: str, revision: str) -> None:
    """Take back the migrations after `revision`; `"base"` takes back all, and with them the data."""
    await _run(url, lambda connection: command.downgrade(alembic_config(connection), revision))


async def current(url: str) -> str | None:
    """Return the revision that the database is at, `None` when it has no tables yet."""
    return await _run(url, _current)


async def needs_upgrade(url: str) -> bool:
    """Say whether the database is not at the newest revision that this version knows."""
    return await current(url) != newest()


def is_older(revision: str | None) -> bool:
    """Say whether this version knows a revision, and a newer one; one that it does not know is of a newer version."""
    if revision is None or revision == newest():
        return False
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return any(each.revision == revision for each in known)


async def has_older_tables(database: Database) -> bool:
    """Say whether an open database has the tables of an older version, as one that was put back may have."""
    return is_older(await database.look(_current))


@cache
def newest() -> str | None:
    """Return the newest revision that this version knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


class TableHeld(Exception):
    """Somebody holds a table that an upgrade has to change; the message says who, and since when."""


class BrokenReferences(Exception):
    """A migration left rows that point to rows which do not exist."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to `connection` when the command needs a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_section_option("post_write_hooks", "hooks", "tidy")
    config.set_section_option("post_write_hooks", "tidy.type", "module")
    config.set_section_option("post_write_hooks", "tidy.module", "ruff")
    config.set_section_option("post_write_hooks", "tidy.options", "format REVISION_SCRIPT_FILENAME")
    config.attributes["connection"] = connection
    return config


async def _run(url: str, work: Callable[[Connection], T]) -> T:
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = parse_database_url(url)
    if parsed.get_backend_name() != "sqlite":
        return postgresql_engine(parsed, poolclass=NullPool)
    prepare_file(parsed)
    engine = sqlite_engine(parsed, begin="BEGIN IMMEDIATE", foreign_keys=False)
    event.listen(engine.sync_engine, "connect", _wait_for_another)
    return engine


def _wait_for_another(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={ANOTHER_MILLISECONDS}")
    cursor.close()


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}"))
    command.upgrade(alembic_config(connection), revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise BrokenReferences(f"rows that point to nothing in: {tables}; the upgrade was taken back")


def _who_holds(connection: Connection) -> str:
    """Whoever has had one of our tables for longest, in words."""
    row = connection.execute(_HOLDER).one_or_none()
    if row is None:
        return (
            "a table is in use again and again, and could not be changed: try again when there is less to do"
        )
    return (
        f"{row.tables} in use by process {row.pid} of PostgreSQL ({row.application_name or 'without a name'}, "
        f"{row.state}, for {row.seconds:.0f} s): nothing was changed. Wait for it to end, or end it with "
        f"SELECT pg_terminate_backend({row.pid}), and try again"
    )


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
