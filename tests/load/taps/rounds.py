"""Rounds of taps: contenders one after the other, again and again, so that a busy minute meets them all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from time import perf_counter

from tests.load.stage.contenders import Contender
from tests.load.stage.kernel import cpu_seconds
from tests.load.stage.phones import Phone

_MS = 1000


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of one contender came to; milliseconds, except where it says otherwise."""

    cpu: float
    """Processor time of a tap in the bot's process."""
    p50: float
    p99: float
    a_second: float
    """Taps a second."""
    telegram: float
    """The share of the round, 0 to 1, that Telegram's process was at work: near 1, it held the bot up."""
    calls: dict[str, float]
    """Calls of the Bot API for each tap, by method."""


def medians(rounds: Sequence[Round]) -> Round:
    """The median of each figure."""
    return Round(
        cpu=median(each.cpu for each in rounds),
        p50=median(each.p50 for each in rounds),
        p99=median(each.p99 for each in rounds),
        a_second=median(each.a_second for each in rounds),
        telegram=median(each.telegram for each in rounds),
        calls={name: median(each.calls.get(name, 0) for each in rounds) for name in rounds[0].calls},
    )


class Tapping:
    """People around one contender, who have the first screen before them."""

    def __init__(self, contender: Contender, phones: Sequence[Phone]) -> None:
        """Let `phones` tap."""
        self._contender = contender
        self._phones = phones
        self.tapped = 0
        """Taps so far."""

    @classmethod
    async def begin(cls, contender: Contender, people: int) -> "Tapping":
        """Let so many people sit down."""
        return cls(contender, [await contender.sit_down(number) for number in range(people)])

    async def taps(self, taps: int, people: int) -> list[float]:
        """Tap `taps` times in all, `people` at once; how many seconds each took."""
        turns = count()
        seconds: list[float] = []

        async def tap(number: int, phone: Phone) -> None:
            while next(turns) * 2 < taps:
                seconds.extend(await self._contender.to_and_fro(number, phone))

        await asyncio.gather(*(tap(number, phone) for number, phone in enumerate(self._phones[:people])))
        self.tapped += len(seconds)
        return seconds

    async def round(self, taps: int, people: int) -> Round:
        """Tap and measure.

        Raises:
            RuntimeError: a call of the bot was refused, or something else than the screens was shown.
        """
        phones, pid = self._contender.phones, self._contender.pid
        await phones.rest()
        before, cpu, begun = await phones.ledger(), cpu_seconds(pid), perf_counter()
        seconds = await self.taps(taps, people)
        elapsed = perf_counter() - begun
        await phones.rest()
        after, cpu = await phones.ledger(), cpu_seconds(pid) - cpu
        if refused := {k: v for k, v in after["refused"].items() if v != before["refused"].get(k)}:
            raise RuntimeError(f"{self._contender.name} was refused {refused}")
        seconds.sort()
        return Round(
            cpu=cpu / len(seconds) * _MS,
            p50=seconds[len(seconds) // 2] * _MS,
            p99=seconds[len(seconds) * 99 // 100] * _MS,
            a_second=len(seconds) / elapsed,
            telegram=(after["cpu"] - before["cpu"]) / elapsed,
            calls={
                name: (number - before["calls"].get(name, 0)) / len(seconds)
                for name, number in after["calls"].items()
                if number != before["calls"].get(name, 0)
            },
        )
