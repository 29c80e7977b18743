"""How fast the ground is: transactions and taps a second, on a throw-away SQLite file. ``make bench`` runs it."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables_ground import SeenUpdateRow
from bot.db.upgrade import upgrade
from tests.support.counting import Chat

WARM_UP = 50
TIMES = 2000
IN_PARALLEL = 32


async def measure(times: int, work: Callable[[int], Awaitable[object]]) -> tuple[float, float, float]:
    """Run ``work`` so many times, some in parallel; return how many a second, and p50 and p99 in milliseconds."""
    numbers = count()
    durations: list[float] = []

    async def worker() -> None:
        while (number := next(numbers)) < times:
            begun = time.perf_counter()
            await work(number)
            durations.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(IN_PARALLEL)))
    elapsed = time.perf_counter() - begun
    durations.sort()
    return times / elapsed, durations[times // 2] * 1000, durations[times * 99 // 100] * 1000


async def bench(folder: Path) -> Table:
    """Measure writes, reads and taps."""
    url = f"sqlite:///{folder / 'bench.db'}"
    await upgrade(url)
    database = Database(url, KeyRing([KeyRing.new_key()]))
    await database.start()
    clock = SystemClock()

    async def write(number: int) -> None:
        async with database.write() as session:
            session.add(SeenUpdateRow(bot_id=1, update_id=number, seen_at=clock.now()))

    async def read(number: int) -> None:
        async with database.read() as session:
            await session.get(SeenUpdateRow, (1, number))

    chat = Chat(SqlBacking(database, clock))
    chat.think_seconds = 0
    buttons: list[str] = []
    for user in range(IN_PARALLEL):
        await chat.write("/start", user=1000 + user)
        buttons.append(chat.buttons(user=1000 + user)["add"])

    async def tap(number: int) -> None:
        user = number % IN_PARALLEL
        await chat.press(buttons[user], user=1000 + user)

    table = Table("what", "a second", "p50 ms", "p99 ms", title=f"{IN_PARALLEL} in parallel, SQLite")
    for name, work in (("write transactions", write), ("read transactions", read), ("taps", tap)):
        if work is not write:
            await measure(WARM_UP, work)
        rate, median, slowest = await measure(TIMES, work)
        table.add_row(name, f"{rate:,.0f}", f"{median:.1f}", f"{slowest:.1f}")
    async with database.read() as session:
        seen = await session.scalar(
            select(func.count()).select_from(SeenUpdateRow).where(SeenUpdateRow.bot_id == 42)
        )
    expected = IN_PARALLEL + WARM_UP + TIMES
    await database.dispose()
    if seen != expected or len(chat.saw) != WARM_UP + TIMES:
        raise RuntimeError(f"{seen} updates were stored instead of {expected}")
    return table


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        Console().print(asyncio.run(bench(Path(folder))))


if __name__ == "__main__":
    main()
