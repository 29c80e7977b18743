"""Pauses between attempts that fail."""

import asyncio
import random


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
