"""SQLite on the thread of its event loop, for tests of what the bot does.

`aiosqlite` gives every connection a thread. Two threads of one process that hand each other each statement spend as
long on that as on all that a short test does with its database. Here a statement runs where it is awaited, and then
everybody else has a turn, as while a thread is at work: tasks interleave at the same places.

Tests of races and of the engines, and whatever opens a database of its own, have the threads.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Generator
from typing import Any, ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db.engine import BUSY_TIMEOUT_MS

P = ParamSpec("P")
R = TypeVar("R")

_PAUSE_SECONDS = 0.002
_PATIENCE = int(BUSY_TIMEOUT_MS / 1000 / _PAUSE_SECONDS)
_BESIDE_A_STATEMENT = frozenset({"cursor", "fetchall", "close"})
"""What comes before and after each statement, and is seen by nobody else."""


class _AtOnce:
    """In the place of the thread and of the queue of what it has to do."""

    daemon = True

    def start(self) -> None:
        """There is nothing to start."""

    def put_nowait(self, work: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        """Do it."""
        future, function = work
        try:
            result = function()
        except sqlite3.Error as error:
            if future is not None:
                future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


class NearConnection(aiosqlite.Connection):
    """A connection without a thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        """Connect with `connector` when it is awaited."""
        super().__init__(connector, iter_chunk_size=64)
        self._tx = _AtOnce()  # type: ignore[assignment] # it is asked for nothing else
        self._thread = _AtOnce()  # type: ignore[assignment] # nor this

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        """Open the file."""
        return self._connect().__await__()

    async def _execute(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        for _ in range(_PATIENCE):
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                # Somebody else on this loop may be in a transaction, and cannot end it while we block the loop.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                await asyncio.sleep(_PAUSE_SECONDS)
            finally:
                if getattr(fn, "__name__", "") not in _BESIDE_A_STATEMENT:
                    await asyncio.sleep(0)
        return fn(*args, **kwargs)


def stay_near(engine: AsyncEngine) -> None:
    """Let the connections of an engine that has none yet be near."""
    event.listen(engine.sync_engine, "do_connect", _connect_near)
    event.listen(engine.sync_engine, "connect", _never_wait)


def _connect_near(_dialect: object, _record: object, _args: object, params: dict[str, Any]) -> None:
    params["async_creator_fn"] = _near


class _UndoneAtOnce(sqlite3.Connection):
    """Undoes what was not committed as it is closed.

    SQLite itself waits until the last statement that was not read to its end is forgotten, and keeps the lock so long.
    """

    def close(self) -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):  # it is closed already
            self.rollback()
        super().close()


def _near(path: str, **options: Any) -> NearConnection:
    return NearConnection(lambda: sqlite3.connect(path, factory=_UndoneAtOnce, **options))


def _never_wait(connection: Any, _record: object) -> None:
    """Waiting is done above, where others can go on meanwhile."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    cursor.close()
