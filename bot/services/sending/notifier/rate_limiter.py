"""How fast may be sent: the library's rate limiter, with what it lets through stopped.

As it comes, `AIORateLimiter` sends a whole second's worth at once, ends everybody's pause as soon as any request
ends, and knows no limit for a single private chat. Telegram answers all three with 429. Nor does it know what other
processes send, nor what conversations do: how much may leave at all is `bot.services.sending.ceiling`'s.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.services.sending import ceiling
from bot.services.sending.ceiling import LONGEST_WAIT, Places

_RETRIES = 2
_CHAT_SECONDS = 1.0
_MANY_CHATS = 1000
_SILENT = "unpinChatMessage"

JSON = dict[str, Any]
Callback = Callable[..., Coroutine[Any, Any, bool | JSON | list[JSON]]]


class Paused(TelegramError):
    """Telegram wants nothing from this bot for longer than is waited here. Nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asked for a pause of {seconds:.0f} s")
        self.seconds = seconds


class _ChatTurn:
    """Whose turn it is in one chat, and when the next message may go there (by the clock of the places)."""

    __slots__ = ("free_at", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0


class PatientRateLimiter(AIORateLimiter):
    """One message a second for a chat, and pauses that hold for every request. How many leave is the ceiling's."""

    def __init__(self, places: Places) -> None:
        """Keep to the pauses and the clock of `places`, and tell it of the pauses that are asked for here."""
        super().__init__(overall_max_rate=0, max_retries=_RETRIES)
        self._places = places
        self._turns: dict[object, _ChatTurn] = {}

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: JSON,
        endpoint: str,
        data: JSON,
        rate_limit_args: int | None,
    ) -> bool | JSON | list[JSON]:
        """Call `callback` when it may be.

        Raises:
            Paused: Telegram asks for a longer pause than `LONGEST_WAIT`.
            RetryAfter: it asked for shorter ones again and again.
        """

        async def when_it_may(*args: Any, **kwargs: Any) -> bool | JSON | list[JSON]:
            try:
                await self._places.pause_over()
            except ceiling.Paused as error:
                raise Paused(error.seconds) from error
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = cast("timedelta", error.retry_after).total_seconds()
                self._places.pause(seconds)
                if seconds > LONGEST_WAIT:
                    raise Paused(seconds) from error
                raise

        # What changes no message does not count.
        async with self._turn(None if endpoint == _SILENT else data.get("chat_id")):
            return await super().process_request(when_it_may, args, kwargs, endpoint, data, rate_limit_args)

    @asynccontextmanager
    async def _turn(self, chat_id: object) -> AsyncIterator[None]:
        """Hold a chat: its messages go one after the other, a second apart."""
        if chat_id is None:
            yield
            return
        self._forget_idle_chats()
        turn = self._turns.setdefault(chat_id, _ChatTurn())
        async with turn.lock:
            await asyncio.sleep(max(turn.free_at - self._places.now(), 0))
            try:
                yield
            finally:
                turn.free_at = self._places.now() + _CHAT_SECONDS

    def _forget_idle_chats(self) -> None:
        if len(self._turns) < _MANY_CHATS:
            return
        now = self._places.now()
        self._turns = {
            chat: turn for chat, turn in self._turns.items() if turn.lock.locked() or turn.free_at > now
        }
