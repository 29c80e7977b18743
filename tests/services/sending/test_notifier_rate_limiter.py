"""What the library's rate limiter lets through, on a clock that jumps: pauses, and the second of a chat.

How many leave at all is tested with the ceiling's places.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.services.sending.ceiling import Places
from bot.services.sending.notifier import rate_limiter
from bot.services.sending.notifier.rate_limiter import PatientRateLimiter, Paused
from tests.support.loops import JumpingLoop, run_on


class Telegram:
    """Notes when it is called; refuses the calls whose number is given, with the pause that goes with it."""

    def __init__(self, refusals: dict[int, float] | None = None) -> None:
        """Refuse nothing, or the calls named."""
        self.called_at: list[float] = []
        self._refusals = refusals or {}

    async def __call__(self) -> bool:
        """Answer a request."""
        self.called_at.append(asyncio.get_running_loop().time())
        number = len(self.called_at)
        await asyncio.sleep(0.1)
        if (pause := self._refusals.get(number)) is not None:
            raise RetryAfter(timedelta(seconds=pause))
        return True


def send(limiter: PatientRateLimiter, telegram: Telegram, chat_id: int) -> Coroutine[Any, Any, Any]:
    """One message through the limiter."""
    return limiter.process_request(telegram, (), {}, "sendMessage", {"chat_id": chat_id}, None)


def play(scenario: Callable[[PatientRateLimiter], Coroutine[Any, Any, None]]) -> None:
    """Play on a loop whose clock jumps."""

    async def with_limiter() -> None:
        await scenario(PatientRateLimiter(Places()))

    run_on(JumpingLoop, with_limiter)


def test_the_second_of_a_chat_is_one_of_the_clock_of_the_places() -> None:
    async def scenario() -> None:
        travelled = 0.0
        loop = asyncio.get_running_loop()
        limiter, telegram = PatientRateLimiter(Places(seconds=lambda: loop.time() + travelled)), Telegram()
        await send(limiter, telegram, 1)
        travelled = 3600.0
        await send(limiter, telegram, 1)
        await send(limiter, telegram, 1)
        first, after_the_journey, at_once = telegram.called_at
        assert after_the_journey - first < 0.2
        assert at_once - after_the_journey >= 1

    run_on(JumpingLoop, scenario)


def test_a_chat_gets_one_message_a_second_and_holds_up_no_other() -> None:
    async def scenario(limiter: PatientRateLimiter) -> None:
        busy, others = Telegram(), Telegram()
        await asyncio.gather(
            *(send(limiter, busy, 1) for _ in range(4)),
            *(send(limiter, others, chat) for chat in range(2, 12)),
        )
        assert min(later - earlier for earlier, later in pairwise(busy.called_at)) >= 1
        assert others.called_at[-1] < 1

    play(scenario)


def test_a_pause_holds_for_everybody() -> None:
    async def scenario(limiter: PatientRateLimiter) -> None:
        telegram = Telegram({3: 2.0})
        answers = await asyncio.gather(*(send(limiter, telegram, chat) for chat in range(30)))
        assert answers == [True] * 30
        assert len(telegram.called_at) == 31
        refused_at = telegram.called_at[2] + 0.1
        assert [at for at in telegram.called_at if refused_at < at < refused_at + 2] == []

    play(scenario)


def test_a_long_pause_is_nobodys_to_sit_out() -> None:
    async def scenario(limiter: PatientRateLimiter) -> None:
        telegram = Telegram({1: 30.0})
        with pytest.raises(Paused) as refused:
            await send(limiter, telegram, 1)
        assert refused.value.seconds == 30
        with pytest.raises(Paused) as held:
            await send(limiter, telegram, 2)
        assert 28 < held.value.seconds < 30.2
        assert len(telegram.called_at) == 1
        await asyncio.sleep(31)
        assert await send(limiter, telegram, 2)

    play(scenario)


def test_who_is_refused_again_and_again_gives_up() -> None:
    async def scenario(limiter: PatientRateLimiter) -> None:
        telegram = Telegram(dict.fromkeys(range(1, 9), 1.0))
        with pytest.raises(RetryAfter):
            await send(limiter, telegram, 1)
        assert len(telegram.called_at) == 3

    play(scenario)


def test_what_concerns_no_chat_is_not_paced() -> None:
    async def scenario(limiter: PatientRateLimiter) -> None:
        telegram = Telegram()
        await asyncio.gather(
            *(limiter.process_request(telegram, (), {}, "getMe", {}, None) for _ in range(5))
        )
        assert max(telegram.called_at) < 0.01

    play(scenario)


def test_idle_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limiter, "_MANY_CHATS", 3)

    async def scenario(limiter: PatientRateLimiter) -> None:
        telegram = Telegram()
        for chat in range(10):
            await send(limiter, telegram, chat)
            await asyncio.sleep(2)
        assert len(limiter._turns) <= 3

    play(scenario)
