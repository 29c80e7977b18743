"""The database: one object that gives short transactions, on SQLite and on PostgreSQL alike.

SQLite has one writer at a time, whatever the program does. Writes therefore go through an engine with a
single connection, where they wait their turn in the program instead of failing with "database is locked", and
begin with `BEGIN IMMEDIATE`, since a transaction that reads first and takes the write lock later loses
updates or fails at once. Reads have a pool of their own, which WAL lets run beside the writer.

No transaction is ever held open across a call to Telegram, SMTP or HTTP.

Errors of a statement name it without its values: they end in logs, where personal data has no place.
"""

import secrets
import stat
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import URL, Connection, Engine, event, inspect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from bot.db.at_once import AtOnce, Awaited, OnFile, Work
from bot.db.direct import Direct
from bot.db.keys import KeyRing, bind_ring
from bot.db.postgresql import postgresql_engine
from bot.db.prepared import Asking
from bot.db.tables_ground import SecretRow
from bot.db.turns import current_turn
from bot.db.upsert import insert_if_absent
from bot.db.url import parse_database_url

BUSY_TIMEOUT_MS = 10_000
"""How long a write waits for another *process* (a command, a second worker) to finish its own."""
READERS = 4
"""Connections of the reader pool on SQLite, and of each of the two pools on PostgreSQL before it overflows."""
_OWNERS_ALONE = 0o600
T = TypeVar("T")

_INDEX_SECRET = "blind-index"  # noqa: S105 (the secret's name, not the secret)


class SchemaMissing(Exception):
    """The database has no tables yet: `migrate` makes them."""


class Engines(NamedTuple):
    """What a database's transactions run on; `at_once` is for work that is done in one go."""

    writer: AsyncEngine
    reader: AsyncEngine
    at_once: AtOnce


