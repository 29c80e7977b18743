"""How long a command takes that has little to do, against importing Typer alone: ``python -m tests.load.starts``.

Rounds alternate; medians are printed. The commands look at a database without a row.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console

from tests.load.stage.alone import alone
from tests.load.stage.children import bare_environment
from tests.load.stage.paper import figures
from tests.load.stage.preparing import Ground, new_sqlite

ROUNDS = 7
_BASE = "import typer"
_COMMANDS = {
    _BASE: ("-c", "import typer"),
    "--help": ("-m", "bot", "--help"),
    "orders": ("-m", "bot", "orders"),
    "payments review": ("-m", "bot", "payments", "review"),
    "reminders due": ("-m", "bot", "reminders", "due"),
    "run --help": ("-m", "bot", "run", "--help"),
}
_MS = 1000


def once(words: tuple[str, ...], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run Python with these words; seconds until its end, and seconds of the processor.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    before, begun = os.times(), perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *words], cwd=folder, env=environment, check=True, capture_output=True
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return perf_counter() - begun, used


async def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """The medians of each command: seconds until its end, and of the processor."""
    ground = Ground(new_sqlite(folder))
    async with ground.open():
        pass
    environment = bare_environment(**ground.environment())
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in _COMMANDS}
    for words in _COMMANDS.values():
        await asyncio.to_thread(once, words, folder, environment)  # what is compiled is kept
    for _ in range(rounds):
        for name, words in _COMMANDS.items():
            found[name].append(await asyncio.to_thread(once, words, folder, environment))
    return {
        name: (median(one[0] for one in several), median(one[1] for one in several))
        for name, several in found.items()
    }


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    found = await measure(folder)
    base = found[_BASE]
    table = figures("Commands", "ms", "/ import typer", "CPU ms", "/ import typer")
    for name, (elapsed, used) in found.items():
        table.add_row(
            name,
            f"{elapsed * _MS:.0f}",
            f"{elapsed / base[0]:.1f}",
            f"{used * _MS:.0f}",
            f"{used / base[1]:.1f}",
        )
    console.print(table)


if __name__ == "__main__":
    alone(bench)
