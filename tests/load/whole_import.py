"""What importing a whole statement costs with its database, beside reading its file alone, and its memory.

``python -m tests.load.whole_import``; ``ENTRIES=10000 ORDERS=5000 PAYMENTS=200`` for less. So many open orders are in
an SQLite file; in a CAMT.053 file so many payments are for them, as payers write (`tests.domain.statements.bank`), and
all else is for others. What is certain is registered, each by itself, with all that follows from a completed order. It
is one import, in a process of its own.
"""

import asyncio
import os
import resource
import subprocess
import sys
import time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import insert, select

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import DraftRow, MailboxRow, OrderItemRow, OrderLineRow, OrderRow, TakenNumberRow
from bot.services.orders.rows import Order
from bot.services.statements.run import Brought
from bot.services.surroundings import Surroundings
from tests.domain.statements.bank import Bank
from tests.load import bank_file
from tests.load.stage.alone import alone
from tests.load.stage.paper import figures
from tests.load.stage.preparing import Ground, new_sqlite
from tests.support.bank import OWN_IBAN
from tests.support.seed import Seed
from tests.support.till import Till

ENTRIES = int(os.environ.get("ENTRIES", "100000"))
ORDERS = int(os.environ.get("ORDERS", "50000"))
PAYMENTS = int(os.environ.get("PAYMENTS", "2000"))
_AT_A_TIME = 1000
_KIB = 1024


async def _pattern(database: Database, surroundings: Surroundings) -> dict[type[Any], dict[str, Any]]:
    """An order with all that belongs to it, as the values of its rows."""
    services = build_services(database, surroundings, Told())
    order: Order = await Till(database, services, Seed(database, surroundings)).order(expires_in=60)
    async with database.read() as session:
        row = (await session.execute(select(OrderRow).where(OrderRow.number == order.number))).scalar_one()
        item, line = row.items[0], row.lines[0]
        rows = [
            row,
            item,
            line,
            await session.get_one(DraftRow, row.draft_id),
            await session.get_one(MailboxRow, item.mailbox_id),
        ]
        return {type(each): _values(each) for each in rows}


def _values(row: Any) -> dict[str, Any]:
    table = type(row).__table__
    return {
        attribute.key: getattr(row, attribute.key)
        for attribute in type(row).__mapper__.column_attrs
        if attribute.columns[0].table is table
    }


async def fill(ground: Ground, bank: Bank) -> None:
    """Put the open orders of a bank into a database."""
    async with ground.open() as (database, surroundings):
        pattern = await _pattern(database, surroundings)
        keys = database.keys
        first, taken = {DraftRow: 10, MailboxRow: 10, OrderRow: 10}, set[str]()
        for begin in range(0, len(bank.open), _AT_A_TIME):
            rows: dict[type[Any], list[dict[str, Any]]] = {
                each: []
                for each in (TakenNumberRow, DraftRow, MailboxRow, OrderRow, OrderItemRow, OrderLineRow)
            }
            for number, each in enumerate(bank.open[begin : begin + _AT_A_TIME], begin):
                ids = {kind: start + number for kind, start in first.items()}
                first_name, _, last_name = each.names[0].partition(" ")
                address = (
                    each.addresses[0] if each.addresses[0] not in taken else f"{number}.{each.addresses[0]}"
                )
                taken.add(address)
                people = {**pattern[OrderRow]["registrant"], "first_name": first_name, "last_name": last_name}
                changes: dict[type[Any], dict[str, Any]] = {
                    TakenNumberRow: {"number": each.number},
                    DraftRow: {"id": ids[DraftRow]},
                    MailboxRow: {
                        "id": ids[MailboxRow],
                        "address": address,
                        "address_index": keys.index(address),
                    },
                    OrderRow: {
                        "id": ids[OrderRow],
                        "number": each.number,
                        "draft_id": ids[DraftRow],
                        "due": each.missing,
                        "registrant": people,
                    },
                    OrderItemRow: {
                        "order_id": ids[OrderRow],
                        "mailbox_id": ids[MailboxRow],
                        "address": address,
                    },
                    OrderLineRow: {"order_id": ids[OrderRow]},
                }
                for kind, values in changes.items():
                    rows[kind].append({**pattern.get(kind, {}), **values})
            async with database.write() as session:
                for kind, values_of in rows.items():
                    await session.execute(insert(kind), values_of)


class _Follower:
    """Knows when the file had been read."""

    def __init__(self) -> None:
        self.read_by = 0.0

    def read(self, position: int, size: int) -> None:
        """So far."""
        del position, size
        self.read_by = time.process_time()

    def registered(self) -> None:
        """Nothing more was read."""


async def take(ground: Ground, path: Path) -> str:
    """Import, and tell what it cost: seconds of the processor until all was read, and in all; MiB; what came of it."""
    async with ground.connect() as (database, surroundings):
        services = build_services(database, surroundings, Told())
        follower = _Follower()
        before = time.process_time()
        report = await services.statements.take(path, Brought("command", path.name), follower)
        seconds = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
        return f"{follower.read_by - before} {seconds} {peak} {report.registered.payments} {report.waiting}"


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    bank = Bank(seed=1, orders=ORDERS)
    path, ground = folder / "statement.xml", Ground(new_sqlite(folder))
    others = (each for each in Bank(seed=2, orders=ORDERS).payments(10 * ENTRIES) if not each.has_number)
    entries = islice(chain(bank.payments(PAYMENTS), others), ENTRIES)
    bank_file.write(path, entries, account=OWN_IBAN)
    await fill(ground, bank)
    reading = bank_file.read(path, None)
    command = (sys.executable, "-m", "tests.load.whole_import", str(path), ground.url, ground.key)
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    told, _ = await process.communicate()
    staged, seconds, peak, registered, waiting = map(float, told.split()[-5:])
    table = figures(f"{ENTRIES:,} entries, {PAYMENTS:,} for {ORDERS:,} open orders, SQLite", "measured")
    table.add_row("reading alone, s of CPU", f"{reading:.1f}")
    table.add_row("reading, judging and writing down, s of CPU", f"{staged:.1f}")
    table.add_row("the whole import, s of CPU", f"{seconds:.1f}")
    table.add_row("ratio of reading, judging and writing down", f"{staged / reading:.2f}")
    table.add_row(
        "each payment that was registered, ms of CPU", f"{1000 * (seconds - staged) / registered:.1f}"
    )
    table.add_row("payments that were registered", f"{registered:,.0f}")
    table.add_row("entries that wait for a person", f"{waiting:,.0f}")
    table.add_row("peak of the memory, MiB", f"{peak:.0f}")
    console.print(table)


if __name__ == "__main__":
    if sys.argv[1:]:
        file, url, key = sys.argv[1:]
        sys.stdout.write(f"{asyncio.run(take(Ground(url, key=key), Path(file)))}\n")
    else:
        alone(bench)