class Database:
    """The database at `url`, with the personal data sealed by `keys`.

    `start` before the first transaction, `dispose` at the end: a connection left open keeps the process
    alive.
    """

    def __init__(self, url: str, keys: KeyRing, engines: Engines | None = None) -> None:
        """Prepare the engines, unless they are given; nothing is opened yet.

        Raises:
            InvalidDatabaseUrl: see `bot.db.url.parse_database_url`.
        """
        self._url = parse_database_url(url)
        self._keys = keys
        self._writer, self._reader, self._at_once = engines or engines_on(self._url)
        for engine in (self._writer.sync_engine, self._reader.sync_engine, *self._at_once.engines):
            bind_ring(engine.dialect, keys)
        self._write_session = async_sessionmaker(self._writer, expire_on_commit=False)
        self._read_session = async_sessionmaker(self._reader, expire_on_commit=False, autoflush=False)
        self._listeners: list[Callable[[dict[Any, Any]], None]] = []

    @property
    def keys(self) -> KeyRing:
        """The ring that seals this database's personal data and makes its blind indexes."""
        return self._keys

    async def start(self) -> None:
        """Open the database and load the secret of the blind index, making it the first time.

        Raises:
            SchemaMissing: the tables were not made yet (see `bot.db.upgrade`).
            CannotOpen: `DATA_KEYS` does not hold the key that this database was sealed with.
            KeyRingError: the ring already serves another database.
        """
        prepare_file(self._url)
        async with self.write() as session:
            connection = await session.connection()
            if not await connection.run_sync(_has_tables):
                raise SchemaMissing("the database has no tables yet: run the command 'migrate' first")
            self._keys.adopt_index_key(await self._index_secret(session))

    async def dispose(self) -> None:
        """Close every connection."""
        await self._at_once.dispose()
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Give a session in one transaction: committed at the end of the block, rolled back if it raises.

        A row that is read in order to be changed is read with `with_for_update=True`. SQLite ignores it,
        having locked the whole database; PostgreSQL needs it, or two transactions overwrite each other.

        Within an update, what it was to write with the chat's state is written first, and what it has read counts no
        longer.
        """
        turn = current_turn()
        try:
            async with self._at_once.writing, self._write_session() as session, session.begin():
                if turn is not None and turn.has_writings:
                    # What follows is to find it written.
                    await (await session.connection()).run_sync(turn.write)
                yield session
        finally:
            if turn is not None:
                turn.doubt()  # it may have failed because things are not as they were answered
        if turn is not None:
            turn.written()
            turn.forget()
        for listener in self._listeners:
            listener(session.info)

    def listen(self, listener: Callable[[dict[Any, Any]], None]) -> None:
        """Call `listener` after every commit of this process, with what the transaction noted in `session.info`."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Give a session that sees one moment of the database and can change nothing."""
        async with self._read_session() as session:
            yield session

    async def look(self, work: Work[T]) -> T:
        """Read by a function of a plain connection, in one go: what it returns holds no row that is still to be read.

        On SQLite it sees one moment of the database; on PostgreSQL each of its statements sees its own.
        """
        return await self._at_once.look(work)

    async def ask(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """Read by one statement, which sees one moment of the database, with these parameters."""
        return await self._at_once.ask(asking, values)

    @property
    def direct(self) -> Direct | None:
        """Who writes single statements in one passage to the server: on PostgreSQL, not on SQLite."""
        return self._at_once.direct

    async def act(self, work: Work[T]) -> T:
        """Write by a function of a plain connection, in one transaction: rolled back if the function raises.

        It is for what an update writes at its end; who listens for commits is not told.
        """
        return await self._at_once.act(work)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Every engine that statements run on, for who counts them; of those that share connections the first."""
        every = (self._writer.sync_engine, self._reader.sync_engine, *self._at_once.engines)
        return tuple({id(engine.pool): engine for engine in reversed(every)}.values())

    async def _index_secret(self, session: AsyncSession) -> bytes:
        new = self._keys.seal(secrets.token_bytes(32))
        await insert_if_absent(session, SecretRow, {"name": _INDEX_SECRET, "sealed": new})
        row = await session.get_one(SecretRow, _INDEX_SECRET, with_for_update=True)
        secret = self._keys.open(row.sealed)
        if not self._keys.is_current(row.sealed):
            row.sealed = self._keys.seal(secret)
        return secret


def engines_on(url: URL) -> Engines:
    """Make the engines for the database at `url`."""
    if url.get_backend_name() == "sqlite":
        return Engines(
            sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1),
            sqlite_engine(url, begin="BEGIN", pool_size=READERS, query_only=True),
            OnFile(url, configure_sqlite),
        )
    writer = postgresql_engine(url, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True)
    untried = postgresql_engine(url, pool_size=READERS, max_overflow=READERS)
    return Engines(
        writer,
        writer.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ"),
        awaited_on(untried),
    )


def awaited_on(engine: AsyncEngine) -> Awaited:
    """Work that is done in one go on an engine on PostgreSQL."""
    by_itself = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Awaited(engine, by_itself, Direct(by_itself, READERS))


def sqlite_engine(
    url: URL, *, begin: str, query_only: bool = False, foreign_keys: bool = True, pool_size: int = 0
) -> AsyncEngine:
    """Make an engine on a SQLite file whose transactions start with the statement `begin`.

    `foreign_keys` off is for migrations, which rebuild tables that others point to. `pool_size` 0 keeps
    no connection. A pool never overflows: who finds no connection free waits for one.
    """
    pool: dict[str, Any] = (
        {"pool_size": pool_size, "max_overflow": 0} if pool_size else {"poolclass": NullPool}
    )
    engine = create_async_engine(url, hide_parameters=True, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        configure_sqlite(connection, foreign_keys=foreign_keys)
        if query_only:
            cursor = connection.cursor()
            cursor.execute("PRAGMA query_only=ON")
            cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def configure_sqlite(connection: Any, *, foreign_keys: bool = True) -> None:
    """Set up a new connection of the driver's."""
    connection.isolation_level = None  # the driver begins no transactions of its own
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA foreign_keys={int(foreign_keys)}")
    cursor.close()


def prepare_file(url: URL) -> None:
    """Make the folder and the file of a SQLite database if they are not there; nobody but the owner reads the file.

    SQLite gives the files beside it (`-wal`, `-shm`) the same mode when it makes them. Of another owner's file the
    mode stays as it is.
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=_OWNERS_ALONE)
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        with suppress(FileNotFoundError, PermissionError):
            if stat.S_IMODE(each.stat().st_mode) & ~_OWNERS_ALONE:
                each.chmod(_OWNERS_ALONE)


def _has_tables(connection: Connection) -> bool:
    return inspect(connection).has_table(SecretRow.__tablename__)
