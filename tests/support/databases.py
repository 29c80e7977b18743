"""Throw-away databases: SQLite files and PostgreSQL databases, copied from a migrated template."""

import asyncio
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url

from bot.db.at_once import Awaited
from bot.db.engine import Engines, awaited_on, engines_on
from bot.db.metadata import metadata
from bot.db.upgrade import upgrade
from bot.db.url import parse_database_url
from tests.support.near_sqlite import stay_near

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")


class SqliteFiles:
    """Migrates one file, and copies it for each test: a copy takes a millisecond, the migrations do not."""

    def __init__(self, folder: Path) -> None:
        """Migrate the template in ``folder``, unless another process of the run has done so, or is just doing so."""
        self._template = folder / "template.db"
        with (folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._template.exists():
                half = folder / "half.db"
                asyncio.run(upgrade(f"sqlite:///{half}"))
                half.rename(self._template)

    def new(self, folder: Path) -> str:
        """Return the address of a fresh migrated database in ``folder``."""
        path = folder / "rinnovo.db"
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"


class ReusedEngines:
    """Engines that serve one database after the other, and remember what they compiled.

    Half of the time of a short test went into writing the same statements as SQL again.
    """

    def __init__(self, folder: Path, *, near: bool = False) -> None:
        """Look at SQLite files through a link in ``folder``, with or without threads (see `near_sqlite`)."""
        self._link = folder / "rinnovo.db"
        self._near = near
        self._made: dict[str, Engines] = {}

    def on(self, url: str | URL) -> Engines:
        """Lend the engines for the database at ``url``, until they are lent again.

        What a test listens to on them is forgotten with them.
        """
        if (parsed := make_url(url)).get_backend_name() == "sqlite":
            assert parsed.database is not None
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(parsed.database)
            parsed = parsed.set(database=str(self._link))
        address = parsed.render_as_string(hide_password=False)
        if address not in self._made:
            made = self._made[address] = engines_on(parse_database_url(address))
            if self._near and parsed.get_backend_name() == "sqlite":
                stay_near(made.writer)
                stay_near(made.reader)
        writer, reader, at_once = self._made[address]
        writer, reader = writer.execution_options(), reader.execution_options()
        if self._near:
            at_once = Awaited(writer, reader)
        elif isinstance(at_once, Awaited):  # on what is lent, or nobody who listens there would hear it
            at_once = awaited_on(writer)
        return Engines(writer, reader, at_once)


class PostgresqlDatabases:
    """Makes databases on the server at ``POSTGRESQL``, under one random prefix, and drops them at the end.

    A migrated one is emptied and lent again: to make and drop one for each test takes the server a hundred times as
    long. One whose tables or triggers a test has changed is dropped.
    """

    def __init__(self) -> None:
        """Migrate the template database."""
        self._url = make_url(POSTGRESQL).set(drivername="postgresql")
        self._prefix = f"rinnovo_test_{uuid.uuid4().hex[:12]}"
        self._made = 0
        self._free: list[str] = []
        self._emptying = _Emptying()
        # The server writes all that it has to the disk before it drops one: nobody waits for that.
        self._dropping = ThreadPoolExecutor(1)
        self._drops: list[Future[None]] = []
        run_postgresql(f"CREATE DATABASE {self._prefix}")
        asyncio.run(upgrade(self._address(self._prefix)))
        self._shape = self._emptying.emptied(self._address(self._prefix))
        self._emptying.leave(self._address(self._prefix))

    @contextmanager
    def new(self, *, empty: bool = False) -> Iterator[str]:
        """Lend the address of a database without rows, migrated unless ``empty``."""
        template = "template0" if empty else self._prefix
        name = self._free.pop() if self._free and not empty else self._make(template)
        try:
            yield self._address(name)
        finally:
            if not empty and self._emptying.emptied(self._address(name)) == self._shape:
                self._free.append(name)
            else:
                self._drop(name)

    @contextmanager
    def copied(self, template: str) -> Iterator[str]:
        """Lend the address of a copy of the database `template`, which nobody may be connected to."""
        name = self._make(template)
        try:
            yield self._address(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Drop what was made."""
        for name in (*self._free, self._prefix):
            self._drop(name)
        self._emptying.close()
        self._dropping.shutdown()
        for drop in self._drops:
            drop.result()

    def _make(self, template: str) -> str:
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        run_postgresql(f"CREATE DATABASE {name} TEMPLATE {template}")
        # It need not outlive a failure of the power.
        run_postgresql(f"ALTER DATABASE {name} SET synchronous_commit TO off")
        return name

    def _drop(self, name: str) -> None:
        self._emptying.leave(self._address(name))
        self._drops.append(self._dropping.submit(run_postgresql, f"DROP DATABASE {name} WITH (FORCE)"))

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)


_HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_COUNT_FROM_ONE = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
_SHAPE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
"""


class _Emptying:
    """Takes all rows out of migrated databases that nobody uses any more, on connections that stay open.

    To connect takes the server longer than to empty a database.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._connections: dict[str, Any] = {}

    def emptied(self, url: str) -> list[str]:
        """Empty a database; give what it consists of."""
        return self._runner.run(self._emptied(url))

    def leave(self, url: str) -> None:
        """Be connected to a database no longer."""
        if (connection := self._connections.pop(url, None)) is not None:
            self._runner.run(connection.close())

    def close(self) -> None:
        """Be done."""
        for url in list(self._connections):
            self.leave(url)
        self._runner.close()

    async def _emptied(self, url: str) -> list[str]:
        connection = self._connections.pop(url, None)
        try:
            if connection is None:
                connection = await _emptier(url)
            await connection.execute(_HANG_UP)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            # The test has ended every connection to its database, and with them this one.
            connection = await _emptier(url)
            await connection.execute(_HANG_UP)
        self._connections[url] = connection
        # Not TRUNCATE: it makes every file anew, and waits for the disk.
        await connection.execute("; ".join(f"DELETE FROM {table.name}" for table in metadata.sorted_tables))
        await connection.execute(_COUNT_FROM_ONE)
        return [str(row[0]) for row in await connection.fetch(_SHAPE)]


async def _emptier(url: str) -> Any:
    """A connection on which rows go without triggers."""
    connection: Any = await asyncpg.connect(url, timeout=60)
    await connection.execute("SET session_replication_role TO replica")
    return connection


def run_postgresql(statement: str) -> None:
    """Run one statement on the server, outside any transaction."""

    async def run() -> None:
        url = make_url(POSTGRESQL).set(drivername="postgresql")
        connection: Any = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=60)
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
