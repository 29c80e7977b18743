"""What places left free for talk gain and cost, in a model: ``python -m tests.load.headroom``, some seconds.

A bot that takes no time, under Telegram's 30 messages within any second, pushes whatever it may and leaves so many
places free for 20 people who tap. The real bot cannot do better than this one: it shows which of two wishes, all of the
ceiling and nobody who waits, has to give (docs/decisions/020).
"""

import heapq
from collections import deque
from dataclasses import dataclass
from random import Random

from rich.table import Table

from bot.services.sending.ceiling import CEILING
from tests.load.stage.paper import figures, paper

TALKERS, SECONDS = 20, 400.0
PAUSES = ((1.0, 1.0), (1.0, 1.5), (1.0, 3.0))
"""Seconds between an answer and the next tap, from and to; Telegram takes one message a second in a chat."""
_STEP, _WINDOW, _ANSWERED = 0.0005, 1.0, 0.007
_WAITED = 0.001
_MS = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What a second held, of the ceiling; the part of the taps that waited; the 95th percentile of waits, in ms."""

    share: float
    waited: float
    p95: float


def play(free: int, shortest: float, longest: float) -> Told:
    """Let people tap beside endless reminders, with so many places left free for them."""
    chance, window, waiting = Random(1), deque[float](), deque[float]()  # noqa: S311 - no secret
    taps = [chance.uniform(0, longest) for _ in range(TALKERS)]
    heapq.heapify(taps)
    waits: list[float] = []
    said = 0
    for step in range(int(SECONDS / _STEP)):
        now = step * _STEP
        while window and window[0] <= now - _WINDOW:
            window.popleft()
        while taps and taps[0] <= now:
            waiting.append(heapq.heappop(taps))
        while waiting and len(window) < CEILING:
            waits.append(now - waiting.popleft())
            heapq.heappush(taps, now + _ANSWERED + chance.uniform(shortest, longest))
            window.append(now)
            said += 1
        if not waiting and len(window) < CEILING - free:
            window.append(now)
            said += 1
    waits.sort()
    return Told(
        said / SECONDS / CEILING,
        sum(each > _WAITED for each in waits) / len(waits),
        waits[len(waits) * 95 // 100] * _MS,
    )


def table() -> Table:
    """Each kind of pause with one to six places left free."""
    drawn = figures(f"{TALKERS} people beside endless reminders", "free", f"of {CEILING}", "waited", "p95 ms")
    for shortest, longest in PAUSES:
        for free in range(1, 7):
            told = play(free, shortest, longest)
            name = f"{shortest:.1f} to {longest:.1f} s between taps"
            drawn.add_row(name, f"{free}", f"{told.share:.1%}", f"{told.waited:.1%}", f"{told.p95:.0f}")
    return drawn


if __name__ == "__main__":
    paper().print(table())
