"""Keeps everything moving that has to leave the bot: for each channel a few senders that claim what is due.

They look as soon as this process writes something, and at every tick for what other processes wrote, what is to be
tried again, and what a dead worker left behind.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.services.sending.ceiling import Places
from bot.services.sending.lane import Lane
from bot.services.sending.outbox import Channel, Outbox, Sender
from bot.services.vitals import Vitals

_log = structlog.get_logger(__name__)

TICK = timedelta(seconds=2)
"""How often is looked for what nobody in this process wrote."""
ORDERS_TICK = timedelta(hours=1)
REMINDERS_TICK = timedelta(minutes=1)
OFFICE_TICK = timedelta(minutes=1)


class Ticker(Protocol):
    """Calls things again and again."""

    def every(self, interval: timedelta, act: Callable[[], None]) -> None:
        """Call `act` each `interval`, for as long as the ticker lives."""
        ...


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that is done again and again: the database says what there is to do, so that a time may be missed."""

    name: str
    every: timedelta
    act: Callable[[], Awaitable[object]]
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self) -> None:
        """Do it now, and whenever the bell rings."""
        self.bell.set()
        while True:
            await self.bell.wait()
            self.bell.clear()
            try:
                await self.act()
            except Exception:  # noqa: BLE001 - the database may be away for a while: the next time is as good
                _log.exception("chore_failed", chore=self.name)


class Delivery:
    """All that a worker does without being asked by a chat or a call."""

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[Channel, Sender],
        chores: Sequence[Chore],
        ticker: Ticker,
        clock: Clock,
        vitals: Vitals,
        *,
        places: Places | None = None,
        tick: timedelta = TICK,
    ) -> None:
        """Send with `senders`, of which a channel without one is left alone, and do the `chores`.

        What is pushed to chats leaves in `places`, those of this process; without them it has all that there are.
        """
        self._outbox = outbox
        ceiling = {Channel.TELEGRAM: places or Places()}
        self._lanes = [
            Lane(outbox, channel, sender, clock, vitals, ceiling.get(channel))
            for channel, sender in senders.items()
        ]
        self._chores = chores
        self._ticker = ticker
        self._tick = tick

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; what is being sent then may finish."""
        self._ticker.every(self._tick, self._ring)
        for chore in self._chores:
            self._ticker.every(chore.every, chore.bell.set)
        async with asyncio.TaskGroup() as tasks:
            for lane in self._lanes:
                tasks.create_task(lane.run(stop))
            kept = [tasks.create_task(chore.keep(), name=f"chore:{chore.name}") for chore in self._chores]
            await stop.wait()
            for task in kept:
                task.cancel()

    def _ring(self) -> None:
        for channel in Channel:
            self._outbox.bell(channel).set()
