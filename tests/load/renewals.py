"""What a whole renewal costs, from the reminder that the bot pushes to the order: ``python -m tests.load.renewals``.

Every customer has a mailbox that expires in three days, and a chat. The real `run` finds the reminders due when it
starts; each person answers theirs and goes the short way (as it is, for a year), then a few of them the long way, one
after the other, alone. CPU is the kernel's figure for the bot's process, with everything that it does meanwhile.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console

from tests.load.stage.alone import alone
from tests.load.stage.children import Starter, start
from tests.load.stage.contenders import FIRST_CHAT, Contender, contender
from tests.load.stage.kernel import cpu_seconds
from tests.load.stage.paper import figures
from tests.load.stage.phones import Phone, Phones
from tests.load.stage.preparing import (
    Ground,
    catalogue_of_all_hours,
    grounds,
    join,
    prepare,
)
from tests.load.stage.ways import LONG_WAY, SHORT_WAY

AT_ONCE = 32
ALONE = 8
_EXPIRES_IN = 3
"""Days: so near that the reminder does not wait for a working day."""
_REMINDED_WITHIN = 120.0
_PLACED = re.compile(r"^🧾 Ordine \S+ ricevuto$", re.MULTILINE)
"""What the confirmation of an order is headed with."""
_MS = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one person's way cost: milliseconds of the bot's processor, and from the first tap to the order."""

    cpu: float
    p50: float
    p99: float
    taps: int


@dataclass(frozen=True, slots=True)
class Renewals:
    """What came out for one product: `reminded` is the processor's milliseconds for each reminder that left."""

    name: str
    reminded: float
    at_once: Cost
    alone: Cost


async def measure(
    name: str,
    ground: Ground,
    folder: Path,
    at_once: int = AT_ONCE,
    alone: int = ALONE,
    starter: Starter = start,
) -> Renewals:
    """Remind everybody, then let `at_once` people renew at once the short way, and `alone` alone the long way."""
    people = at_once + alone
    cast = await prepare(ground, people, expires_in=_EXPIRES_IN)
    async with ground.open() as (database, surroundings):
        await join(database, surroundings, people)
    chats: list[Phone] = []

    def sit_down(phones: Phones) -> None:
        chats.extend(phones.joined(FIRST_CHAT + number) for number in range(people))

    async with contender(name, folder, cast, ground.environment(), starter, before=sit_down) as bot:
        before = cpu_seconds(bot.pid)
        for chat in chats:
            await bot.phones.hear(chat, _REMINDED_WITHIN)
        await bot.phones.rest()
        reminded = (cpu_seconds(bot.pid) - before) / people * _MS
        together = await _cost(bot, [chats[:at_once]], SHORT_WAY)
        apart = await _cost(bot, [[chat] for chat in chats[at_once:]], LONG_WAY)
    return Renewals(name, reminded, together, apart)


async def _cost(bot: Contender, turns: Sequence[Sequence[Phone]], way: Sequence[str]) -> Cost:
    """Let those of one turn go `way` at once, one turn after the other."""
    before, seconds = cpu_seconds(bot.pid), []
    for phones in turns:
        seconds += await asyncio.gather(*(_go(bot.phones, phone, way) for phone in phones))
    await bot.phones.rest()
    cpu = (cpu_seconds(bot.pid) - before) / len(seconds)
    seconds.sort()
    return Cost(
        cpu * _MS, seconds[len(seconds) // 2] * _MS, seconds[len(seconds) * 99 // 100] * _MS, len(way)
    )


async def _go(phones: Phones, phone: Phone, way: Sequence[str]) -> float:
    begun = perf_counter()
    for label in way:
        await phones.tap(phone, label)
    if not _PLACED.search(phone.now.text):
        raise RuntimeError(f"no order was placed: {phone.now.text}")
    return perf_counter() - begun


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    table = figures(
        "A whole renewal", "reminder", "renewal", "a tap", "p50 ms", "p99 ms",
        caption="reminder, renewal, a tap: ms of the processor; p50, p99: from the first tap to the order",
    )  # fmt: skip
    async with grounds(folder, catalogue_of_all_hours(folder)) as found:
        for name, ground in found.items():
            one = await measure(name, ground, folder)
            for who, cost in ((f"short way, {AT_ONCE} at once", one.at_once), ("long way, alone", one.alone)):
                table.add_row(
                    f"{name}: {who}, {cost.taps} taps", f"{one.reminded:.1f}", f"{cost.cpu:.0f}",
                    f"{cost.cpu / cost.taps:.1f}", f"{cost.p50:.0f}", f"{cost.p99:.0f}",
                )  # fmt: skip
    console.print(table)


if __name__ == "__main__":
    alone(bench)
