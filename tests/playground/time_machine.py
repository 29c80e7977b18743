"""A time machine of the tests' own: it goes where it is told to."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.leaps import Happening
from bot.playground.travels import StillBusyError
from tests.support.clock import FrozenClock

ROME = ZoneInfo("Europe/Rome")

Then = Callable[[], Awaitable[object]]
"""What the bot does once the clock was moved."""


class PlannedMachine:
    """Goes from one planned stop to the next."""

    zone = "Europe/Rome"

    def __init__(self, clock: FrozenClock) -> None:
        """Move `clock`."""
        self._clock = clock
        self.stops: list[tuple[datetime, Sequence[Happening], Then | None]] = []
        self.busy = False
        self.gate: asyncio.Event | None = None

    def plan(self, days: float, *happenings: Happening, then: Then | None = None) -> None:
        """So many days after the last stop, this happens."""
        last = self.stops[-1][0] if self.stops else self._clock.now()
        self.stops.append((last + timedelta(days=days), happenings, then))

    def now(self) -> datetime:
        """What time it is."""
        return self._clock.now()

    async def on_to_next(self, chat_id: int, moved: Callable[[], None]) -> tuple[Happening, ...]:
        """Go there."""
        del chat_id
        if self.gate is not None:
            await self.gate.wait()
        if self.busy:
            raise StillBusyError
        if not self.stops:
            return ()
        moment, happenings, then = self.stops.pop(0)
        self._clock.moment = moment
        moved()
        if then is not None:
            await then()
        return tuple(happenings)
