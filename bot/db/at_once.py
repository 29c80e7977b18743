"""Short work on the database done in one go: several statements, and one passage between threads at most.

A session of `bot.db.engine` hands every statement to the driver by itself: on SQLite four passages between two
threads for each, which cost more than the statement. What a tap needs is known beforehand, so it is done here by a
plain function of a connection. It is the same function on every back end.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, ParamSpec, Protocol, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.db.direct import Direct, NotAnswered
from bot.db.prepared import Asking

_TOGETHER: Final = 64
"""How much is written in one transaction at most: other processes wait until it ends."""
_PRIMARY: Final = 0xFF
"""The part of SQLite's codes of errors that does not tell details."""

T = TypeVar("T")
P = ParamSpec("P")
Work = Callable[[Connection], T]


class AtOnce(Protocol):
    """How a function of a connection gets at the database."""

    async def look(self, work: Work[T]) -> T:
        """Let `work` read, outside of any transaction or in one that sees a single moment."""
        ...

    async def act(self, work: Work[T]) -> T:
        """Let `work` write, in one transaction: committed when it returns, rolled back if it raises."""
        ...

    async def ask(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """Read by one statement, with these parameters."""
        ...

    @property
    def direct(self) -> Direct | None:
        """Who writes single statements in one passage to the server, where there is one."""
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
    """On asynchronous engines: every statement is awaited, none opens a transaction in order to read.

    Their connections need not be tried out before they are used, which would be four of the twelve passages to the
    server that a tap takes. One that turns out to be lost is replaced, and the work, not committed, done once more.
    """

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, direct: Direct | None = None) -> None:
        """Write and read on these, which are closed with this; single statements are `direct`'s."""
        self._writer = writer
        self._reader = reader
        self._direct = direct

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
            return await _done(connection, work)

    async def act(self, work: Work[T]) -> T:
        """Write in one transaction."""
        async with self._writer.connect() as connection:
            result = await _done(connection, work)
            await connection.commit()
            return result

    async def ask(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """Read by one statement; once more, as everything else is read, if that is not answered."""
        if self._direct is not None:
            with suppress(NotAnswered):
                return await self._direct.read(asking, values)
        return await self.look(lambda connection: asking.all(connection, values))

    @property
    def direct(self) -> Direct | None:
        """Who writes single statements, on PostgreSQL."""
        return self._direct

    async def dispose(self) -> None:
        """Close the connections."""
        if self._direct is not None:
            await self._direct.dispose()
        await self._writer.dispose()
        await self._reader.dispose()


async def _done(connection: AsyncConnection, work: Work[T]) -> T:
    """What the work returns; once more from the start, on a new connection, if this one is lost meanwhile."""
    try:
        return await connection.run_sync(work)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    await connection.rollback()
    return await connection.run_sync(work)


class OnFile:
    """On a SQLite file, through connections of its own: read right here, written on a thread, all that waits at once.

    A tap's reading takes a tenth of a millisecond. On a thread it took five times as long, since at each of its steps
    the thread waits for the loop to let go of the interpreter: so the loop reads by itself. It does not wait for locks
    there: in the rare moment in which the file is locked even for readers, the reading goes to a thread, which waits.

    What is waiting to be written is written in one transaction, so that the disk is waited for once. SQLite has one
    writer at a time: who holds `writing` waits for its turn in the program, not for the file's lock.
    """

    def __init__(self, url: URL, configure: Callable[[Any], None]) -> None:
        """Prepare for the file at `url`; `configure` is given each new connection of the driver's."""
        self._here = _Hand(url, partial(_never_waiting, configure), begin=_read)
        self._reader = _Hand(url, configure, begin=_read)
        self._writer = _Hand(url, configure, begin=_write)
        self._writing = asyncio.Lock()
        self._wanted: deque[_Wanted] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def writing(self) -> AbstractAsyncContextManager[Any]:
        """The turn of who writes."""
        return self._writing

    @property
    def engines(self) -> tuple[Engine, ...]:
        """What the work runs on."""
        return (self._writer.engine, self._reader.engine, self._here.engine)

    async def look(self, work: Work[T]) -> T:
        """Read one moment of the file."""
        try:
            return self._here.look(work)
        except OperationalError as error:
            if not _is_locked(error):
                raise
        return await self._reader.on_thread(self._reader.look, work)

    async def ask(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """Read by one statement."""
        return await self.look(lambda connection: asking.all(connection, values))

    @property
    def direct(self) -> None:
        """Nobody: a statement by itself would wait for the disk by itself."""

    async def act(self, work: Work[T]) -> T:
        """Write in one transaction, perhaps with others: all of this is done or nothing, whatever becomes of them."""
        loop = asyncio.get_running_loop()
        wanted = _Wanted(work, loop.create_future())
        self._wanted.append(wanted)
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._write())
        return cast("T", await wanted.done)

    async def _write(self) -> None:
        while self._wanted:
            async with self._writing:
                taken = [self._wanted.popleft() for _ in range(min(_TOGETHER, len(self._wanted)))]
                group = [each for each in taken if not each.done.cancelled()]
                if group:
                    works = [each.work for each in group]
                    try:
                        found = await self._writer.on_thread(_together, self._writer, works)
                    except BaseException:
                        for each in group:
                            each.done.cancel()
                        raise
                    for each, (result, error) in zip(group, found, strict=True):
                        each.tell(result, error)

    async def dispose(self) -> None:
        """Close the connections and end the threads, once what they do is done."""
        if self._task is not None:
            await asyncio.wait([self._task])
            self._task = None
        self._here.rest()
        for hand in (self._writer, self._reader):
            await hand.end_thread()
        self._writing = asyncio.Lock()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Something that is to be written, and who waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]

    def tell(self, result: Any, error: Exception | None) -> None:
        """Say what it came to, if anybody still waits."""
        if self.done.done():
            return
        if error is None:
            self.done.set_result(result)
        else:
            self.done.set_exception(error)


