"""What judging a bank's statement costs, against reading it alone, and whether its memory grows with the file.

``python -m tests.load.bank_file``; ``ENTRIES=10000`` for fewer. A CAMT.053 file of as many entries is written, and read
from the first to the last, as an import does, against 50,000 open orders. Rounds alternate, medians of the
processor's seconds are printed. Memory is looked at in processes of their own, for a tenth of the file and the whole.
"""

import asyncio
import gc
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

from rich.console import Console

from bot.domain.statements.book import Book
from bot.domain.statements.ids import alike, payment_id
from bot.domain.statements.judging import judge
from bot.services.statements.reading import open_statement
from tests.domain.statements.bank import Bank, Sample
from tests.load.stage.alone import alone
from tests.load.stage.paper import figures
from tests.services.statements.camt_files import ACCOUNT, document, entry, payment, statement

ENTRIES = int(os.environ.get("ENTRIES", "100000"))
ORDERS = 50_000
ROUNDS = 3
_KIB = 1024
_PLACE = "@@"


def write(path: Path, payments: Iterable[Sample], *, account: str = ACCOUNT) -> None:
    """Write a statement of payments, entry by entry."""
    of = statement(_PLACE, account=f"<IBAN>{account}</IBAN>")
    before, after = document(of).split(_PLACE.encode())
    with path.open("wb") as file:
        file.write(before)
        for number, sample in enumerate(payments):
            said = sample.entry
            text = "</Ustrd><Ustrd>".join(escape(piece) for piece in said.pieces)
            day = f"<BookgDt><Dt>{said.booked_on}</Dt></BookgDt>"
            own = f"<AcctSvcrRef>R{number}</AcctSvcrRef>"
            one = payment(text, payer=escape(said.payer))
            file.write(entry(said.cents, one, day=day, own=own).encode())
        file.write(after)


def read(path: Path, book: Book | None, count: int | None = None) -> float:
    """Read the first entries of a statement, and judge them where there is a book; return the processor's seconds."""
    gc.collect()
    seen: Counter[bytes] = Counter()
    before = time.process_time()
    with open_statement(path) as opened:
        for each in islice(opened.entries(), count):
            if book is not None:
                twin = alike(each)
                seen[twin] += 1
                payment_id(each, seen[twin])
                judge(each, book, "camt.053")
    return time.process_time() - before


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    bank = Bank(seed=1, orders=ORDERS)
    path = folder / "statement.xml"
    write(path, bank.payments(ENTRIES))
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(ROUNDS):
        for judged, found in seconds.items():
            found.append(read(path, bank.book if judged else None))
    reading, both = (median(found) for found in seconds.values())
    peaks = [await _peak_of_another(path, count) for count in (ENTRIES // 10, ENTRIES)]
    table = figures(
        f"{ENTRIES:,} entries ({path.stat().st_size / _KIB**2:.0f} MiB), {ORDERS:,} open orders", "measured"
    )
    table.add_row("reading alone, s of CPU", f"{reading:.1f}")
    table.add_row("reading and judging, s of CPU", f"{both:.1f}")
    table.add_row("ratio", f"{both / reading:.2f}")
    for count, peak in zip((ENTRIES // 10, ENTRIES), peaks, strict=True):
        table.add_row(f"peak of the memory after {count:,} entries, MiB", f"{peak:.0f}")
    console.print(table)


async def _peak_of_another(path: Path, count: int) -> float:
    command = (
        sys.executable,
        "-m",
        "tests.load.bank_file",
        str(path),
        str(count),
    )
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    told, _ = await process.communicate()
    return float(told)


def _peak(path: Path, count: int) -> float:
    read(path, Bank(seed=1, orders=ORDERS).book, count)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.write(f"{_peak(Path(sys.argv[1]), int(sys.argv[2]))}\n")
    else:
        alone(bench)
