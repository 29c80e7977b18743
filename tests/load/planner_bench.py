"""A million mailboxes: the planner's day against a bare SELECT of the same rows, in one run. ``make bench`` runs it.

``PLANNER_ROWS=100000`` makes it shorter. The database is a throw-away SQLite file, filled without the bot.
"""

import asyncio
import os
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import MailboxRow, OutboxRow, ReminderRow
from bot.db.upgrade import upgrade
from bot.domain.reminders import Watched, full_ladder, next_look
from bot.services.reminders.planner import Reminders
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from tests.load.stage.many import fill
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

ROWS = int(os.environ.get("PLANNER_ROWS", "1000000"))
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_MIB = 1024


def peak_mib() -> float:
    """The most memory that this process has had since `forget_peak`."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / _MIB


def forget_peak() -> float:
    """Measure the peak of memory from now on; what the process has now, in MiB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_mib()


def look(left: int) -> date | None:
    """The day on which the planner looks at a mailbox that expires in so many days."""
    catalogue = example_catalogue()
    watched = Watched(TODAY + timedelta(days=left), "pro", False, False, False)  # noqa: FBT003 - a table of days
    return TODAY if left in full_ladder(catalogue.rules) else next_look(watched, (), catalogue, TODAY)


async def bench(folder: Path, console: Console) -> Table:
    """Fill a database, select what is due of it, and plan it."""
    path, keys = folder / "planner.db", KeyRing([KeyRing.new_key()])
    await upgrade(f"sqlite:///{path}")
    surroundings = Surroundings(example_catalogue(), FrozenClock(NOW), ZoneInfo("Europe/Rome"))
    database = Database(f"sqlite:///{path}", keys)
    await database.start()
    try:
        # On the first day it looks at every mailbox by the ladder in force: that day is over.
        await Reminders(database, surroundings, Vitals(), mail=True).run()
        begun = time.perf_counter()
        fill(path, keys, ROWS, TODAY, cache(look))
        console.print(f"{ROWS:,} mailboxes written in {time.perf_counter() - begun:.0f} s")
        return await _measure(database, surroundings)
    finally:
        await database.dispose()


async def _measure(database: Database, surroundings: Surroundings) -> Table:
    bare = (
        select(MailboxRow.id, MailboxRow.customer_id, MailboxRow.expires_on)
        .where(MailboxRow.remind_on <= TODAY)
        .order_by(MailboxRow.remind_on, MailboxRow.customer_id, MailboxRow.id)
    )
    async with database.read() as session:
        begun = time.perf_counter()
        due = len((await session.execute(bare)).all())
        selecting = time.perf_counter() - begun
    reminders = Reminders(database, surroundings, Vitals(), mail=True)
    before, begun = forget_peak(), time.perf_counter()
    messages = await reminders.run()
    planning = time.perf_counter() - begun
    begun = time.perf_counter()
    assert await reminders.run() == 0
    again = time.perf_counter() - begun
    async with database.read() as session:
        told = await session.scalar(select(func.count()).select_from(ReminderRow))
        written = await session.scalar(select(func.count()).select_from(OutboxRow))
    if (told, written) != (due, messages) or not messages:
        raise RuntimeError(f"{due} mailboxes were due: {told} told, {written} written, {messages} said")
    table = Table("what", "value", title=f"Planning a day of {ROWS:,} mailboxes")
    table.add_row("mailboxes due", f"{due:,}")
    table.add_row("messages written", f"{messages:,}")
    table.add_row("bare SELECT of the same rows", f"{selecting * 1000:,.0f} ms")
    table.add_row("planner", f"{planning * 1000:,.0f} ms, {planning / messages * 1e6:,.0f} µs a message")
    table.add_row("planner / SELECT", f"{planning / selecting:,.1f}")
    table.add_row("a look with nothing due / SELECT", f"{again / selecting:,.3f}")
    table.add_row(
        "peak memory", f"{peak_mib():,.0f} MiB, {peak_mib() - before:,.1f} MiB more than before planning"
    )
    return table


def main() -> None:
    """Measure, and print a table."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        console.print(asyncio.run(bench(Path(folder), console)))


if __name__ == "__main__":
    main()
