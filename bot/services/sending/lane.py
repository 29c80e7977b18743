"""The senders of one channel: rows are claimed and judged some at a time, leave as they may, and are noted together.

Two things go on side by side. One claims what is due and has it judged, ahead of what leaves; the other lets what is
ready leave in handfuls, as many as the ceiling has places for, and stores what became of a handful in one transaction.
What nobody waits for (`bulk`) never stands before anything else; what somebody waits for leaves also while people who
talk take all places.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import takewhile
from typing import Final

import structlog

from bot.clock import Clock
from bot.messages import UnreadablePayload
from bot.services.sending.ceiling import Places
from bot.services.sending.outbox import Channel, Claimed, Judge, Leave, Outbox, Outcome, Ready, Result, Sender
from bot.services.vitals import Vitals

_log = structlog.get_logger(__name__)

GRACE_SECONDS: Final = 20.0
"""How long a stop waits for what is being sent."""
WIDTH: Final = {Channel.TELEGRAM: 16, Channel.MAIL: 2, Channel.EVENT: 2}
"""How many rows of a channel are in flight at a time: thousands of waiting tasks cost more than they send."""
AHEAD: Final = {Channel.TELEGRAM: 40, Channel.MAIL: 6, Channel.EVENT: 2}
"""How many rows are held ready, where a sender judges; a second's worth of them is claimed and judged together."""
_AGAIN: Final = 4
"""The next are claimed when no more than one in so many is left: the more at once, the less each of them costs."""
_PRESSING: Final = 4
"""So many that somebody waits for are looked for whenever something is written: all that is ready may be bulk."""
_OF_THE_LEASE: Final = 0.8
"""After so much of it an attempt is broken off, since another worker may take the row over soon."""
_STALE_SECONDS: Final = 15.0
"""What was judged longer ago is judged again before it leaves."""
_LEASE_LEFT: Final = timedelta(milliseconds=250)
"""Nothing is begun with less of its lease left."""
_DATABASE_REST: Final = timedelta(seconds=5)
_SETTLE_AGAIN_SECONDS: Final = 1.0
_TOGETHER_SECONDS: Final = 0.1
"""How long the first answer of a handful waits to be stored with the last."""


