"""Keeps the places of this process: as many as are its part of those that all processes of the bot have together.

Nothing is asked for a single message. Every now and then each process says what it needs, reads what the others say,
and takes its part of what they have let go of. Who cannot be asked leaves everybody with a safe share: as many as each
would have, were all those that were seen last to send at once.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

import structlog

from bot.db.process_name import process_name
from bot.db.shares import Share, Shares
from bot.services.sending.ceiling.dividing import allowed, divide, is_crowded
from bot.services.sending.ceiling.places import CEILING, Places

_log = structlog.get_logger(__name__)

LEASE: Final = timedelta(seconds=6)
"""For how long nobody takes the places of a process that says nothing; it may be dead, or just slow."""
_GIVE_UP_SECONDS: Final = LEASE.total_seconds() - 2.0
"""After so long without an answer a process keeps to the safe share: the others may take its places soon."""
_UNKNOWN_PROCESSES: Final = 5
"""How many there might be, before anybody was asked."""
_SOON, _OFTEN, _SELDOM = 0.15, 0.5, 2.0
"""Seconds until the next time: while places change hands, while something is sent beside others, and otherwise."""
_ASK_SECONDS: Final = 2.0
_PEAK_SECONDS: Final = 3.0
"""What conversations needed at most in so many seconds is what they need."""


class Sharing:
    """One process's part."""

    def __init__(self, places: Places, shares: Shares) -> None:
        """Give `places` what `shares` lets this process have."""
        self._places = places
        self._shares = shares
        self._process = process_name()
        self._seen: deque[tuple[float, int]] = deque()
        self._processes = _UNKNOWN_PROCESSES
        self._granted = 0
        self._alone = False
        self._settled = True
        self._asked_at = float("-inf")
        places.hold(self._safe_share)

    async def keep(self) -> None:
        """Exchange again and again."""
        while True:
            self._places.heard.clear()
            self._places.wanted.clear()
            await self.exchange()
            await self._some_time()

    async def exchange(self) -> None:
        """Say what is needed here, and take what is this process's part."""
        begun = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                await self._shares.exchange(self._decide, LEASE)
        except Exception as error:  # noqa: BLE001 - database or Redis may be away for a while
            if begun - self._asked_at > _GIVE_UP_SECONDS and self._places.held != self._safe_share:
                _log.warning("ceiling_not_shared", reason=type(error).__name__, places=self._safe_share)
                self._places.others_push, self._places.crowded = True, False
                self._places.hold(self._safe_share)
        else:
            self._asked_at = begun
            self._places.hold(self._granted)

    async def leave(self) -> None:
        """Let go of everything, as the process ends."""
        with suppress(Exception):  # it is forgotten anyway, once its lease is over
            async with asyncio.timeout(_ASK_SECONDS):
                await self._shares.leave(self._process)

    @property
    def _safe_share(self) -> int:
        return max(CEILING // self._processes, 1)

    def _decide(self, all_of_them: Sequence[Share]) -> Share:
        """What this process says of itself, from what all say; nothing changes before it is kept."""
        places = self._places
        others = [share for share in all_of_them if share.process != self._process]
        needed = self._talking() + places.pressing
        me = Share(self._process, 0, needed, places.pushing, places.pause_left)
        self._granted = allowed(me, others)
        if self._granted < places.held:
            # At once: what the others are told is free must not be taken meanwhile.
            places.hold(self._granted)
        self._processes = len(others) + 1
        self._settled = not others or self._granted == divide([*others, me])[self._process]
        self._alone = not others
        places.others_push = any(other.pushing for other in others)
        places.crowded = bool(others) and is_crowded([*others, me])
        if (pause := max((other.pause for other in others), default=0.0)) > places.pause_left:
            places.pause(pause, heard=False)
        # Those that are in use beyond its part cannot be anybody else's yet.
        return Share(me.process, max(self._granted, places.used), me.talking, me.pushing, me.pause)

    def _talking(self) -> int:
        now = asyncio.get_running_loop().time()
        self._seen.append((now, self._places.talk_seen()))
        while now - self._seen[0][0] > _PEAK_SECONDS:
            self._seen.popleft()
        return max(seen for _, seen in self._seen)

    async def _some_time(self) -> None:
        """Wait until the next time; less where somebody needs it sooner."""
        busy = self._places.pushing or any(seen for _, seen in self._seen)
        length = _SELDOM if self._alone or not busy else _OFTEN
        await asyncio.sleep(_SOON)
        if not self._settled:
            return
        sooner = [asyncio.create_task(each.wait()) for each in (self._places.heard, self._places.wanted)]
        try:
            await asyncio.wait(sooner, timeout=length - _SOON, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in sooner:
                task.cancel()


@asynccontextmanager
async def shared_ceiling(places: Places, shares: Shares) -> AsyncIterator[None]:
    """Share the ceiling with the other processes for the length of an `async with` block."""
    sharing = Sharing(places, shares)
    await sharing.exchange()
    keeping = asyncio.create_task(sharing.keep(), name="ceiling")
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})
        await sharing.leave()
        await shares.close()
