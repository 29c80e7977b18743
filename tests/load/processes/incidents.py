"""What happens to the processes and to what they need, one thing after the other, while people tap."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.services.sending.outbox import LEASE
from tests.load.processes.bots import WORKERS, Bots
from tests.load.processes.pushed import Pushed
from tests.load.processes.servers import Postgresql, Redis
from tests.load.processes.tappers import Counts

_SETTLES = 4.0
"""Seconds that people go on tapping after something has happened."""
_AWAY = 3.0
"""Seconds for which something is gone."""
_STILL = 8.0
"""Seconds for which something stands still."""

_BEYOND_LEASE = LEASE.total_seconds() + 10.0


@dataclass(frozen=True, slots=True)
class Passed:
    """One that is over: how long it lasted until all was there again, and the longest wait of a tap made meanwhile.

    `made` is when that tap was made, in seconds from the beginning.
    `after` is the longest wait counted from when all was there again: what nobody could answer before is not held
    against those who answer.
    """

    name: str
    seconds: float
    longest: float
    made: float
    after: float
    sigterm: float | None = None


class Incidents:
    """All of them."""

    def __init__(
        self, bots: Bots, postgresql: Postgresql, redis: Redis | None, counts: Counts, pushed: Pushed
    ) -> None:
        """Let them happen to these."""
        self._bots = bots
        self._postgresql = postgresql
        self._redis = redis
        self._counts = counts
        self._pushed = pushed
        self.passed: list[Passed] = []

    async def happen(self) -> None:
        """One after the other."""
        await self._happens("a web is killed", self._kill_web, away=False)
        await self._happens("a web stands still", self._freeze_web, away=False)
        await self._happens("a web is restarted", lambda: self._restart("web-a"), away=False)
        await self._happens("the other one is, too", lambda: self._restart("web-b"), away=False)
        for name in WORKERS * 2:
            await self._happens("a worker is killed", lambda name=name: self._kill_worker(name), away=False)  # type: ignore[misc]
        await self._happens("a worker stands still beyond its lease", self._freeze_worker, away=False)
        for name in WORKERS:
            await self._happens("a worker is restarted", lambda name=name: self._restart(name), away=False)  # type: ignore[misc]
        if self._redis is not None:
            redis = self._redis
            await self._happens("Redis is killed", lambda: _gone(redis))
            await self._happens("Redis stands still", lambda: _still(redis))
        await self._happens("PostgreSQL crashes", lambda: _gone(self._postgresql))
        await self._happens("PostgreSQL is restarted", self._restart_postgresql)
        await self._happens("PostgreSQL stands still", lambda: _still(self._postgresql))

    async def _happens(
        self, name: str, act: Callable[[], Awaitable[float | None]], *, away: bool = True
    ) -> None:
        await self._pushed.burst()
        begun = time.monotonic()
        sigterm = await act()
        over = time.monotonic()
        await asyncio.sleep(_SETTLES)
        while any(each <= over for each in self._under_way()):
            await asyncio.sleep(0.1)
        meanwhile = [(made, made + took) for made, took in self._counts.waits if made + took >= begun]
        longest, made = max(((end - max(made, begun), made) for made, end in meanwhile), default=(0.0, begun))
        after = max((end - max(made, over) for made, end in meanwhile), default=0.0) if away else longest
        self.passed.append(Passed(name, over - begun, longest, made - begun, after, sigterm))

    def _under_way(self) -> list[float]:
        return [each for each in self.under_way() if each is not None]

    under_way: Callable[[], list[float | None]] = staticmethod(list)
    """When the taps were made that nobody has answered; whoever knows the people says so."""

    async def _kill_web(self) -> None:
        await self._bots.end("web-a", signal.SIGKILL)
        await asyncio.sleep(_AWAY)
        await self._bots.start("web-a")

    async def _freeze_web(self) -> None:
        number = self._bots.number("web-b")
        os.kill(number, signal.SIGSTOP)
        await asyncio.sleep(_STILL * 2)
        os.kill(number, signal.SIGCONT)

    async def _kill_worker(self, name: str) -> None:
        begun = time.monotonic()
        await self._bots.end(name, signal.SIGKILL)
        self._pushed.severed(begun, time.monotonic())
        await self._bots.start(name)

    async def _freeze_worker(self) -> None:
        begun, number = time.monotonic(), self._bots.number(WORKERS[1])
        os.kill(number, signal.SIGSTOP)
        await asyncio.sleep(_BEYOND_LEASE)
        os.kill(number, signal.SIGCONT)
        self._pushed.severed(begun, begun)

    async def _restart(self, name: str) -> float:
        seconds = await self._bots.end(name)
        await self._bots.start(name)
        return seconds

    async def _restart_postgresql(self) -> None:
        await self._postgresql.stop()
        await self._postgresql.start()


async def _gone(server: Postgresql | Redis) -> None:
    await server.crash()
    await asyncio.sleep(_AWAY)
    await server.start()


async def _still(server: Postgresql | Redis) -> None:
    server.freeze()
    await asyncio.sleep(_STILL)
    server.thaw()
