"""Long polling that confirms an update only after it was processed or stored, and lets no slow chat hold up others.

aiogram confirms a batch with the request that fetches the next one, whether or not its handlers have ended: a crash
loses taps. Here the offset moves only past updates that were processed, and what comes again after a crash is
recognised by the dispatcher and ignored.

Telegram gives no more than a hundred updates behind the offset: one that takes long would soon keep all others away.
Such a one is put into the database (`Waiting`) and confirmed, and processed again from there if the process dies. An
update that is answered quickly, as they nearly all are, costs nothing for it. See docs/decisions/018.
"""

import asyncio
import contextlib
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from pydantic import ValidationError

from bot.db.chat_units import ChatKey, ChatLocks
from bot.db.turns import ChatBusy, StateUnavailable
from bot.telegram.backoff import Backoff
from bot.telegram.dispatching import chat_of
from bot.telegram.reading import read_update
from bot.telegram.session import GetRawUpdates

T = TypeVar("T")

LONG_POLL_SECONDS: Final = 30
BESIDE_STORED_SECONDS: Final = 3
"""How long a poll waits while a stored update is in progress: then one whose state was not kept is tried again."""
LIMIT: Final = 100
"""Updates in one answer: Telegram gives no more."""
MOST_OPEN: Final = 1000
"""Updates in progress; while there are as many, no more are fetched."""
HOLDS_TRIES: Final = 5
"""So often an update is tried before those of its chat behind it: one that can never be stored stops no chat."""
GRACE_SECONDS: Final = 6.0
"""How long a stop waits for the updates in progress."""
BACKOFF_SECONDS: Final = (0.5, 30.0)

_log = structlog.get_logger(__name__)


