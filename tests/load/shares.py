"""What the processor's time of a tap is made of: ``python -m tests.load.shares``.

The real `run`, with a clock of the processor in it that looks who holds the interpreter, is tapped by 32 people as in
`tests.load.taps`; aiogram-dialog's default beside it is not looked into. To look costs a little: compare the shares.
"""

import asyncio
import json
import os
import signal
from pathlib import Path

from rich.console import Console

from tests.load.stage.alone import alone
from tests.load.stage.contenders import contender
from tests.load.stage.paper import figures
from tests.load.stage.preparing import Ground, new_sqlite, prepare
from tests.load.taps.rounds import Round, Tapping

TAPS, PEOPLE = 2000, 32
_LEAST = 0.01
"""Shares below are told together."""


async def measure(
    folder: Path, taps: int = TAPS, people: int = PEOPLE
) -> tuple[Round, dict[str, float], dict[str, float]]:
    """One round, the shares of packages in the main thread (1 in all), and milliseconds of each thread for a tap."""
    ground, out = Ground(new_sqlite(folder)), folder / "samples.json"
    cast = await prepare(ground, people)
    command = ("tests.load.stage.sampled", str(out), "run")
    async with contender("rinnovo", folder, cast, ground.environment(), command=command) as bot:
        tapping = await Tapping.begin(bot, people)
        await tapping.taps(people * 4, people)
        os.kill(bot.pid, signal.SIGUSR1)
        one = await tapping.round(taps, people)
        os.kill(bot.pid, signal.SIGUSR1)
        async with asyncio.timeout(10):
            while not out.exists() or not out.stat().st_size:
                await asyncio.sleep(0.1)
    found = json.loads(out.read_text(encoding="utf-8"))
    total = sum(found["samples"].values())
    shares = {name: number / total for name, number in found["samples"].items()}
    threads = {name: seconds / taps * 1000 for name, seconds in found["threads"].items()}
    return one, shares, threads


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    one, shares, threads = await measure(folder)
    table = figures(f"Threads, {PEOPLE} people at once, SQLite", "ms of a tap", "share")
    for name, milliseconds in threads.items():
        table.add_row(name, f"{milliseconds:.2f}", f"{milliseconds / one.cpu:.0%}")
    console.print(table)
    table = figures("Who holds the interpreter in the main thread", "share")
    for name, share in shares.items():
        if share >= _LEAST:
            table.add_row(name, f"{share:.1%}")
    table.add_row("others", f"{sum(share for share in shares.values() if share < _LEAST):.1%}")
    console.print(table)


if __name__ == "__main__":
    alone(bench)