class Lane:
    """One channel of one worker."""

    def __init__(
        self,
        outbox: Outbox,
        channel: Channel,
        sender: Sender,
        clock: Clock,
        vitals: Vitals,
        places: Places | None = None,
    ) -> None:
        """Send the rows of `channel` with `sender`, each in one of the `places`; without them there is no ceiling."""
        self._outbox = outbox
        self._channel = channel
        self._sender = sender
        self._clock = clock
        self._vitals = vitals
        self._places = places
        self._judge = sender if isinstance(sender, Judge) else None
        self._width, self._ahead = WIDTH[channel], AHEAD[channel]
        self._ready: list[_Waiting] = []
        self._in_flight = 0
        self._handfuls: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._work = asyncio.Event()
        self._stopping = False
        self._rest_until = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Claim and send until `stop` is set, and finish what is in flight; what was only claimed is let go."""
        filling = asyncio.create_task(self._keep_filled(), name=f"fill:{self._channel.value}")
        leaving = asyncio.create_task(self._let_leave(), name=f"leave:{self._channel.value}")
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({filling, leaving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping = True
            self._room.set()
            leaving.cancel()
            stopped.cancel()
            await asyncio.wait({filling, leaving})
            await self._let_go(self._ready)
            await self._finish()
        for each in (filling, leaving):
            if not each.cancelled():
                each.result()  # neither ends by itself, unless by a mistake of ours

    # What is claimed and judged

    async def _keep_filled(self) -> None:
        bell = self._outbox.bell(self._channel)
        while not self._stopping:
            rung = bell.is_set()
            bell.clear()
            self._room.clear()
            # What has waited for long need not be true any more, and keeps others of its chat from being claimed.
            await self._let_go([each for each in self._ready if self._is_stale(each)])
            room = self._room_for(pressing=rung)
            if room > 0 and self._rest_left() <= 0 and await self._fill(room):
                continue
            await self._something_happens(bell)

    def _room_for(self, *, pressing: bool) -> int:
        """How many rows may be claimed now."""
        if self._judge is None:
            return self._width - self._in_flight - len(self._ready)
        if not self._is_full():
            return self._ahead - len(self._ready)
        return _PRESSING if pressing and len(self._ready) < 2 * self._ahead else 0

    def _is_full(self) -> bool:
        """Whether nothing is wanted but what somebody waits for."""
        return self._judge is not None and len(self._ready) > self._ahead // _AGAIN

    async def _fill(self, room: int) -> bool:
        """Claim up to `room` rows and have them judged; whether there were any."""
        try:
            claimed = await self._outbox.claim(self._channel, room, bulk=not self._is_full())
        except Exception:  # noqa: BLE001 - the database may be away for a while
            _log.exception("outbox_not_read", channel=self._channel.value)
            self._rest(_DATABASE_REST)
            return False
        for row in claimed:
            if row.chat_rests and self._places is not None:
                self._places.rest(row.chat_id, row.chat_rests)
        known: list[tuple[Claimed, Outcome]] = []
        for each in await self._judged(claimed):
            if isinstance(each.leave, Outcome):
                known.append((each.claimed, each.leave))
            else:
                self._ready.append(_Waiting(each.claimed, each.leave))
        self._ready.sort(key=lambda each: each.row.bulk)
        self._work.set()
        if self._places is not None:
            self._places.look()
        if known:
            await self._store(known)
        return bool(claimed)

    async def _judged(self, claimed: Sequence[Claimed]) -> Sequence[Ready]:
        if self._judge is None or not claimed:
            return [Ready(row, partial(self._sender.send, row)) for row in claimed]
        try:
            return await self._judge.judge(claimed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the rows are kept
            _log.exception("judging_failed", channel=self._channel.value, rows=len(claimed))
            failed = Outcome(Result.RETRY, f"it could not be judged: {type(error).__name__}")
            return [Ready(row, failed) for row in claimed]

    async def _something_happens(self, bell: asyncio.Event) -> None:
        """Wait until there is room, the bell rings, or the rest is over."""
        waiting = [asyncio.create_task(event.wait()) for event in (bell, self._room)]
        try:
            await asyncio.wait(
                waiting, timeout=self._rest_left() or None, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for each in waiting:
                each.cancel()

    # What leaves

    async def _let_leave(self) -> None:
        while True:
            self._work.clear()
            if self._rest_left() > 0 and self._ready:
                await self._let_go(self._ready)  # how long it rests, nobody knows: it is judged anew
            soon = min((self._free_in(each) for each in self._ready), default=None)
            if soon is None or soon > 0 or self._in_flight >= self._width:
                await self._more_work(soon or None)
                continue
            most = min(self._width - self._in_flight, sum(self._free_in(each) <= 0 for each in self._ready))
            taken = most if self._places is None else await self._places.push(most, self._pressing)
            await self._let_go([each for each in self._ready if self._is_stale(each)])
            rows = [each for each in self._ready if self._free_in(each) <= 0][:taken]
            for _ in range(taken - len(rows)):
                self._left(None)
            if rows:
                self._ready = [each for each in self._ready if each not in rows]
                self._in_flight += len(rows)
                task = asyncio.create_task(self._handful(rows), name=f"send:{self._channel.value}")
                self._handfuls.add(task)
                task.add_done_callback(self._handfuls.discard)
            self._room.set()

    def _pressing(self) -> int:
        """How many might leave now that somebody waits for; bulk is last in the row."""
        waited_for = takewhile(lambda each: not each.row.bulk, self._ready)
        return sum(self._free_in(each) <= 0 for each in waited_for)

    async def _more_work(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._work.wait()
        except TimeoutError:
            return

    def _free_in(self, each: "_Waiting") -> float:
        """Seconds until the chat may have its next message."""
        return 0.0 if self._places is None else self._places.free_in(each.row.chat_id)

    def _is_stale(self, each: "_Waiting") -> bool:
        old = asyncio.get_running_loop().time() - each.since > _STALE_SECONDS
        return old or self._is_over(each.row)

    def _is_over(self, row: Claimed) -> bool:
        return row.until - self._clock.now() < _LEASE_LEFT

    async def _let_go(self, rows: Sequence["_Waiting"]) -> None:
        """Rows that do not leave now are due again, for any worker; without a database their leases just end."""
        if not rows:
            return
        let_go = [each.row for each in rows]
        self._ready = [each for each in self._ready if each.row not in let_go]
        self._room.set()
        try:
            await self._outbox.give_back(let_go)
        except Exception:  # noqa: BLE001 - the database may be away for a while
            _log.exception("not_given_back", channel=self._channel.value, rows=len(let_go))

    async def _handful(self, rows: Sequence["_Waiting"]) -> None:
        """Send these at once, and store together what came back together."""
        if all(each.row.bulk for each in rows):
            await self._vitals.answering.give_way()
        sending = {asyncio.create_task(self._send(each)): each.row for each in rows}
        try:
            while sending:
                done, _ = await asyncio.wait(sending, timeout=_TOGETHER_SECONDS)
                if not done:
                    done, _ = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
                await self._store([(sending.pop(task), task.result()) for task in done])
                self._in_flight -= len(done)
                self._work.set()
                self._room.set()
        finally:
            for task in sending:
                task.cancel()

    async def _send(self, each: "_Waiting") -> Outcome:
        row = each.row
        if self._is_over(row):
            # It stood still after it was looked at, and another worker may have the row by now.
            self._left(None)
            return Outcome(Result.RETRY, "its lease was over before it left")
        seconds = (row.until - self._clock.now()).total_seconds() * _OF_THE_LEASE
        try:
            async with asyncio.timeout(seconds) as limit:
                return await each.leave()
        except UnreadablePayload as error:
            # A newer release shares the database, or wrote this before it was taken back: the row waits for one that
            # can read it, and has failed with this reason when none came.
            return Outcome(Result.RETRY, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the row is kept
            if limit.expired():
                return Outcome(Result.UNKNOWN, "it took too long: it may have arrived")
            _log.exception("sender_failed", channel=self._channel.value, row=row.id)
            return Outcome(Result.RETRY, f"the sender failed: {type(error).__name__}")
        finally:
            self._left(row.chat_id)

    def _left(self, chat_id: int | None) -> None:
        if self._places is not None:
            self._places.pushed(chat_id)

    async def _store(self, settled: Sequence[tuple[Claimed, Outcome]]) -> None:
        """Store what became of rows, also if the database is away for a moment: what is not stored is sent again."""
        for row, outcome in settled:
            self._judge_outcome(row, outcome)
        left = list(settled)
        while left:
            try:
                lost = await self._outbox.settle_all(left)
            except Exception:  # noqa: BLE001 - the database may be away for a while
                now = self._clock.now()
                for row, _ in left:
                    if now >= row.until:
                        _log.exception("outcome_lost", channel=self._channel.value, row=row.id)
                left = [(row, outcome) for row, outcome in left if now < row.until]
                await asyncio.sleep(_SETTLE_AGAIN_SECONDS)
            else:
                for row in lost:
                    _log.warning("taken_over_meanwhile", channel=self._channel.value, row=row.id)
                return

    def _judge_outcome(self, row: Claimed, outcome: Outcome) -> None:
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

    async def _finish(self) -> None:
        if not self._handfuls:
            return
        _, late = await asyncio.wait(self._handfuls, timeout=GRACE_SECONDS)
        for task in late:
            _log.warning("sending_broken_off", task=task.get_name())
            task.cancel()
        if late:
            await asyncio.wait(late)

    def _rest(self, length: timedelta) -> None:
        until = asyncio.get_running_loop().time() + length.total_seconds()
        self._rest_until = max(self._rest_until, until)
        self._work.set()

    def _rest_left(self) -> float:
        return max(self._rest_until - asyncio.get_running_loop().time(), 0)


class _Waiting:
    """A row that is ready to leave, and since when."""

    __slots__ = ("leave", "row", "since")

    def __init__(self, row: Claimed, leave: Leave) -> None:
        self.row = row
        self.leave = leave
        self.since = asyncio.get_running_loop().time()
