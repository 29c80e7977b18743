"""The bot and the operator's commands on one database: SQLite, and PostgreSQL where `BOTH_KINDS` says so.

The long run has everything on both.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.db.engine import Database
from bot.db.keys import KeyRing
from tests.end_to_end.held.office import Office
from tests.support.databases import PostgresqlDatabases, SqliteFiles

KEY = KeyRing.new_key()


@pytest.fixture
def keys() -> KeyRing:
    """The keys that the commands have too."""
    return KeyRing([KEY])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def database_url(request: pytest.FixtureRequest, sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh migrated database of each kind."""
    if request.param == "sqlite":
        yield sqlite_files.new(tmp_path)
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.new() as url:
        yield url


@pytest.fixture
def office(database_url: str, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The operator's desk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_KEYS", KEY)
    monkeypatch.setenv("TIMEZONE", "Europe/Rome")
    return Office(tmp_path, database)
