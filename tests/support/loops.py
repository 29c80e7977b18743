"""Event loops with a time of their own, so that minutes of waiting take a test seconds or nothing.

``asyncio.sleep``, time limits, and whatever a library builds on the loop's clock follow them.
"""

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class _FastSelector(selectors.DefaultSelector):
    def __init__(self, factor: float) -> None:
        super().__init__()
        self._factor = factor

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(None if timeout is None else timeout / self._factor)


class FastLoop(asyncio.SelectorEventLoop):
    """Everything real, sockets and threads too, while the clock runs `factor` times as fast."""

    def __init__(self, factor: float) -> None:
        """Run the clock faster."""
        super().__init__(_FastSelector(factor))
        self._factor = factor

    def time(self) -> float:
        """Seconds of the fast clock."""
        return super().time() * self._factor


_TURN_SECONDS = 1e-6
"""What a turn of the loop takes at least: code that waits for the next instant would never see it otherwise."""


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += (timeout or 0) + _TURN_SECONDS
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Nothing but timers: when everybody sleeps, the clock jumps to whoever wakes first."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._jumping.now


class LoopClock:
    """The wall clock of a loop with its own time, for whichever thread: it began on 23 November 2026 at 10:00 UTC."""

    def __init__(self) -> None:
        """Begin with the running loop as it is now."""
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()

    def now(self) -> datetime:
        """This instant, in UTC."""
        passed = self._loop.time() - self._began
        return datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(seconds=passed)


def run_on(make_loop: Callable[[], asyncio.AbstractEventLoop], scenario: Callable[[], Awaitable[T]]) -> T:
    """Play a scenario on a loop of its own, from a test that is not async."""

    async def play() -> Any:
        return await scenario()

    with asyncio.Runner(loop_factory=make_loop) as runner:
        result: T = runner.run(play())
        return result
