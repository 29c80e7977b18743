"""One process asks Telegram for updates: two that do take them from each other, and Telegram refuses both.

Who asks holds a lease in the database, counted by the database's clock, and renews it. A `worker` waits for it; `run`
is all there is to start and takes it at once, also from a life before that was killed: who is left without stops.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.db.database_clock import database_now
from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.process_name import process_name
from bot.db.tables_ground import NoteRow
from bot.db.upsert import upsert
from bot.runtime import Running, poller_of

_log = structlog.get_logger(__name__)

LEASE: Final = timedelta(seconds=10)
RENEWED_EVERY: Final = 3.0
"""Seconds."""
_NAME: Final = "poller"
_SEVERAL = "to let several processes work, set PUBLIC_URL and WEBHOOK_SECRET and start web beside them"


class PollersLease:
    """The right to ask Telegram, for one process."""

    def __init__(self, database: Database) -> None:
        """Keep it in `database`."""
        self._database = database
        self._process = process_name()

    async def take(self, *, at_once: bool = False) -> bool:
        """Take it or renew it; `at_once`, also from another process. Return whether this process has it."""
        async with self._database.write() as session:
            await hold(session, _NAME)
            now = await database_now(session)
            note = await session.get(NoteRow, _NAME)
            held = {} if note is None else json.loads(note.text)
            theirs = held.get("process", self._process) != self._process
            if theirs and not at_once and datetime.fromisoformat(held["until"]) > now:
                return False
            mine = json.dumps({"process": self._process, "until": (now + LEASE).isoformat()})
            await upsert(session, NoteRow, [{"name": _NAME, "text": mine}])
            return True

    async def leave(self) -> None:
        """Let somebody else have it, if this process has it."""
        async with self._database.write() as session:
            await hold(session, _NAME)
            note = await session.get(NoteRow, _NAME)
            if note is not None and json.loads(note.text)["process"] == self._process:
                await session.delete(note)


async def poll_alone(running: Running, stop: asyncio.Event, *, at_once: bool) -> None:
    """Ask Telegram for updates until `stop` is set, for as long as no other process does.

    Raises:
        TelegramUnauthorizedError: as `Poller.run`.
    """
    lease, told = PollersLease(running.database), False
    while not stop.is_set():
        if await _has(lease, at_once=at_once):
            told = False
            async with _asking(running) as lost:
                while not stop.is_set() and not lost.is_set():
                    await _wait(stop, lost)
                    if not await _has(lease):
                        lost.set()
        at_once = False
        if not stop.is_set():
            if not told:
                _log.warning("another_process_asks_telegram", hint=_SEVERAL)
                told = True
            await _wait(stop)
    try:
        await lease.leave()
    except Exception as error:  # noqa: BLE001 - it is over by itself soon
        _log.info("polling_not_left", reason=type(error).__name__)


@asynccontextmanager
async def _asking(running: Running) -> AsyncIterator[asyncio.Event]:
    """Ask during the block, which ends when it sets what it is given, or when asking fails."""
    poller, lost = poller_of(running), asyncio.Event()
    polling = asyncio.create_task(poller.run(), name="asking")
    polling.add_done_callback(lambda _: lost.set())
    try:
        yield lost
    finally:
        poller.stop()
        await polling


async def _has(lease: PollersLease, *, at_once: bool = False) -> bool:
    """Whether it is this process's turn; while the database is away nobody can take it."""
    try:
        return await lease.take(at_once=at_once)
    except Exception as error:  # noqa: BLE001 - whatever the database does, updates come again
        _log.warning("polling_not_agreed", reason=type(error).__name__)
        return True


async def _wait(*events: asyncio.Event) -> None:
    """Wait until it is time to renew the lease, or one of these is set."""
    waiting = [asyncio.create_task(each.wait()) for each in events]
    await asyncio.wait(waiting, timeout=RENEWED_EVERY, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()
