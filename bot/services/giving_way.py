"""Who is answered in this process right now; what nobody waits for gives way to them (docs/decisions/020)."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LONGEST: Final = 0.25
"""Seconds for which work gives way: a dozen people who tap at the same moment are answered in it."""
_SHORTEST: Final = 0.02
"""Seconds for which it does once it has waited in vain: people who tap without a pause do not hold it up for good."""
_QUICK: Final = 0.25
"""Seconds after which an answer is slow: it waits for others itself, and nothing is won by waiting for it."""
_CALM: Final = 0.005
"""Seconds without anybody to be answered: who has tapped at the same moment may just be fetched."""
_LOOK: Final = 0.004


class Answering:
    """The updates that are being answered. One process has one; its work for later takes turns with them.

    A step of that work holds the loop for milliseconds, and an answer is made of a dozen steps: if both took turns one
    by one, whoever taps would wait for a dozen steps of others, and the next for as many more.
    """

    def __init__(self) -> None:
        """Begin with nobody."""
        self._since: dict[object, float] = {}
        self._ended = float("-inf")
        self._patience = _LONGEST

    @contextmanager
    def one(self) -> Iterator[None]:
        """An update is answered within the block."""
        key, loop = object(), asyncio.get_running_loop()
        self._since[key] = loop.time()
        try:
            yield
        finally:
            del self._since[key]
            self._ended = loop.time()

    async def give_way(self, most: float = _LONGEST) -> float:
        """Let everybody else have a turn; wait a moment while somebody is being answered who will be soon.

        Args:
            most: the seconds to wait at most.

        Returns:
            The seconds that were waited.
        """
        await asyncio.sleep(0)
        now = asyncio.get_running_loop().time
        begun = now()
        while self._is_busy(now()):
            waited = now() - begun
            if waited >= self._patience:
                self._patience = _SHORTEST
                return waited
            if waited >= most:
                return waited
            await asyncio.sleep(_LOOK)
        self._patience = _LONGEST
        return now() - begun

    def _is_busy(self, now: float) -> bool:
        return now - self._ended < _CALM or any(now - since < _QUICK for since in self._since.values())


class Courtesy:
    """For how long work of many steps gives way in all: it has to be done in time, whoever taps meanwhile."""

    def __init__(self, answering: Answering, seconds: float) -> None:
        """Give way to whom the process is `answering`, for so many seconds."""
        self._answering = answering
        self._left = seconds

    async def give_way(self) -> None:
        """Before the next step."""
        self._left -= await self._answering.give_way(self._left)
