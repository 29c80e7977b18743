"""A million mailboxes: they are imported, then imported again, and memory may not grow. ``make soak`` runs it.

``IMPORT_ROWS=100000`` makes it shorter.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

from rich.console import Console

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from bot.services.importing import Finding, ImportReport, import_mailboxes, open_mailbox_file
from bot.services.surroundings import Surroundings
from tests.load.soak import ALLOWED_GROWTH, resident_kib
from tests.services.importing.files import company, write_csv
from tests.support.catalogue import example_catalogue

ROWS = int(os.environ.get("IMPORT_ROWS", "1000000"))
MAILBOXES_OF_ONE = 3
"""Every third row begins a customer, so that customers and holders span rows and batches."""


class Watcher:
    """Listens to an import, and looks at the memory each time a tenth of the file is done."""

    def __init__(self, size: int, console: Console) -> None:
        self._size = size
        self._console = console
        self.looks: list[int] = []

    def found(self, finding: Finding) -> None:
        """Show what should not be there."""
        self._console.print(finding)

    def advanced(self, bytes_read: int) -> None:
        """Look at the memory."""
        if bytes_read * 10 // self._size > len(self.looks):
            self.looks.append(resident_kib())

    @property
    def growth(self) -> float:
        """The memory at the end against the memory after the first two tenths, in which caches fill."""
        return self.looks[-1] / self.looks[1]


def rows(number: int) -> Iterator[dict[str, str]]:
    """Mailboxes of customers who have a few each; of each customer and of each use of space there is no other."""
    for each in range(number):
        customer = each // MAILBOXES_OF_ONE
        yield company(
            customer,
            address=f"casella{each}@pec.example",
            business_name=f"Esempio {customer} S.r.l.",
            street=f"Via dell'Esempio {customer}",
            phone=f"+39060{customer:07d}",
            used_mailbox_gb=f"{each % 2000 / 1000:.3f}",
            usage_at=f"2026-11-23T{each % 24:02}:{each // 24 % 60:02}:{each // 1440 % 60:02}+01:00",
            expires_on=(date(2027, 1, 1) + timedelta(days=each * 7 % 700)).isoformat(),
        )


async def import_once(path: Path, database: Database, console: Console) -> tuple[ImportReport, Watcher]:
    """Import the file and say how it went."""
    surroundings = Surroundings(example_catalogue(), SystemClock(), UTC)
    started = time.monotonic()
    with open_mailbox_file(path) as file:
        watcher = Watcher(file.size, console)
        report = await import_mailboxes(file, database, surroundings, watcher)
    seconds = time.monotonic() - started
    console.print(
        f"{report.rows:,} rows in {seconds:,.0f} s ({report.rows / seconds:,.0f} a second): "
        f"{report.created:,} created, {report.unchanged:,} unchanged, {report.refused:,} refused; "
        f"memory {watcher.looks[-1] // 1024:,} MiB, {watcher.growth:.2f} times what it was at the start"
    )
    return report, watcher


async def soak(folder: Path, number: int, console: Console) -> bool:
    """Import twice; return whether every row arrived, the second time changed nothing and memory stayed."""
    path = folder / "mailboxes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, rows(number))
    url = f"sqlite:///{folder / 'soak.db'}"
    await upgrade(url)
    database = Database(url, KeyRing([KeyRing.new_key()]))
    await database.start()
    try:
        first, watched = await import_once(path, database, console)
        again, watched_again = await import_once(path, database, console)
    finally:
        await database.dispose()
    steady = max(watched.growth, watched_again.growth) <= ALLOWED_GROWTH
    return (first.created, again.unchanged) == (number, number) and steady


def main() -> None:
    """Import; fail if something is missing or memory grew."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        fine = asyncio.run(soak(Path(folder), ROWS, console))
    console.print("Every row arrived, and memory stayed." if fine else "Something went wrong: see above.")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
