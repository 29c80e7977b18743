"""What `run` holds in memory: ``python -m tests.load.memory``; ``MEMORY_TAPS=1000`` makes it shorter.

Beside its imports alone, once it has started, and while a thousand people tap, each a few times: nothing that belongs
to a chat may stay.
"""

import asyncio
import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.load.stage.alone import alone
from tests.load.stage.children import bare_environment
from tests.load.stage.contenders import Contender, contender
from tests.load.stage.kernel import resident_mib
from tests.load.stage.paper import figures
from tests.load.stage.phones import Phone
from tests.load.stage.preparing import Ground, new_sqlite, prepare

TAPS = int(os.environ.get("MEMORY_TAPS", "10000"))
PEOPLE = 1000
TAPS_OF_ONE = 10
_AT_ONCE = 32
_IMPORTS = """
import bot.__main__, bot.cli, bot.running.process, bot.settings, bot.watching.logs, bot.watching.observing
from pathlib import Path
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line))
"""
"""What the command `run` imports (`bot.commands.serve`), and no more."""


def imported_mib(folder: Path) -> float:
    """What a process holds that has imported what `run` imports, in MiB."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _IMPORTS], cwd=folder, env=bare_environment(), check=True, capture_output=True
    )
    return int(done.stdout) / 1024


class Crowd:
    """Many people, of whom a few tap at once, in turn."""

    def __init__(self, bot: Contender) -> None:
        """Nobody has sat down yet."""
        self._bot = bot
        self._waiting: deque[tuple[int, Phone]] = deque()
        self.tapped = 0

    async def sit_down(self, people: int) -> None:
        """Let everybody open the first screen."""
        numbers = iter(range(people))

        async def some() -> None:
            for number in numbers:
                self._waiting.append((number, await self._bot.sit_down(number)))

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))

    async def tap(self, until: int) -> None:
        """Tap until there were so many taps in all, whoever has waited longest first."""

        async def some() -> None:
            while self.tapped < until and self._waiting:
                number, phone = self._waiting.popleft()
                self.tapped += 2
                await self._bot.to_and_fro(number, phone)
                self._waiting.append((number, phone))

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))
        await self._bot.phones.rest()


async def measure(folder: Path, taps: int = TAPS) -> Sequence[tuple[str, float]]:
    """Start `run`, let people tap, and look at its memory now and then, in MiB."""
    people, ground = min(PEOPLE, max(1, taps // TAPS_OF_ONE)), Ground(new_sqlite(folder))
    looks = [("its imports alone", imported_mib(folder))]
    cast = await prepare(ground, people)
    async with contender("rinnovo", folder, cast, ground.environment()) as bot:
        looks.append(("started", resident_mib(bot.pid)))
        crowd = Crowd(bot)
        await crowd.sit_down(people)
        for until in (taps // 10, taps // 2, taps):
            await crowd.tap(until)
            looks.append((f"after {until:,} taps of {people:,} people", resident_mib(bot.pid)))
    return looks


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    looks = await measure(folder)
    table = figures("Memory of run, SQLite", "MiB", "/ imports", "more than before")
    before = imported = looks[0][1]
    for name, mib in looks:
        table.add_row(name, f"{mib:.1f}", f"{mib / imported:.2f}", f"{mib - before:+.1f}")
        before = mib
    console.print(table)


if __name__ == "__main__":
    alone(bench)
