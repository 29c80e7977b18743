"""A million mailboxes: the planner's day against a bare SELECT of the same rows, in one run. ``make bench`` runs it.

``PLANNER_ROWS=100000`` makes it shorter. The database is a throw-away SQLite file, filled without the bot.
"""

import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import MailboxRow, OutboxRow, ReminderRow
from bot.db.tables_ground import NoteRow
from bot.db.upgrade import upgrade
from bot.domain.reminders import Watched, full_ladder, next_look
from bot.services.reminders.planner import Reminders
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

ROWS = int(os.environ.get("PLANNER_ROWS", "1000000"))
MAILBOXES_OF_ONE = 2
WITHOUT_CHAT = 5
"""Every fifth customer has no chat, and is reminded by e-mail."""
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


def fill(path: Path, keys: KeyRing, rows: int) -> None:
    """Write customers, chats and mailboxes whose expiries are spread over a year, as it is after a year of running."""
    sealed, long_ago = keys.seal(b"casella@pec.example"), "2025-01-01 00:00:00.000000"
    catalogue = example_catalogue()
    looks: dict[int, date | None] = {}

    def look(left: int) -> date | None:
        if left not in looks:
            watched = Watched(TODAY + timedelta(days=left), "pro", False, False, False)  # noqa: FBT003 - a table of days
            looks[left] = (
                TODAY if left in full_ladder(catalogue.rules) else next_look(watched, (), catalogue, TODAY)
            )
        return looks[left]

    customers = rows // MAILBOXES_OF_ONE
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO customer (id, code, language, reference_email, email_index) VALUES (?, ?, 'it', ?, ?)",
            ((number, f"C{number}", sealed, number.to_bytes(32)) for number in range(1, customers + 1)),
        )
        connection.executemany(
            "INSERT INTO holder (id, customer_id, identity_index, data, updated_at) VALUES (?, ?, ?, ?, ?)",
            ((number, number, number.to_bytes(32), sealed, long_ago) for number in range(1, customers + 1)),
        )
        with_chat = [number for number in range(1, customers + 1) if number % WITHOUT_CHAT]
        connection.executemany(
            "INSERT INTO chat (id, language, created_at) VALUES (?, 'it', ?)",
            ((number, long_ago) for number in with_chat),
        )
        connection.executemany(
            "INSERT INTO chat_customer (chat_id, customer_id, bound_at) VALUES (?, ?, ?)",
            ((number, number, long_ago) for number in with_chat),
        )
        connection.executemany(
            "INSERT INTO mailbox (id, customer_id, holder_id, address, address_index, plan_id, expires_on, "
            "extra_mailbox_gb, extra_archive_gb, auto_renew, remind_on) VALUES (?, ?, ?, ?, ?, 'pro', ?, 0, 0, 0, ?)",
            _mailboxes(rows, sealed, look),
        )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    connection.close()


def _mailboxes(rows: int, sealed: bytes, look: object) -> Iterator[tuple[object, ...]]:
    assert callable(look)
    for number in range(rows):
        customer = number // MAILBOXES_OF_ONE + 1
        left = (number * 7919) % 456 - 90  # a prime, so that a customer's mailboxes expire on different days
        expires_on = TODAY + timedelta(days=left)
        day = look(left)
        yield (
            number + 1, customer, customer, sealed, number.to_bytes(32), expires_on.isoformat(),
            None if day is None else day.isoformat(),
        )  # fmt: skip


async def bench(folder: Path, console: Console) -> Table:
    """Fill a database, select what is due of it, and plan it."""
    path, keys = folder / "planner.db", KeyRing([KeyRing.new_key()])
    await upgrade(f"sqlite:///{path}")
    begun = time.perf_counter()
    fill(path, keys, ROWS)
    console.print(f"{ROWS:,} mailboxes written in {time.perf_counter() - begun:.0f} s")
    database = Database(f"sqlite:///{path}", keys)
    await database.start()
    try:
        return await _measure(database)
    finally:
        await database.dispose()


async def _measure(database: Database) -> Table:
    surroundings = Surroundings(example_catalogue(), FrozenClock(NOW), ZoneInfo("Europe/Rome"))
    rules = surroundings.catalogue.rules
    async with database.write() as session:
        ladder = repr((full_ladder(rules), rules.auto_renew_notice_days, rules.deletion_days))
        session.add(NoteRow(name="reminder-ladder", text=ladder))
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
