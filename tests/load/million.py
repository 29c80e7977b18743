"""What a tap and `/mailboxes` cost beside a million mailboxes of others, and beside a thousand.

``python -m tests.load.million``; ``MANY=100000`` makes it shorter. Two real `run` on SQLite files of their own; rounds
alternate, medians are printed. No reminder is due: only what somebody asks for is measured.
"""

import os
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from statistics import median

from rich.console import Console

from bot.db.keys import KeyRing
from bot.services.reminders.planner import Reminders
from bot.services.vitals import Vitals
from tests.load.stage.alone import alone
from tests.load.stage.contenders import FIRST_CHAT, Contender, contender
from tests.load.stage.kernel import cpu_seconds, quiet
from tests.load.stage.many import fill
from tests.load.stage.paper import figures
from tests.load.stage.preparing import Ground, prepare
from tests.load.taps.rounds import Tapping

FEW, MANY = 1_000, int(os.environ.get("MANY", "1000000"))
ROUNDS = 5
TIMES = 100
"""Taps of a round, and lists asked for in it."""
_MS = 1000


async def start(rows: int, folder: Path, stack: AsyncExitStack) -> Contender:
    """A `run` on a database of so many mailboxes, and two customers more, who have the bot before them."""
    path, key = folder / f"{rows}.db", KeyRing.new_key()
    ground = Ground(f"sqlite:///{path}", key=key)
    async with ground.open() as (database, surroundings):
        # On the first day it looks at every mailbox by the ladder in force: that day is over.
        await Reminders(database, surroundings, Vitals(), mail=False).run()
    fill(path, KeyRing([key]), rows, date.today(), lambda _: None)  # noqa: DTZ011 - any day will do
    cast = await prepare(ground, 2)
    return await stack.enter_async_context(contender(f"{rows:,}", folder, cast, ground.environment()))


async def lists(bot: Contender, times: int) -> float:
    """Let the second customer ask for the list of mailboxes; milliseconds of the processor for each time."""
    phone = bot.phones.phone(FIRST_CHAT + 1)
    before = cpu_seconds(bot.pid)
    for _ in range(times):
        shown = await bot.phones.write(phone, "/mailboxes")
        if bot.cast.people[1].address not in shown.text:
            raise RuntimeError(f"not the list of mailboxes: {shown.text}")
    await bot.phones.rest()
    return (cpu_seconds(bot.pid) - before) / times * _MS


async def measure(folder: Path, rounds: int = ROUNDS, times: int = TIMES) -> dict[str, tuple[float, float]]:
    """The medians for the few and the many: milliseconds of a tap, and of a list."""
    async with AsyncExitStack() as stack:
        bots = [await start(rows, folder, stack) for rows in (FEW, MANY)]
        tapping = {}
        for bot in bots:
            await quiet(bot.pid)
            tapping[bot.name] = await Tapping.begin(bot, 2)
            await tapping[bot.name].taps(times, 1)
            await lists(bot, times // 2)
        taps: dict[str, list[float]] = {bot.name: [] for bot in bots}
        listed: dict[str, list[float]] = {bot.name: [] for bot in bots}
        for _ in range(rounds):
            for bot in bots:
                taps[bot.name].append((await tapping[bot.name].round(times, 1)).cpu)
                listed[bot.name].append(await lists(bot, times))
    return {name: (median(taps[name]), median(listed[name])) for name in taps}


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    found = await measure(folder)
    table = figures("CPU beside the mailboxes of others, SQLite", "a tap, ms", "/mailboxes, ms")
    few, many = found.values()
    for name, (tap, listed) in found.items():
        table.add_row(f"{name} mailboxes", f"{tap:.2f}", f"{listed:.2f}")
    table.add_row("many / few", f"{many[0] / few[0]:.2f}", f"{many[1] / few[1]:.2f}")
    console.print(table)


if __name__ == "__main__":
    alone(bench)
