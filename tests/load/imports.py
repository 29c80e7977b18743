"""What importing a mailbox file costs, against reading its rows with csv and pydantic.

``python -m tests.load.imports``; ``IMPORT_ROWS=100000`` for more rows. The first reference sees to the types of the
contract and to nothing else, the second lets pydantic check e-mail addresses too. All run in this process; rounds
alternate, medians of the processor's seconds are printed.
"""

import csv
import gc
import os
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, EmailStr
from rich.console import Console

from bot.services.importing import Finding, import_mailboxes, open_mailbox_file
from tests.load.import_soak import rows
from tests.load.stage.alone import alone
from tests.load.stage.paper import figures
from tests.load.stage.preparing import Ground, new_sqlite
from tests.services.importing.files import write_csv

ROWS = int(os.environ.get("IMPORT_ROWS", "10000"))
ROUNDS = 3


def _none_for_nothing(given: Any) -> Any:
    return given or None


Number = Annotated[Decimal | None, BeforeValidator(_none_for_nothing)]
Moment = Annotated[datetime | None, BeforeValidator(_none_for_nothing)]
YesOrNo = Annotated[bool | None, BeforeValidator(_none_for_nothing)]


class Row(BaseModel):
    """A row of a mailbox file (docs/mailbox-file.md)."""

    customer: str
    reference_email: str
    language: Literal["it", "en", ""]
    address: str
    plan: str
    expires_on: date
    extra_mailbox_gb: Number
    extra_archive_gb: Number
    used_mailbox_gb: Number
    used_archive_gb: Number
    usage_at: Moment
    auto_renew: YesOrNo
    promo: str
    kind: Literal[
        "natural_person", "sole_trader", "freelancer", "company", "association", "public_administration"
    ]
    first_name: str
    last_name: str
    business_name: str
    tax_code: str
    vat_number: str
    legal_rep: str
    street: str
    postcode: str
    town: str
    province: str
    country: str
    phone: str
    recipient_code: str
    recipient_pec: str
    cig: str
    cup: str
    split_payment: YesOrNo


class CheckedRow(Row):
    """The same with checked addresses."""

    reference_email: EmailStr
    address: EmailStr


REFERENCES: dict[str, type[Row]] = {
    "csv and pydantic": Row,
    "csv and pydantic, addresses checked": CheckedRow,
}


class _Deaf:
    """Listens to an import without a word; what should not be there ends it."""

    def found(self, finding: Finding) -> None:
        raise RuntimeError(f"the file has a fault: {finding}")

    def advanced(self, bytes_read: int) -> None:
        """Show nothing."""


def read(path: Path, kind: type[Row]) -> int:
    """Read the rows with csv and pydantic; how many."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(kind.model_validate(row) is not None for row in csv.DictReader(file))


async def measure(folder: Path, number: int = ROWS, rounds: int = ROUNDS) -> dict[str, float]:
    """Rows that a second of the processor is enough for: for the reference, a first import, and the same once more."""
    path = folder / "mailboxes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, rows(number))
    seconds: dict[str, list[float]] = {name: [] for name in (*REFERENCES, "import", "import again")}
    gc.freeze()  # as the command does with what it has loaded
    for _ in range(rounds):
        for name, kind in REFERENCES.items():
            before = time.process_time()
            if read(path, kind) != number:
                raise RuntimeError("rows were lost")
            seconds[name].append(time.process_time() - before)
        async with Ground(new_sqlite(folder)).open() as (database, surroundings):
            for name in ("import", "import again"):
                before = time.process_time()
                with open_mailbox_file(path) as source:
                    report = await import_mailboxes(source, database, surroundings, _Deaf())
                seconds[name].append(time.process_time() - before)
                if number not in {report.created, report.unchanged}:
                    raise RuntimeError(f"not everything was imported: {report}")
    return {name: number / median(several) for name, several in seconds.items()}


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    found = await measure(folder)
    table = figures(
        f"Importing {ROWS:,} mailboxes, SQLite",
        "rows a CPU second",
        *(f"CPU / {'types' if kind is Row else 'checked'}" for kind in REFERENCES.values()),
    )
    for name, rate in found.items():
        table.add_row(name, f"{rate:,.0f}", *(f"{found[base] / rate:.1f}" for base in REFERENCES))
    console.print(table)


if __name__ == "__main__":
    alone(bench)
