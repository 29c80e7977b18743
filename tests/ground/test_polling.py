"""Polling: an update is confirmed once it was processed or stored, never before, and a slow chat holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Callable
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
from aiogram.methods import TelegramMethod
from aiogram.types import Message
from structlog.testing import capture_logs

from bot.db.chat_units import Change, ChatUnits
from bot.telegram import polling
from bot.telegram.dispatching import RinnovoDispatcher
from bot.telegram.polling import Patience, Poller
from bot.telegram.session import GetRawUpdates
from tests.support.long_runs import long
from tests.support.memory_state import MemoryBacking
from tests.support.memory_waiting import MemoryWaiting
from tests.support.telegram import OfflineSession, offline_bot, raw_message

HANGS = 60
"""Seconds after which something hangs, on however busy a machine."""
LONG_POLL = 2 * HANGS
"""Seconds that Telegram waits for an update: longer than a busy machine takes for all else."""
IMPATIENT = Patience(look_again=0.01, when_full=0.1, at_most=0.4)
UNHURRIED = Patience(look_again=LONG_POLL, when_full=LONG_POLL, at_most=LONG_POLL)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(HANGS):
        while not condition():
            await asyncio.sleep(0.005)


class Telegram:
    """Telegram's queue of updates: gives what is not confirmed, forgets what is."""

    def __init__(self) -> None:
        """Begin with an empty queue."""
        self.queue: dict[int, dict[str, Any]] = {}
        self.troubles: list[Exception] = []
        self.asked: list[GetRawUpdates] = []
        self.session = OfflineSession()
        self.session.answers["GetRawUpdates"] = self.get_updates
        self.bot = offline_bot(self.session)
        self._changed = asyncio.Event()

    def put(self, *updates: dict[str, Any]) -> None:
        """Let users write."""
        self.queue |= {update["update_id"]: update for update in updates}
        self._changed.set()

    async def get_updates(self, method: TelegramMethod[Any]) -> list[dict[str, Any]]:
        """Answer like Telegram, waiting a little when there is nothing."""
        assert isinstance(method, GetRawUpdates)
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

    async def save(self, change: Change) -> bool:
        """Store, or fail."""
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        return await super().save(change)


class Bot:
    """All of it together."""

    def __init__(
        self,
        telegram: Telegram,
        backing: MemoryBacking | None = None,
        waiting: MemoryWaiting | None = None,
        *,
        patience: Patience = IMPATIENT,
        grace: float = 0.5,
    ) -> None:
        """Start a process, which gives up `grace` seconds after it was stopped."""
        self.telegram = telegram
        self.waiting = waiting or MemoryWaiting()
        dispatcher = RinnovoDispatcher(ChatUnits(backing or MemoryBacking()))
        self.handlers = Handlers(dispatcher)
        self.poller = Poller(
            telegram.bot,
            dispatcher,
            self.waiting,
            patience=patience,
            long_poll_seconds=LONG_POLL,
            grace_seconds=grace,
            backoff_seconds=(0.01, 0.05),
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

    @property
    def in_progress(self) -> list[asyncio.Task[None]]:
        """The tasks of the updates that it works on."""
        return [each.task for _, each in self.poller._all() if each.task is not None]

    @asynccontextmanager
    async def killed(self) -> AsyncIterator[None]:
        """Poll while the block runs, then die in the midst of it, and tell Telegram nothing any more."""
        task = asyncio.create_task(self.poller.run())
        try:
            yield
        finally:
            self.telegram.troubles.append(TelegramNetworkError(GetRawUpdates(), "dead"))
            for each in [*self.in_progress, task]:
                each.cancel()
            await asyncio.wait([task])
            self.telegram.troubles.clear()

    async def until(self, *done: str) -> None:
        """Wait until the handlers did this."""
        await until(lambda: sorted(self.handlers.done) == sorted(done))


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


async def test_while_few_talk_nobody_waits_until_the_tap_of_somebody_else_is_stored(
    telegram: Telegram,
) -> None:
    bot = Bot(telegram, patience=UNHURRIED)
    async with bot.running():
        telegram.put(raw_message(10, "hello", user=8))
        await bot.until("hello")
        telegram.put(raw_message(11, "slow"))
        await until(lambda: bool(bot.in_progress))
        telegram.put(raw_message(12, "a", user=8))
        await bot.until("hello", "a")
        bot.handlers.release.set()
        await bot.until("hello", "a", "slow")


async def test_while_one_talks_alone_nobody_else_is_looked_for_meanwhile(telegram: Telegram) -> None:
    bot = Bot(telegram, patience=UNHURRIED)
    async with bot.running():
        telegram.put(raw_message(10, "hello"))
        await bot.until("hello")
        telegram.put(raw_message(11, "slow"))
        await until(lambda: bool(bot.in_progress))
        asked = len(telegram.asked)
        await asyncio.sleep(0.1)
        assert len(telegram.asked) == asked
        bot.handlers.release.set()
        await bot.until("hello", "slow")


async def test_a_crash_loses_nothing_and_repeats_nothing(telegram: Telegram) -> None:
    backing = MemoryBacking()
    telegram.put(raw_message(10, "slow"), raw_message(11, "a", user=8))
    first = Bot(telegram, backing)
    async with first.killed():
        await first.until("a")

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


async def test_what_comes_behind_an_update_that_could_not_be_stored_waits_for_it(telegram: Telegram) -> None:
    backing = FlakyBacking()
    backing.failures = 1
    bot = Bot(telegram, backing)
    telegram.put(raw_message(10, "a"), raw_message(11, "b"), raw_message(12, "c"))
    async with bot.running():
        await bot.until("a", "a", "b", "c")
    assert bot.handlers.done == ["a", "a", "b", "c"]
    assert telegram.queue == {}


async def test_an_update_that_can_never_be_stored_does_not_stop_its_chat(telegram: Telegram) -> None:
    class Refusing(MemoryBacking):
        async def save(self, change: Change) -> bool:
            if change.update_id == 10:
                raise OSError("never")
            return await super().save(change)

    bot = Bot(telegram, Refusing())
    telegram.put(raw_message(10, "a"), raw_message(11, "b"))
    async with bot.running():
        await until(lambda: "b" in bot.handlers.done)
    assert 10 in telegram.queue


async def test_networks_and_servers_that_fail_are_tried_again(telegram: Telegram) -> None:
    bot = Bot(telegram)
    method = GetRawUpdates()
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
    telegram.troubles = [TelegramUnauthorizedError(GetRawUpdates(), "Unauthorized")]
    with pytest.raises(TelegramUnauthorizedError):
        await Bot(telegram).poller.run()


async def test_an_update_that_cannot_be_read_is_passed_over(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "a"), {"update_id": 11, "message": {"odd": True}}, raw_message(12, "b"))
    async with bot.running():
        await bot.until("a", "b")
    assert telegram.queue == {}


