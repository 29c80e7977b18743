"""Polling: an update is confirmed once it was processed and stored, never before."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import F
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.types import Message
from structlog.testing import capture_logs

from bot.db.chat_units import ChatKey, ChatUnits, Record
from bot.telegram.dispatching import RinnovoDispatcher
from bot.telegram.polling import Poller
from tests.support.memory_state import MemoryBacking
from tests.support.telegram import OfflineSession, offline_bot, raw_message


class Telegram:
    """Telegram's queue of updates: gives what is not confirmed, forgets what is."""

    def __init__(self) -> None:
        """Begin with an empty queue."""
        self.queue: dict[int, dict[str, Any]] = {}
        self.troubles: list[Exception] = []
        self.asked: list[GetUpdates] = []
        self.session = OfflineSession()
        self.session.answers["GetUpdates"] = self.get_updates
        self.bot = offline_bot(self.session)
        self._changed = asyncio.Event()

    def put(self, *updates: dict[str, Any]) -> None:
        """Let users write."""
        self.queue |= {update["update_id"]: update for update in updates}
        self._changed.set()

    async def get_updates(self, method: TelegramMethod[Any]) -> list[dict[str, Any]]:
        """Answer like Telegram, waiting a little when there is nothing."""
        assert isinstance(method, GetUpdates)
        self.asked.append(method)
        if self.troubles:
            raise self.troubles.pop(0)
        self.queue = {key: value for key, value in self.queue.items() if key >= (method.offset or 0)}
        if not self.queue and method.timeout:
            self._changed.clear()
            try:
                async with asyncio.timeout(method.timeout):
                    await self._changed.wait()
            except TimeoutError:
                return []
        return sorted(self.queue.values(), key=lambda update: update["update_id"])[: method.limit or 100]


class Handlers:
    """Handlers that note what they did."""

    def __init__(self, dispatcher: RinnovoDispatcher) -> None:
        """Register them."""
        self.done: list[str] = []
        self.release = asyncio.Event()
        dispatcher.message(F.text == "slow")(self.slow)
        dispatcher.message(F.text == "bad")(self.bad)
        dispatcher.message()(self.plain)

    async def slow(self, _message: Message) -> None:
        """Wait until the test lets go."""
        await self.release.wait()
        self.done.append("slow")

    async def bad(self, _message: Message) -> None:
        """Fail."""
        self.done.append("bad")
        raise LookupError

    async def plain(self, message: Message) -> None:
        """Note the text."""
        self.done.append(message.text or "")


class FlakyBacking(MemoryBacking):
    """Fails to store as often as it is told."""

    failures = 0

    async def save(self, chat: ChatKey, changes: Mapping[StorageKey, Record], update_id: int | None) -> bool:
        """Store, or fail."""
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        return await super().save(chat, changes, update_id)