class Waiting(Protocol):
    """Updates that Telegram was told are received, kept until they are processed."""

    async def put(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep these; one that is there already stays as it is."""
        ...

    async def read(self) -> list[dict[str, Any]]:
        """Return those that are kept, the oldest first."""
        ...

    async def drop(self, update_ids: Sequence[int]) -> None:
        """Forget these: they were processed."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long other chats wait for an update in progress, in seconds."""

    look_again: float = 0.05
    """After so long, others are fetched while it goes on, if it is not done before."""
    look_soon: float = 0.002
    """The same while few talk, twice as long each time that nothing new came: else somebody would wait for what another
    has tapped to be stored, and each for the one before once their taps have come close to each other."""
    few: int = 3
    """Few are talking while no more than these are in progress."""
    company: float = 3.0
    """For so long after updates of two chats others are looked for soon: whoever talks alone need not pay for it."""
    when_full: float = 0.25
    """After so long it is stored, if as many are in progress as Telegram gives at once."""
    at_most: float = 2.0
    """After so long it is stored in any case: only then a poll can wait for others again."""


@dataclass(slots=True)
class _Open:
    """An update that was received and is not processed; without a task it failed, and is to be tried again."""

    raw: dict[str, Any]
    task: asyncio.Task[None] | None = None
    since: float = field(default_factory=time.monotonic)
    tries: int = 0


class Poller:
    """Fetches one bot's updates and feeds them to the dispatcher: chats in parallel, each chat in order."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        waiting: Waiting,
        *,
        patience: Patience | None = None,
        long_poll_seconds: int = LONG_POLL_SECONDS,
        grace_seconds: float = GRACE_SECONDS,
        backoff_seconds: tuple[float, float] = BACKOFF_SECONDS,
    ) -> None:
        """Prepare to fetch what the dispatcher has handlers for."""
        self._bot = bot
        self._dispatcher = dispatcher
        self._waiting = waiting
        self._patience = patience or Patience()
        self._allowed = dispatcher.resolve_used_update_types()
        self._long_poll_seconds = long_poll_seconds
        self._grace_seconds = grace_seconds
        self._backoff = Backoff(*backoff_seconds)
        self._stopping = asyncio.Event()
        self._quiet = asyncio.Event()  # there is nothing to wait for before the next look
        self._offset: int | None = None
        self._next: int | None = None  # behind the last update that was fetched
        self._open: dict[int, _Open] = {}  # the oldest first; Telegram would give them again
        self._stored: dict[int, _Open] = {}  # in progress as well, and confirmed
        self._done: set[int] = set()  # processed, and not confirmed yet
        self._dropped: list[int] = []  # processed, and stored still
        self._dropping: asyncio.Task[None] | None = None
        self._locks = ChatLocks()
        self._behind: set[ChatKey] = set()  # chats with an update that is to be tried again
        self._looks = 0  # beside those in progress, since something new came
        self._heard: tuple[ChatKey | None, float] = (None, float("-inf"))  # who was last, and when
        self._company_until = float("-inf")
        self._full = False  # the last answer may have left others behind

    def stop(self) -> None:
        """Ask `run` to end: no more is fetched, what is in progress may finish."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`. Networks and servers that fail are tried again, ever more slowly.

        Raises:
            TelegramUnauthorizedError: the token is not valid (`TelegramNotFound` from some servers).
        """
        try:
            await self._unless_stopped(self._begin())
            while not self._stopping.is_set():
                if len(self._open) + len(self._stored) < MOST_OPEN:
                    for raw in await self._unless_stopped(self._fetch()) or []:
                        self._take(raw)
                else:
                    await self._unless_stopped(asyncio.sleep(self._patience.look_again))
                await self._unless_stopped(self._settle())
        finally:
            await self._finish()

    async def catch_up(self) -> None:
        """Process what was stored when another process polled last, and fetch nothing: a webhook brings the rest."""
        await self._begin()
        while self._stored:
            if tasks := [each.task for each in self._stored.values() if each.task is not None]:
                await asyncio.wait(tasks)
            await self._try_again()
        await self._end_dropping()

    async def _begin(self) -> None:
        """Go on with what was stored before the process ended."""
        while True:
            try:
                kept = await self._waiting.read()
            except Exception as error:  # noqa: BLE001 (whatever the database does, polling goes on)
                _log.error("stored_updates_not_read", reason=repr(error))
                await self._backoff.sleep()
            else:
                break
        for raw in kept:
            self._stored[raw["update_id"]] = _Open(raw)
            self._start(raw["update_id"])

    async def _fetch(self) -> list[dict[str, Any]]:
        """Ask for updates; wait for them unless some are in progress, which would be given again at once."""
        longest = self._long_poll_seconds
        wait = 0 if self._open else min(BESIDE_STORED_SECONDS, longest) if self._stored else longest
        method = GetRawUpdates(offset=self._offset, limit=LIMIT, timeout=wait, allowed_updates=self._allowed)
        try:
            updates = await self._bot(method, request_timeout=wait + 15)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise
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
        self._full = len(updates) >= LIMIT
        return updates

    def _take(self, raw: dict[str, Any]) -> None:
        update_id: int = raw["update_id"]
        if update_id in self._open or update_id in self._stored or update_id in self._done:
            return
        self._next = update_id + 1
        self._looks = 0
        self._open[update_id] = _Open(raw)
        self._quiet.clear()
        self._start(update_id)

    def _start(self, update_id: int) -> None:
        each = self._open.get(update_id) or self._stored[update_id]
        each.task = asyncio.create_task(self._process(update_id, each))

    async def _process(self, update_id: int, each: _Open) -> None:
        """Process one update; it stays open if its chat's state cannot be read or kept, and those behind it do too."""
        try:
            update = read_update(each.raw, self._bot)
            chat = ChatKey(self._bot.id, chat_of(update))
            self._hear(chat)
            async with self._locks.hold(chat):
                await self._feed(chat, update, each)
        except StateUnavailable:
            each.task = None
            self._quiet.set()
            return
        except ValidationError as error:
            fields = [problem["loc"] for problem in error.errors()]
            _log.error("update_unreadable", update_id=update_id, fields=fields)
        except Exception:  # noqa: BLE001 (one update must not stop the others)
            _log.exception("update_failed", update_id=update_id)
        self._done.add(update_id)
        if self._stored.pop(update_id, None) is not None:
            self._drop_soon(update_id)
        else:
            del self._open[update_id]
        if not self._open:
            self._quiet.set()

    async def _feed(self, chat: ChatKey, update: Update, each: _Open) -> None:
        if chat in self._behind:
            raise ChatBusy("an earlier update of the chat is to be tried again first")
        each.tries += 1
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except StateUnavailable:
            if each.tries < HOLDS_TRIES:
                self._behind.add(chat)
            raise

    async def _settle(self) -> None:
        """Wait a little for the updates in progress, move the offset past those that ended, store the slow ones."""
        if self._open:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._next_look()):
                    await self._quiet.wait()
        await self._try_again()
        await self._store_slow()
        self._confirm()

    def _next_look(self) -> float:
        """Seconds after which others are fetched beside those in progress."""
        longest = self._patience.look_again
        if len(self._open) > self._patience.few or time.monotonic() > self._company_until:
            return longest
        soon = min(self._patience.look_soon * (1 << self._looks), longest)
        self._looks += soon < longest
        return soon

    def _hear(self, chat: ChatKey) -> None:
        """Note that this one talks: the next in another chat, if it comes soon, is company."""
        (last, at), now = self._heard, time.monotonic()
        if last != chat and now - at < self._patience.company:
            self._company_until = now + self._patience.company
        self._heard = (chat, now)

    async def _try_again(self) -> None:
        """Begin anew, after a pause, with the updates whose state could not be read or kept."""
        if self._failed():
            await self._backoff.sleep()
            self._quiet.clear()
            self._behind.clear()
            for update_id in self._failed():
                self._start(update_id)

    def _failed(self) -> list[int]:
        return sorted(update_id for update_id, each in self._all() if each.task is None)

    def _all(self) -> list[tuple[int, _Open]]:
        return [*self._stored.items(), *self._open.items()]

    def _confirm(self) -> None:
        """Move the offset past what was processed or stored."""
        self._offset = next(iter(self._open), self._next)
        self._done = {update_id for update_id in self._done if update_id >= (self._offset or 0)}

    async def _store_slow(self) -> None:
        """Store the updates that keep others away, and with them those that soon would."""
        patience = self._patience.when_full if self._full else self._patience.at_most
        now = time.monotonic()
        oldest = next(iter(self._open.values()), None)
        if oldest is None or now - oldest.since < patience:
            return
        slow = {key: each for key, each in self._open.items() if now - each.since >= patience / 2}
        if not await self._kept(
            "slow_updates_not_stored", self._waiting.put([each.raw for each in slow.values()])
        ):
            return
        for update_id, each in slow.items():
            if self._open.pop(update_id, None) is not None:
                self._stored[update_id] = each
            else:  # processed meanwhile
                self._drop_soon(update_id)
        _log.info("slow_updates_stored", updates=len(slow))

    def _drop_soon(self, update_id: int) -> None:
        """Forget a stored update that was processed, with others that end at the same time."""
        self._dropped.append(update_id)
        if self._dropping is None or self._dropping.done():
            self._dropping = asyncio.create_task(self._drop(self._patience.look_again))

    async def _drop(self, after: float = 0.0) -> None:
        await asyncio.sleep(after)
        while gone := list(self._dropped):
            if not await self._kept("stored_updates_not_dropped", self._waiting.drop(gone)):
                return
            del self._dropped[: len(gone)]

    async def _end_dropping(self) -> None:
        if self._dropping is not None:
            await asyncio.wait((self._dropping,))
        await self._drop()

    async def _kept(self, fault: str, work: Coroutine[Any, Any, None]) -> bool:
        """Return whether `work` in the database succeeded; log `fault` if not."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 (whatever the database does, polling goes on)
            _log.error(fault, reason=repr(error))
            return False
        return True

    async def _finish(self) -> None:
        """Let what is in progress end, give up what takes too long, and confirm what was processed."""
        running = [each.task for _, each in self._all() if each.task is not None]
        if running:
            _, late = await asyncio.wait(running, timeout=self._grace_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        await self._end_dropping()
        self._confirm()
        if self._offset is None:
            return
        with contextlib.suppress(AiogramError):  # what stays unconfirmed comes again, and is then ignored
            await self._bot(GetRawUpdates(offset=self._offset, limit=1, timeout=0), request_timeout=5)

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
