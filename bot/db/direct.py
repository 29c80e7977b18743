"""Single statements on PostgreSQL by the driver itself, each a transaction of its own.

SQLAlchemy's way of one statement to the driver and back takes several times what the driver takes, and a transaction
two passages to the server more. What is written and understood stays `bot.db.prepared`'s.

Connections come from an engine's pool, and are kept. The driver remembers for each what it has prepared on it, and
nothing behind a pooler (see `bot.db.postgresql`): there it sends each statement whole, and a pooler lets go of the
server's connection once that is answered.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.db.prepared import Asking

T = TypeVar("T")


class NotAnswered(Exception):
    """A statement failed, or its connection was lost: nobody knows whether what it was to write is written."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A connection, the one beneath it where who counts statements listens, and the driver's own."""

    connection: AsyncConnection
    told: Connection
    driver: Any


class Direct:
    """Asks on connections of its own."""

    def __init__(self, engine: AsyncEngine, most: int) -> None:
        """Take `most` connections of `engine`, which opens no transactions; who comes when all are in use waits."""
        self._engine = engine
        self._free = asyncio.Semaphore(most)
        self._idle: list[_Kept] = []

    async def read(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """The answer.

        Raises:
            NotAnswered: see there; it may be asked again.
        """
        return asking.understand(self._engine.dialect, await self._ask(asking, values, writes=False))

    async def write(self, asking: Asking[T], values: Mapping[str, Any]) -> T:
        """What it answers once it is written and committed.

        Raises:
            NotAnswered: see there.
        """
        return asking.understand(self._engine.dialect, await self._ask(asking, values, writes=True))

    async def _ask(
        self, asking: Asking[Any], values: Mapping[str, Any], *, writes: bool
    ) -> Sequence[Sequence[Any]]:
        form = asking.on(self._engine.dialect)
        parameters = form.parameters(values)
        async with self._free:
            kept = await self._take()
            told = kept.told
            told.dispatch.begin(told)
            told.dispatch.before_cursor_execute(told, None, form.sql, parameters, None, False)  # noqa: FBT003
            try:
                found: Sequence[Sequence[Any]] = await kept.driver.fetch(form.sql, *parameters)
            except Exception as error:
                await _close(kept)
                raise NotAnswered("a statement was not answered") from error
            except BaseException:
                await _close(kept)
                raise
            self._idle.append(kept)
            if writes:
                told.dispatch.commit(told)
            return found

    async def _take(self) -> _Kept:
        """One that was used just now, if there is one, so that those that nobody needs stay unused."""
        while self._idle:
            kept = self._idle.pop()
            if not kept.driver.is_closed():
                return kept
            await _close(kept)
        connection = await self._engine.connect()
        raw = await connection.get_raw_connection()
        return _Kept(connection, await connection.run_sync(lambda told: told), raw.driver_connection)

    async def dispose(self) -> None:
        """Give the connections back, once they are not in use."""
        while self._idle:
            await self._idle.pop().connection.close()


async def _close(kept: _Kept) -> None:
    """Let nobody have it again."""
    await kept.connection.invalidate()
    await kept.connection.close()