class Bot:
    """All of it together."""

    def __init__(self, telegram: Telegram, backing: MemoryBacking | None = None) -> None:
        """Start a process."""
        self.telegram = telegram
        dispatcher = RinnovoDispatcher(ChatUnits(backing or MemoryBacking()))
        self.handlers = Handlers(dispatcher)
        self.poller = Poller(
            telegram.bot, dispatcher, long_poll_seconds=1, grace_seconds=0.5, backoff_seconds=(0.01, 0.05)
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Poll while the block runs, then stop gracefully."""
        task = asyncio.create_task(self.poller.run())
        try:
            yield
        finally:
            self.poller.stop()
            await task

    async def until(self, *done: str) -> None:
        """Wait until the handlers did this."""
        async with asyncio.timeout(5):
            while sorted(self.handlers.done) != sorted(done):
                await asyncio.sleep(0.005)


@pytest.fixture
def telegram() -> Telegram:
    """An empty queue."""
    return Telegram()


async def test_updates_are_processed_and_confirmed(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "a"), raw_message(11, "b", user=8))
    async with bot.running():
        await bot.until("a", "b")
        telegram.put(raw_message(12, "c"))
        await bot.until("a", "b", "c")
    assert telegram.queue == {}
    assert telegram.asked[0].offset is None
    assert telegram.asked[-1].offset == 13
    assert telegram.asked[0].allowed_updates == ["message"]


async def test_one_chat_is_served_in_order(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(*(raw_message(number, str(number)) for number in range(10, 60)))
    async with bot.running():
        await bot.until(*map(str, range(10, 60)))
    assert bot.handlers.done == [str(number) for number in range(10, 60)]


async def test_an_update_in_progress_is_not_confirmed_and_does_not_hold_up_other_chats(
    telegram: Telegram,
) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "slow"), raw_message(11, "a", user=8))
    async with bot.running():
        await bot.until("a")
        telegram.put(raw_message(12, "b", user=9))
        await bot.until("a", "b")
        assert 10 in telegram.queue
        assert all(asked.offset in {None, 10} for asked in telegram.asked)
        bot.handlers.release.set()
        await bot.until("a", "b", "slow")
    assert telegram.queue == {}


async def test_a_crash_loses_nothing_and_repeats_nothing(telegram: Telegram) -> None:
    backing = MemoryBacking()
    telegram.put(raw_message(10, "slow"), raw_message(11, "a", user=8))
    first = Bot(telegram, backing)
    task = asyncio.create_task(first.poller.run())
    await first.until("a")
    for each in [*first.poller._running.values(), task]:
        each.cancel()
    await asyncio.wait([task])

    second = Bot(telegram, backing)
    second.handlers.release.set()
    async with second.running():
        await second.until("slow")
    assert telegram.queue == {}


@pytest.mark.update_fails
async def test_a_handler_that_fails_is_confirmed(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "bad"), raw_message(11, "a", user=8))
    with capture_logs() as logs:
        async with bot.running():
            await bot.until("bad", "a")
    assert telegram.queue == {}
    assert [log["update_id"] for log in logs if log["event"] == "update_failed"] == [10]


async def test_an_update_that_could_not_be_stored_comes_again(telegram: Telegram) -> None:
    backing = FlakyBacking()
    backing.failures = 2
    bot = Bot(telegram, backing)
    telegram.put(raw_message(10, "a"))
    async with bot.running():
        await bot.until("a", "a", "a")
    assert telegram.queue == {}
    assert (42, 10) in backing.seen


async def test_networks_and_servers_that_fail_are_tried_again(telegram: Telegram) -> None:
    bot = Bot(telegram)
    method = GetUpdates()
    telegram.troubles = [
        TelegramNetworkError(method, "no route"),
        TelegramConflictError(method, "terminated by other getUpdates request"),
        TelegramRetryAfter(method, "flood", retry_after=0),
        TelegramBadRequest(method, "odd"),
        OSError("odd"),
    ]
    telegram.put(raw_message(10, "a"))
    async with bot.running():
        await bot.until("a")
    assert telegram.queue == {}


async def test_a_wrong_token_ends_the_polling(telegram: Telegram) -> None:
    telegram.troubles = [TelegramUnauthorizedError(GetUpdates(), "Unauthorized")]
    with pytest.raises(TelegramUnauthorizedError):
        await Bot(telegram).poller.run()


async def test_an_update_that_cannot_be_read_is_passed_over(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "a"), {"update_id": 11, "message": {"odd": True}}, raw_message(12, "b"))
    async with bot.running():
        await bot.until("a", "b")
    assert telegram.queue == {}


async def test_stopping_waits_for_what_is_in_progress_but_not_for_the_long_poll(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "slow"))
    loop = asyncio.get_running_loop()
    async with bot.running():
        while not bot.poller._running:
            await asyncio.sleep(0.005)
        loop.call_later(0.1, bot.handlers.release.set)
    assert bot.handlers.done == ["slow"]
    assert telegram.queue == {}

    idle = Bot(telegram)
    async with asyncio.timeout(0.5), idle.running():
        await asyncio.sleep(0.05)


async def test_stopping_gives_up_what_takes_too_long_and_it_comes_again(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "slow"))
    async with bot.running():
        while not bot.poller._running:
            await asyncio.sleep(0.005)
    assert bot.handlers.done == []
    assert 10 in telegram.queue
