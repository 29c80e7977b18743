"""Long polling that confirms an update only after it was processed.

aiogram confirms a batch with the request that fetches the next one, whether or not its handlers have ended: a
crash loses taps. Here the offset moves only past updates that were processed and stored. What comes again
after a crash is recognised by the dispatcher and ignored.
"""

import asyncio
import contextlib
import random
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates
from aiogram.types import Update
from pydantic import ValidationError

from bot.db.chat_units import StateUnavailable

T = TypeVar("T")

LONG_POLL_SECONDS = 30
PATIENCE_SECONDS = 0.5
"""How long new updates wait for slow ones: then they are fetched while the slow ones go on."""
GRACE_SECONDS = 20.0
"""How long a stop waits for the updates in progress."""
BACKOFF_SECONDS = (0.5, 30.0)

_log = structlog.get_logger(__name__)


class Poller:
    """Fetches one bot's updates and feeds them to the dispatcher: chats in parallel, each chat in order."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        *,
        allowed_updates: Sequence[str] | None = None,
        long_poll_seconds: int = LONG_POLL_SECONDS,
        grace_seconds: float = GRACE_SECONDS,
        backoff_seconds: tuple[float, float] = BACKOFF_SECONDS,
    ) -> None:
        """Prepare; `allowed_updates` defaults to what the dispatcher has handlers for."""
        self._bot = bot
        self._dispatcher = dispatcher
        self._allowed = list(allowed_updates or dispatcher.resolve_used_update_types())
        self._long_poll_seconds = long_poll_seconds
        self._grace_seconds = grace_seconds
        self._backoff = Backoff(*backoff_seconds)
        self._stopping = asyncio.Event()
        self._offset: int | None = None
        self._running: dict[int, asyncio.Task[bool]] = {}
        self._open: set[int] = set()  # fetched and not processed: in progress, or not stored
        self._done: set[int] = set()  # processed and not confirmed yet

    def stop(self) -> None:
        """Ask `run` to end: no more is fetched, what is in progress may finish."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`. Networks and servers that fail are tried again, ever more slowly.

        Raises:
            TelegramUnauthorizedError: the token is not valid (`TelegramNotFound` from some servers).
        """
        try:
            while not self._stopping.is_set():
                updates = await self._unless_stopped(self._fetch())
                for update in updates or []:
                    self._start(update)
                await self._settle()
        finally:
            await self._finish()

    async def _fetch(self) -> list[Update]:
        """Ask for updates; wait for them only when nothing is in progress."""
        wait = 0 if self._running else self._long_poll_seconds
        method = GetUpdates(offset=self._offset, timeout=wait, allowed_updates=self._allowed)
        try:
            updates = await self._bot(method, request_timeout=wait + 15)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise
        except ClientDecodeError as error:
            return self._readable(error.data)
        except TelegramRetryAfter as error:
            _log.warning("polling_flood", retry_after=error.retry_after)
            await asyncio.sleep(error.retry_after)
            return []
        except TelegramConflictError as error:
            _log.error(
                "polling_conflict", reason=error.message, hint="another process or a webhook uses this token"
            )
            await self._backoff.sleep()
            return []
        except Exception as error:  # noqa: BLE001 (whatever the network does, polling goes on)
            _log.warning("polling_failed", error=type(error).__name__, reason=str(error))
            await self._backoff.sleep()
            return []
        self._backoff.reset()
        return updates

    def _readable(self, answer: Any) -> list[Update]:
        """Take from an answer that cannot be read as a whole the updates that can; pass over the rest."""
        raw = answer.get("result") if isinstance(answer, dict) else None
        updates = []
        for each in raw if isinstance(raw, list) else []:
            try:
                updates.append(Update.model_validate(each, context={"bot": self._bot}))
            except ValidationError as error:
                update_id: int = each["update_id"]
                _log.error(
                    "update_unreadable", update_id=update_id, fields=[e["loc"] for e in error.errors()]
                )
                self._done.add(update_id)
        return updates

    def _start(self, update: Update) -> None:
        if update.update_id not in self._running and update.update_id not in self._done:
            self._open.add(update.update_id)
            self._running[update.update_id] = asyncio.create_task(self._process(update))

    async def _process(self, update: Update) -> bool:
        """Process one update; return whether it may be confirmed."""
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except StateUnavailable as error:
            _log.error("update_not_stored", update_id=update.update_id, reason=repr(error.__cause__))
            return False
        except Exception:  # noqa: BLE001 (one update must not stop the others)
            _log.exception("update_failed", update_id=update.update_id)
        return True

    async def _settle(self) -> None:
        """Wait a little for the updates in progress, and collect those that ended."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=PATIENCE_SECONDS)
        if not self._collect():
            await self._unless_stopped(self._backoff.sleep())

    def _collect(self) -> bool:
        """Move the offset past the updates that were processed; return `False` if one was not stored."""
        all_stored = True
        for update_id, task in list(self._running.items()):
            if not task.done():
                continue
            del self._running[update_id]
            if not task.cancelled() and task.result():
                self._open.discard(update_id)
                self._done.add(update_id)
            else:
                all_stored = False
        if self._open:
            self._offset = min(self._open)
        elif self._done:
            self._offset = max(self._done) + 1
        self._done = {update_id for update_id in self._done if update_id >= (self._offset or 0)}
        return all_stored

    async def _finish(self) -> None:
        """Let what is in progress end, give up what takes too long, and confirm what was processed."""
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=self._grace_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        self._collect()
        if self._offset is None:
            return
        with contextlib.suppress(AiogramError):  # what stays unconfirmed comes again, and is then ignored
            await self._bot(GetUpdates(offset=self._offset, limit=1, timeout=0), request_timeout=5)

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """Return what `work` returns, or `None` as soon as the poller is asked to stop."""
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            stop.cancel()
            task.cancel()
            await asyncio.wait((task, stop))


class Backoff:
    """Pauses that double from the shortest to the longest, each a little random to spread clients out."""

    def __init__(self, shortest: float, longest: float) -> None:
        """Take the bounds, in seconds."""
        self._shortest = shortest
        self._longest = longest
        self._next = shortest

    def reset(self) -> None:
        """Begin again with the shortest pause."""
        self._next = self._shortest

    async def sleep(self) -> None:
        """Pause, and make the next pause longer."""
        pause = self._next
        self._next = min(self._next * 2, self._longest)
        await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 (not a secret)