async def test_stopping_waits_for_what_is_in_progress_but_not_for_the_long_poll(telegram: Telegram) -> None:
    bot = Bot(telegram, grace=HANGS)
    telegram.put(raw_message(10, "slow"))
    loop = asyncio.get_running_loop()
    async with bot.running():
        await until(lambda: bool(bot.in_progress))
        loop.call_later(0.1, bot.handlers.release.set)
    assert bot.handlers.done == ["slow"]
    assert telegram.queue == {}

    idle = Bot(telegram)
    async with asyncio.timeout(LONG_POLL / 2), idle.running():
        await asyncio.sleep(0.05)


async def test_stopping_gives_up_what_takes_too_long_and_it_comes_again(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(raw_message(10, "slow"))
    async with bot.running():
        await until(lambda: bool(bot.in_progress))
    assert bot.handlers.done == []
    assert 10 in telegram.queue


SLOW = raw_message(10, "slow")
OTHERS = [raw_message(number, str(number), user=number) for number in range(11, 161)]
SAID = [str(number) for number in range(11, 161)]


async def test_a_hundred_and_fifty_updates_behind_a_slow_one_are_answered_at_once(telegram: Telegram) -> None:
    bot = Bot(telegram)
    telegram.put(SLOW, *OTHERS)
    async with bot.running():
        await bot.until(*SAID)
        await until(lambda: not telegram.queue and list(bot.waiting.kept) == [10])
        # And now others are waited for again, instead of being asked for again and again.
        asked = len(telegram.asked)
        telegram.put(raw_message(200, "next", user=200))
        await bot.until(*SAID, "next")
        assert len(telegram.asked) - asked <= 3
        bot.handlers.release.set()
        await bot.until(*SAID, "next", "slow")
    assert bot.waiting.kept == telegram.queue == {}


async def test_what_was_stored_is_processed_after_a_crash_in_the_order_of_its_chat(
    telegram: Telegram,
) -> None:
    backing, waiting = MemoryBacking(), MemoryWaiting()
    telegram.put(SLOW, *OTHERS, raw_message(170, "behind"), raw_message(171, "last"))
    first = Bot(telegram, backing, waiting)
    async with first.killed():
        await first.until(*SAID)
        # Others were stored as well where the machine was slow, and are forgotten a moment after they were answered.
        await until(lambda: not telegram.queue and sorted(waiting.kept) == [10, 170, 171])

    second = Bot(telegram, backing, waiting)
    second.handlers.release.set()
    async with second.running():
        telegram.put(raw_message(172, "new"))
        await second.until("slow", "behind", "last", "new")
    assert second.handlers.done == ["slow", "behind", "last", "new"]
    assert waiting.kept == telegram.queue == {}


async def test_a_crash_between_processing_and_forgetting_repeats_nothing(telegram: Telegram) -> None:
    backing, waiting = MemoryBacking(), MemoryWaiting()
    telegram.put(raw_message(10, "a"))
    async with Bot(telegram, backing, waiting).running():
        await until(lambda: (42, 10) in backing.seen)
    waiting.kept = {10: raw_message(10, "a")}
    again = Bot(telegram, backing, waiting)
    async with again.running():
        await until(lambda: not waiting.kept)
    assert again.handlers.done == []


async def test_updates_that_are_answered_soon_are_not_stored(telegram: Telegram) -> None:
    # So patient that also a machine with much else to do answers soon.
    bot = Bot(telegram, patience=Patience(look_again=0.01, when_full=60, at_most=60))
    telegram.put(*OTHERS)
    async with bot.running():
        await bot.until(*SAID)
        telegram.put(raw_message(161, "slow"))  # Telegram numbers what comes later higher
        await until(lambda: bool(bot.in_progress))
        await asyncio.sleep(0.1)
        bot.handlers.release.set()
        await bot.until(*SAID, "slow")
    assert bot.waiting.puts == 0


async def test_nothing_is_confirmed_that_could_not_be_stored(telegram: Telegram) -> None:
    bot = Bot(telegram)
    bot.waiting.failures = 1
    telegram.put(SLOW, *OTHERS)
    with capture_logs() as logs:
        async with bot.running():
            await until(lambda: bool(bot.in_progress))
            bot.waiting.failures = 2
            await until(lambda: not bot.waiting.failures)
            assert 10 in telegram.queue
            await bot.until(*SAID)
            bot.handlers.release.set()
            await bot.until(*SAID, "slow")
    assert {log["event"] for log in logs if log["log_level"] == "error"} == {
        "stored_updates_not_read",
        "slow_updates_not_stored",
    }
    assert bot.waiting.kept == telegram.queue == {}


async def test_a_stored_update_whose_state_cannot_be_kept_is_tried_again_before_a_long_poll_ends(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BESIDE_STORED_SECONDS", 0)
    backing, waiting = FlakyBacking(), MemoryWaiting()
    backing.failures = 2
    waiting.kept = {10: raw_message(10, "a")}
    bot = Bot(telegram, backing, waiting)
    async with bot.running(), asyncio.timeout(LONG_POLL / 2):
        await bot.until("a", "a", "a")
    assert waiting.kept == {}


async def test_no_more_is_fetched_than_can_be_in_progress(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_OPEN", 100)
    bot = Bot(telegram)
    telegram.put(*(raw_message(number, "slow") for number in range(10, 130)))
    async with bot.running():
        await until(lambda: len(bot.waiting.kept) >= 100)
        asked = len(telegram.asked)
        await asyncio.sleep(0.1)
        assert len(telegram.asked) - asked <= 1
        bot.handlers.release.set()
        await bot.until(*["slow"] * 120)
    assert bot.waiting.kept == telegram.queue == {}


async def test_with_a_webhook_what_was_stored_is_processed_too(telegram: Telegram) -> None:
    waiting = MemoryWaiting()
    waiting.kept = {10: raw_message(10, "a"), 11: raw_message(11, "b", user=8)}
    bot = Bot(telegram, waiting=waiting)
    await bot.poller.catch_up()
    assert sorted(bot.handlers.done) == ["a", "b"]
    assert (waiting.kept, telegram.asked) == ({}, [])


async def test_with_a_webhook_what_was_stored_is_tried_again_while_its_state_cannot_be_kept(
    telegram: Telegram,
) -> None:
    backing, waiting = FlakyBacking(), MemoryWaiting()
    backing.failures = 2
    waiting.kept = {10: raw_message(10, "a")}
    bot = Bot(telegram, backing, waiting)
    async with asyncio.timeout(HANGS):
        await bot.poller.catch_up()
    assert bot.handlers.done == ["a"] * 3
    assert waiting.kept == {}


@pytest.mark.parametrize("number", [150, *long(1000)])
async def test_nothing_is_remembered_of_updates_that_are_over(telegram: Telegram, number: int) -> None:
    bot = Bot(telegram)
    texts = [str(each) for each in range(11, 11 + number)]
    telegram.put(SLOW, *(raw_message(int(text), text, user=int(text)) for text in texts))
    async with bot.running():
        await bot.until(*texts)
        bot.handlers.release.set()
        await bot.until(*texts, "slow")
    poller = bot.poller
    assert (poller._open, poller._stored, poller._done, poller._dropped) == ({}, {}, set(), [])
