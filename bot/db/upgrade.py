"""Bringing a database to the tables that this version needs, from code and from any folder."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from bot.db.engine import Database, SchemaMissing, prepare_file, sqlite_engine
from bot.db.postgresql import postgresql_engine
from bot.db.url import parse_database_url

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x52494E4E
"""The advisory lock that lets one upgrade at a time run on a PostgreSQL database."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Apply the migrations that are missing up to `revision`, all of them in one transaction or none.

    Two processes that upgrade at once wait for each other: the second finds nothing to do.

    Raises:
        InvalidDatabaseUrl: see `bot.db.url.parse_database_url`.
        BrokenReferences: SQLite found rows that point to nothing after the upgrade, which was taken back.
    """
    await _run(url, lambda connection: _upgrade(connection, revision))


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
    return sqlite_engine(parsed, begin="BEGIN IMMEDIATE", foreign_keys=False)


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(alembic_config(connection), revision)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise BrokenReferences(f"rows that point to nothing in: {tables}; the upgrade was taken back")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
