"""Throw-away databases: SQLite files and PostgreSQL databases, copied from a migrated template."""

import asyncio
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bot.db.engine import Engines, engines_on
from bot.db.upgrade import upgrade
from bot.db.url import parse_database_url

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


class SqliteFiles:
    """Migrates one file, and copies it for each test: a copy takes a millisecond, the migrations do not."""

    def __init__(self, folder: Path) -> None:
        """Migrate the template in ``folder``."""
        self._template = folder / "template.db"
        asyncio.run(upgrade(f"sqlite:///{self._template}"))

    def new(self, folder: Path) -> str:
        """Return the address of a fresh migrated database in ``folder``."""
        path = folder / "rinnovo.db"
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"


class ReusedEngines:
    """Engines that serve one SQLite file after the other, and remember what they compiled.

    Half of the time of a short test went into writing the same statements as SQL again.
    """

    def __init__(self, folder: Path) -> None:
        """Look at the files through a link in ``folder``."""
        self._link = folder / "rinnovo.db"
        self._engines = engines_on(parse_database_url(f"sqlite:///{self._link}"))

    def on(self, url: str) -> Engines:
        """Lend the engines for the file at ``url``, until they are lent again.

        What a test listens to on them is forgotten with them.
        """
        file = make_url(url).database
        assert file is not None
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(file)
        return Engines(*(engine.execution_options() for engine in self._engines))


class PostgresqlDatabases:
    """Makes databases on the server at ``POSTGRESQL``, under one random prefix, and drops them at the end."""

    def __init__(self) -> None:
        """Migrate the template database."""
        self._url = make_url(POSTGRESQL).set(drivername="postgresql")
        self._prefix = f"rinnovo_test_{uuid.uuid4().hex[:12]}"
        self._made = 0
        self._execute(f"CREATE DATABASE {self._prefix}")
        asyncio.run(upgrade(self._address(self._prefix)))

    @contextmanager
    def new(self, *, empty: bool = False) -> Iterator[str]:
        """Lend the address of a fresh database, migrated unless ``empty``."""
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._prefix}")
        try:
            yield self._address(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Drop the template."""
        self._execute(f"DROP DATABASE {self._prefix} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        run_postgresql(statement)


def run_postgresql(statement: str) -> None:
    """Run one statement on the server, outside any transaction."""

    async def run() -> None:
        url = make_url(POSTGRESQL).set(drivername="postgresql")
        connection: Any = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


def why_no_postgresql() -> str | None:
    """Return why PostgreSQL cannot be used here, in one line; ``None`` when it can."""
    try:
        run_postgresql("SELECT 1")
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return f"no PostgreSQL at TEST_DATABASE_URL: {type(error).__name__}"
    return None
