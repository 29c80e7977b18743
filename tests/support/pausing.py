"""Stopping one process in the middle of what it does, after a statement of our choice, while another one goes on."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.util import await_only

from bot.db.engine import Database

_HOLDS = re.compile(r"\b(FOR (NO KEY )?UPDATE|FOR SHARE|INSERT|UPDATE|DELETE|pg_advisory_xact_lock)\b")
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
HUNG_SECONDS = 60
"""A bound for what never ends, such as two that wait for each other unseen."""


class Pause:
    """Where a process stops: `reached` once it stands there, and it goes on after `go`."""

    def __init__(self, at: int) -> None:
        """Stop after the statement of this number, from 1, of those that hold or write something."""
        self._at = at
        self._seen = 0
        self.reached = asyncio.Event()
        self.go = asyncio.Event()

    def after_statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """One more statement ran; one that only reads leaves nothing for which another could wait."""
        if _HOLDS.search(statement) is None:
            return
        self._seen += 1
        if self._seen == self._at:
            self.reached.set()
            await_only(self.go.wait())


@contextmanager
def pausing(database: Database, at: int) -> Iterator[Pause]:
    """Stop whatever runs on `database` after a statement."""
    pause = Pause(at)
    for engine in database.engines:
        event.listen(engine, "after_cursor_execute", pause.after_statement)
    try:
        yield pause
    finally:
        pause.go.set()
        for engine in database.engines:
            event.remove(engine, "after_cursor_execute", pause.after_statement)


async def reached_or_done(pause: Pause, task: "asyncio.Task[Any]") -> bool:
    """Wait until the process stands where it is to stop; False where it was done before."""
    reached = asyncio.create_task(pause.reached.wait())
    await asyncio.wait({reached, task}, return_when=asyncio.FIRST_COMPLETED, timeout=HUNG_SECONDS)
    reached.cancel()
    return pause.reached.is_set()


async def waits_or_is_done(onlooker: Database, task: "asyncio.Task[Any]") -> None:
    """Wait until the task waits for a lock of PostgreSQL's, or has ended."""
    async with asyncio.timeout(HUNG_SECONDS):
        while not task.done():
            async with onlooker.read() as session:
                if await session.scalar(_WAITING):
                    return
            await asyncio.sleep(0.005)
