"""Run it, print the figures, and fail if anything was lost, done twice or waited for too long."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tests.load.processes.capacity import measure, tell
from tests.load.processes.everything import PEOPLE, Everything, everything
from tests.load.processes.incidents import Incidents, Passed
from tests.load.processes.pushed import Found, Pushed
from tests.load.processes.servers import missing_programs
from tests.load.stage.interrupts import end_on_sigterm
from tests.load.stage.machine import machine
from tests.load.stage.paper import figures, paper

ORDERS, MAILBOXES = 130, 150
"""Those of which workers may tell."""
LONGEST, SIGTERM = 12.0, 10.0
"""Seconds: what a tap may wait after something has happened, and a process may take to end."""
INCIDENTS, TAPS = PARTS = ("incidents", "taps")
"""What happens to everybody; and how many taps a second there are."""


async def soak(folder: Path, console: Console, parts: Sequence[str], *, with_redis: bool) -> bool:
    """One run; whether all was as it should be."""
    fine = True
    async with everything(folder, with_redis=with_redis) as all_of_it:
        console.print(f"{'With' if with_redis else 'Without'} Redis; {machine()}")
        if INCIDENTS in parts:
            fine = await _incidents(all_of_it, console)
        if TAPS in parts:
            tell(console, await measure(all_of_it))
        failed = [line for line in all_of_it.bots.log().splitlines() if '"update_failed"' in line]
        _list(console, "updates failed", failed)
    return fine and not failed


async def _incidents(all_of_it: Everything, console: Console) -> bool:
    """Let everything happen while people tap and workers push; whether nobody was the worse for it."""
    counts, tappers = all_of_it.counts, all_of_it.tappers
    pushed = Pushed(all_of_it.ground, all_of_it.phones, all_of_it.nginx.port)
    await pushed.prepare(ORDERS, MAILBOXES)
    incidents = Incidents(all_of_it.bots, all_of_it.postgresql, all_of_it.redis, counts, pushed)
    incidents.under_way = lambda: [each.under_way_since for each in tappers]
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(pushed.pay_until(stop))
        for each in tappers:
            tasks.create_task(each.tap_until(stop))
        await incidents.happen()
        stop.set()
    for each in tappers:
        each.rest()
    messages = await pushed.judge()
    _tell(console, incidents.passed)
    for what, lines in (
        ("lost", counts.lost), ("done twice", counts.twice), ("strange", counts.strange),
        ("seen late, behind what a process drew that had stood still", counts.late),
    ):  # fmt: skip
        _list(console, f"{len(counts.waits)} taps, {what}", lines)
    _tell_messages(console, messages)
    return not (counts.lost or counts.twice or counts.strange or messages.lost or messages.twice) and all(
        each.after <= LONGEST and (each.sigterm or 0.0) <= SIGTERM for each in incidents.passed
    )


def _tell(console: Console, passed: list[Passed]) -> None:
    table = figures(
        f"{PEOPLE} people, two web, two worker",
        "lasted s", "longest wait s", "made at s", "of it after s", "SIGTERM s",
        caption="after: from when all was there again; where one of two is left, from the tap",
    )  # fmt: skip
    for each in passed:
        table.add_row(
            each.name, f"{each.seconds:.1f}", f"{each.longest:.1f}", f"{each.made:.1f}", f"{each.after:.1f}",
            "" if each.sigterm is None else f"{each.sigterm:.1f}",
        )  # fmt: skip
    console.print(table)


def _tell_messages(console: Console, found: Found) -> None:
    sent = f"{found.payments} completions and {found.reminders} reminders"
    for what, lines in (
        ("lost", found.lost), ("handled twice", found.twice),
        ("came again, as the note that the first had arrived was lost with its worker", found.copies),
    ):  # fmt: skip
        _list(console, f"{sent}, {what}", lines)
    console.print(f"The latest completion came {found.longest:.1f} s after its payment was acknowledged.")


def _list(console: Console, what: str, lines: Sequence[str]) -> None:
    console.print(f"{what}: {len(lines)}")
    for line in lines[:5]:
        console.print(f"  {line[:500]}")


def main() -> None:
    """Soak without Redis and with it."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.processes", description="Soak the processes.")
    parser.add_argument("--redis", choices=("with", "without"), help="one of the two runs alone")
    parser.add_argument("--only", choices=PARTS, help="one of the two parts alone")
    given = parser.parse_args()
    parts = PARTS if given.only is None else (given.only,)
    end_on_sigterm()
    console, fine = paper(), True
    if missing := missing_programs():
        console.print(f"Not run: this machine has no {', '.join(missing)}.")
        return
    for with_redis in (False, True):
        if given.redis == ("without" if with_redis else "with"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # PostgreSQL's user has to get through
            fine = asyncio.run(soak(Path(folder), console, parts, with_redis=with_redis)) and fine
    console.print(
        "Nothing was lost, done twice or waited for too long." if fine else "Not as it should be: see above."
    )
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
