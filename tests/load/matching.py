"""A hundred thousand payments as banks tell of them: none may be certain for a wrong order. ``make soak`` runs it.

``PAYMENTS=1000000`` for more of them, ``SEED=7`` for others. What a bank makes of a reason is in
`tests.domain.statements.bank`.
"""

import os
import sys

from rich.console import Console

from tests.domain.statements.bank import Bank, Tally
from tests.load.stage.paper import figures, paper

PAYMENTS = int(os.environ.get("PAYMENTS", "100000"))
SEED = int(os.environ.get("SEED", "1"))
ORDERS = 50_000
ASKED = 0.95
"""The share of the readable numbers that is to be certain."""


def soak(console: Console) -> bool:
    """Judge them all; return whether none was certain for a wrong order, and enough of the readable ones were."""
    tally = Tally.of(Bank(SEED, ORDERS), PAYMENTS)
    table = figures(f"{PAYMENTS:,} payments of {ORDERS:,} open orders, seed {SEED}", "measured")
    table.add_row("without a number", f"{tally.without_number:,}")
    for heap, count in sorted(tally.heaps.items()):
        table.add_row(f"in the heap {heap.value}", f"{count:,}")
    share = tally.certain_of_readable / max(tally.readable, 1)
    table.add_row(f"certain of {tally.readable:,} whose number is readable", f"{share:.1%}")
    table.add_row(
        f"certain of {tally.glued:,} whose number is glued to a word", f"{tally.certain_of_glued:,}"
    )
    table.add_row("certain for a wrong order", f"{len(tally.wrong):,}")
    console.print(table)
    for sample in tally.wrong[:10]:
        console.print(sample)
    return not tally.wrong and share >= ASKED


if __name__ == "__main__":
    sys.exit(0 if soak(paper()) else 1)
