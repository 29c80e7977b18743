"""The loop that the `doctor` looks with: its time is what was waited for others."""

import asyncio
import selectors
import time


class _Counting(selectors.DefaultSelector):
    """Counts the seconds in which there was nothing to do but wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        begun = time.monotonic()
        try:
            return super().select(timeout)
        finally:
            self.waited += time.monotonic() - begun


class WaitingLoop(asyncio.SelectorEventLoop):
    """Its clock goes only while it waits: a time limit says how long others may take to answer.

    What a check loads first takes a small machine longer than a neighbour may take, and is no fault of the neighbour's.
    """

    def __init__(self) -> None:
        """Begin at zero."""
        self._counting = _Counting()
        super().__init__(self._counting)

    def time(self) -> float:
        """Seconds that were waited since the loop was made."""
        return self._counting.waited
