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
from bot.messages import UnreadablePayload
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result, Sender
from bot.services.vitals import Vitals

_log = structlog.get_logger(__name__)

TICK = timedelta(seconds=2)
"""How often is looked for what nobody in this process wrote."""
ORDERS_TICK = timedelta(hours=1)
REMINDERS_TICK = timedelta(minutes=1)
OFFICE_TICK = timedelta(minutes=1)
GRACE_SECONDS = 20.0
"""How long a stop waits for what is being sent."""
WIDTH = {Channel.TELEGRAM: 8, Channel.MAIL: 2, Channel.EVENT: 2}
"""How many rows of a channel are in flight at a time: thousands of waiting tasks cost more than they send."""
_OF_THE_LEASE = 0.8
"""After so much of it an attempt is broken off, since another worker may take the row over soon."""
_DATABASE_REST = timedelta(seconds=5)
_SETTLE_AGAIN_SECONDS = 1.0


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
        tick: timedelta = TICK,
    ) -> None:
        """Send with `senders`, of which a channel without one is left alone, and do the `chores`."""
        self._outbox = outbox
        self._lanes = [Lane(outbox, channel, sender, clock, vitals) for channel, sender in senders.items()]
        self._chores = chores
        self._ticker = ticker
        self._clock = clock
        self._vitals = vitals
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
        self._vitals.ticked(self._clock.now())
        for channel in Channel:
            self._outbox.bell(channel).set()


class Lane:
    """The senders of one channel."""

    def __init__(
        self, outbox: Outbox, channel: Channel, sender: Sender, clock: Clock, vitals: Vitals
    ) -> None:
        """Send the rows of `channel` with `sender`."""
        self._outbox = outbox
        self._channel = channel
        self._sender = sender
        self._clock = clock
        self._vitals = vitals
        self._width = WIDTH[channel]
        self._sending: set[asyncio.Task[None]] = set()
        self._rest_until = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Claim and send until `stop` is set, and finish what is in flight."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                await self._fill()
                await self._something_happens(stopped)
        finally:
            stopped.cancel()
            await self._finish()

    async def _fill(self) -> None:
        """Claim as many rows as there are free senders."""
        self._outbox.bell(self._channel).clear()
        free = self._width - len(self._sending)
        if free == 0 or self._rest_left() > 0:
            return
        try:
            claimed = await self._outbox.claim(self._channel, free)
        except Exception:  # noqa: BLE001 - the database may be away for a while
            _log.exception("outbox_not_read", channel=self._channel.value)
            self._rest(_DATABASE_REST)
            return
        for row in claimed:
            task = asyncio.create_task(self._handle(row), name=f"send:{self._channel.value}:{row.id}")
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _something_happens(self, stopped: "asyncio.Task[bool]") -> None:
        """Wait until a sender is free, the bell rings, the rest is over, or the end has come."""
        rung = asyncio.create_task(self._outbox.bell(self._channel).wait())
        try:
            await asyncio.wait(
                {*self._sending, rung, stopped},
                timeout=self._rest_left() or None,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            rung.cancel()

    async def _finish(self) -> None:
        if not self._sending:
            return
        _, late = await asyncio.wait(self._sending, timeout=GRACE_SECONDS)
        for task in late:
            _log.warning("sending_broken_off", task=task.get_name())
            task.cancel()

    async def _handle(self, row: Claimed) -> None:
        outcome = await self._send(row)
        self._vitals.settled(self._channel, outcome.result)
        if outcome.rest is not None:
            self._rest(outcome.rest)
        if outcome.result is not Result.SENT:
            # What is no longer true is rightly not sent: that is no reason to worry.
            log = _log.info if outcome.result is Result.OBSOLETE else _log.warning
            log(
                "not_sent",
                channel=self._channel.value,
                row=row.id,
                result=outcome.result.name.lower(),
                reason=outcome.reason,
                attempts=row.attempts,
            )
        await self._settle(row, outcome)

    async def _send(self, row: Claimed) -> Outcome:
        seconds = (row.until - self._clock.now()).total_seconds() * _OF_THE_LEASE
        try:
            async with asyncio.timeout(seconds) as limit:
                return await self._sender.send(row)
        except UnreadablePayload as error:
            # A newer release shares the database, or wrote this before it was taken back: the row waits for one that
            # can read it, and has failed with this reason when none came.
            return Outcome(Result.RETRY, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the row is kept
            if limit.expired():
                return Outcome(Result.UNKNOWN, "it took too long: it may have arrived")
            _log.exception("sender_failed", channel=self._channel.value, row=row.id)
            return Outcome(Result.RETRY, f"the sender failed: {type(error).__name__}")

    async def _settle(self, row: Claimed, outcome: Outcome) -> None:
        """Store the outcome, also if the database is away for a moment: what is not stored is sent again."""
        while True:
            try:
                stored = await self._outbox.settle(row, outcome)
            except Exception:  # noqa: BLE001 - the database may be away for a while
                if self._clock.now() >= row.until:
                    _log.exception("outcome_lost", channel=self._channel.value, row=row.id)
                    return
                await asyncio.sleep(_SETTLE_AGAIN_SECONDS)
            else:
                if not stored:
                    _log.warning("taken_over_meanwhile", channel=self._channel.value, row=row.id)
                return

    def _rest(self, length: timedelta) -> None:
        until = asyncio.get_running_loop().time() + length.total_seconds()
        self._rest_until = max(self._rest_until, until)

    def _rest_left(self) -> float:
        return max(self._rest_until - asyncio.get_running_loop().time(), 0)
