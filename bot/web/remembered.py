"""What many ask for at once is looked up once: pages that anybody may ask for cost the database one look a second."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from bot.clock import Clock

T = TypeVar("T")

KEPT: Final = timedelta(seconds=1)
"""How old an answer may be: who watches asks every few seconds."""


class Remembered(Generic[T]):
    """The answer to a question, for as long as `KEPT`; whoever asks meanwhile waits for the look under way."""

    def __init__(self, look: Callable[[], Awaitable[T]], clock: Clock) -> None:
        """Ask by `look`, which answers whatever happens."""
        self._look = look
        self._clock = clock
        self._looking = asyncio.Lock()
        self._found: tuple[datetime, T] | None = None

    async def __call__(self) -> T:
        """The answer."""
        async with self._looking:
            if self._found is None or abs(self._clock.now() - self._found[0]) >= KEPT:
                self._found = (self._clock.now(), await self._look())
            return self._found[1]
