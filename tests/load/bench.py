"""Everything that docs/performance.md tells, measured: ``make bench``, or ``python -m tests.load.bench taps memory``.

Each part is a module of its own, which can be started alone too, and tells there what it measures and how.
"""

import argparse
from pathlib import Path

from rich.console import Console

from tests.load import (
    bank_file,
    ceiling,
    evidence,
    imports,
    memory,
    million,
    reminding,
    renewals,
    shares,
    starts,
    statements,
    whole_import,
)
from tests.load.stage.alone import Bench, run
from tests.load.stage.contenders import PEERS
from tests.load.stage.interrupts import end_on_sigterm
from tests.load.stage.machine import machine
from tests.load.stage.paper import paper
from tests.load.stage.preparing import grounds
from tests.load.taps.figures import versions
from tests.load.taps.measuring import Wanted, measure

TAPS, ROUNDS, MEMORY = 2000, 5, 10_000


async def taps(console: Console, folder: Path) -> None:
    """Taps of one person and of 32 at once, and the memory after them."""
    async with grounds(folder) as products:
        names = (*products, *PEERS)
    await measure(Wanted(names, (1, 32), TAPS, ROUNDS, MEMORY), console, folder)


PARTS: dict[str, Bench] = {
    "taps": taps,
    "renewals": renewals.bench,
    "shares": shares.bench,
    "statements": statements.bench,
    "reminding": reminding.bench,
    "ceiling": ceiling.bench,
    "memory": memory.bench,
    "starts": starts.bench,
    "million": million.bench,
    "imports": imports.bench,
    "evidence": evidence.bench,
    "bank-file": bank_file.bench,
    "whole-import": whole_import.bench,
}


def main() -> None:
    """Measure the parts that are named, or all of them, and print their tables."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.load.bench", description="Measure, and print tables."
    )
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    end_on_sigterm()
    console = paper()
    console.print(machine())
    console.print(versions())
    for name in given.parts:
        run(PARTS[name], console)


if __name__ == "__main__":
    main()