_Found = tuple[Any, Exception | None]
"""What a work has returned, or raised."""


def _together(hand: "_Hand", works: Sequence[Work[Any]]) -> list[_Found]:
    """Do all in one transaction; if one fails, none of that counts and each is done in a transaction of its own.

    Where another process does not let go of the file, all have waited for it: they fail alike.
    """
    if len(works) > 1:
        with suppress(Exception):  # it comes again where it belongs
            try:
                return hand.act(lambda connection: [(work(connection), None) for work in works])
            except OperationalError as error:
                if _is_locked(error):
                    return [(None, error)] * len(works)
                raise
    return [_by_itself(hand, work) for work in works]


def _by_itself(hand: "_Hand", work: Work[Any]) -> _Found:
    try:
        return hand.act(work), None
    except Exception as error:  # noqa: BLE001 (raised again where it is waited for)
        return None, error


def _read(connection: Connection) -> None:
    """Begin to read: SQLite never refuses that, so that nothing of SQLAlchemy's is needed for what it may answer."""
    connection.connection.cursor().execute("BEGIN")


def _write(connection: Connection) -> None:
    """Begin to write, or wait until others have written."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _never_waiting(configure: Callable[[Any], None], connection: Any) -> None:
    configure(connection)
    connection.execute("PRAGMA busy_timeout=0")


def _is_locked(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & _PRIMARY in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class _Hand:
    """A connection that is kept: to take one from the pool and give it back costs as much as a read.

    It has a thread of its own, which is started when it is first given something.
    """

    def __init__(self, url: URL, configure: Callable[[Any], None], *, begin: Work[None]) -> None:
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

        event.listen(self.engine, "begin", begin)

    async def on_thread(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something on the thread of this hand, which has one."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(do, *args, **kwargs))

    def look(self, work: Work[T]) -> T:
        with self._at_hand() as connection:
            try:
                return work(connection)
            finally:
                connection.rollback()

    def act(self, work: Work[T]) -> T:
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

    def rest(self) -> None:
        """Close the connection."""
        self._let_go()
        self.engine.dispose()

    async def end_thread(self) -> None:
        """Close the connection, and end the thread once it has done what it was given."""
        await self.on_thread(self.rest)
        self._thread.shutdown()
        self._thread = ThreadPoolExecutor(1)
