"""Short work on the database done in one go: several statements, and one passage between threads at most.

A session of `bot.db.engine` hands every statement to the driver by itself: on SQLite four passages between two
threads for each, which cost more than the statement. What a tap needs is known beforehand, so it is done here by a
plain function of a connection. It is the same function on every back end.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")
Work = Callable[[Connection], T]


class AtOnce(Protocol):
    """How a function of a connection gets at the database."""

    async def look(self, work: Work[T]) -> T:
        """Let `work` read, outside of any transaction or in one that sees a single moment."""
        ...

    async def act(self, work: Work[T]) -> T:
        """Let `work` write, in one transaction: committed when it returns, rolled back if it raises."""
        ...

    @property
    def writing(self) -> AbstractAsyncContextManager[Any]:
        """Held by whoever else writes in this process, where writers have to wait for each other."""
        ...

    @property
    def engines(self) -> tuple[Engine, ...]:
        """What the work runs on."""
        ...

    async def dispose(self) -> None:
        """Close every connection; whatever comes after opens new ones."""
        ...


class Awaited:
    """On asynchronous engines: every statement is awaited, none opens a transaction in order to read."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        """Write and read on these."""
        self._writer = writer
        self._reader = reader

    @property
    def writing(self) -> AbstractAsyncContextManager[Any]:
        """Nothing to hold: the engine has as many connections as there may be writers."""
        return nullcontext()

    @property
    def engines(self) -> tuple[Engine, ...]:
        """What the work runs on."""
        return (self._writer.sync_engine, self._reader.sync_engine)

    async def look(self, work: Work[T]) -> T:
        """Read statement by statement, each by itself."""
        async with self._reader.connect() as connection:
            return await connection.run_sync(work)

    async def act(self, work: Work[T]) -> T:
        """Write in one transaction."""
        async with self._writer.begin() as connection:
            return await connection.run_sync(work)

    async def dispose(self) -> None:
        """Nothing is open beside what the engines' owner closes."""


class OnThreads:
    """On a SQLite file, through connections of its own: one thread that writes and one that reads.

    SQLite has one writer at a time: who holds `writing` waits for its turn in the program, not for the file's lock.
    """

    def __init__(self, url: URL, configure: Callable[[Any], None]) -> None:
        """Prepare for the file at `url`; `configure` is given each new connection of the driver's."""
        self._writer = _Hand(url, configure, begin="BEGIN IMMEDIATE")
        self._reader = _Hand(url, configure, begin="BEGIN")
        self._writing = asyncio.Lock()

    @property
    def writing(self) -> AbstractAsyncContextManager[Any]:
        """The turn of who writes."""
        return self._writing

    @property
    def engines(self) -> tuple[Engine, ...]:
        """What the work runs on."""
        return (self._writer.engine, self._reader.engine)

    async def look(self, work: Work[T]) -> T:
        """Read one moment of the file."""
        return await self._reader.look(work)

    async def act(self, work: Work[T]) -> T:
        """Write in one transaction."""
        async with self._writing:
            return await self._writer.act(work)

    async def dispose(self) -> None:
        """Close the connections and end the threads, once what they do is done."""
        await self._writer.rest()
        await self._reader.rest()
        self._writing = asyncio.Lock()


class _Hand:
    """A thread with a connection that it keeps: to take one from the pool and give it back costs as much as a read."""

    def __init__(self, url: URL, configure: Callable[[Any], None], *, begin: str) -> None:
        self.engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,
            pool_reset_on_return=None,  # every transaction is ended where it is begun
            connect_args={"check_same_thread": False},
        )
        self._thread = ThreadPoolExecutor(1)
        self._connection: Connection | None = None

        @event.listens_for(self.engine, "connect")
        def _configure(connection: Any, _record: object) -> None:
            configure(connection)

        @event.listens_for(self.engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    async def look(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._look, work)

    async def act(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._act, work)

    def _look(self, work: Work[T]) -> T:
        with self._at_hand() as connection:
            try:
                return work(connection)
            finally:
                connection.rollback()

    def _act(self, work: Work[T]) -> T:
        with self._at_hand() as connection, connection.begin():
            return work(connection)

    @contextmanager
    def _at_hand(self) -> Iterator[Connection]:
        """The connection; after a failure, whatever it was, the next work gets another one."""
        if self._connection is None:
            self._connection = self.engine.connect()
        try:
            yield self._connection
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _rest(self) -> None:
        self._let_go()
        self.engine.dispose()

    async def rest(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._rest)
        self._thread.shutdown()
        self._thread = ThreadPoolExecutor(1)
