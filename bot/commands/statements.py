"""`payments import`, `confirm`, `dismiss`: the bank's statement is taken, and what it leaves open is decided.

Exit codes of `import`: 0 it was taken, also where entries wait for a person; 1 nothing of it was, with a line that says
where and why.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import err, say
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import LARGEST, show_table
from bot.domain.money import amount

if TYPE_CHECKING:
    from bot.services.statements.report import StatementReport
    from bot.services.statements.settling import Listener

_BY: Final = "command"
_ENTRY: Final = re.compile(r"[Ss]([0-9]{1,19})")

Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="As `payments review` gives it, like S12.")]


def import_statement(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="What the bank gives; docs/bank-statements.md lists the formats."
        ),
    ],
    *,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The table statement_profiles.NAME of the catalogue by which a CSV or XLSX file is read; without "
            "it, the one whose columns the file has.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read it and compare it with the orders; write nothing.")
    ] = False,
    yes_to_likely: Annotated[
        bool,
        typer.Option(
            "--yes-to-likely", help="Register the likely ones as well, each for the order that is proposed."
        ),
    ] = False,
) -> None:
    """Take a statement of the bank: what is certain completes its order, the rest waits for you or is counted."""
    if dry_run and yes_to_likely:
        raise typer.BadParameter("a dry run registers nothing: leave out --yes-to-likely")

    async def take(office: Office) -> "StatementReport":
        from bot.domain.statements.entry import UnreadableStatement
        from bot.services.statements.run import Brought
        from bot.services.statements.staging import TakenOver

        try:
            with _following() as listener:
                return await office.statements.take(
                    file,
                    Brought(_BY, file.name, profile),
                    listener,
                    dry_run=dry_run,
                    likely_too=yes_to_likely,
                )
        except UnreadableStatement as problem:
            raise Refused(f"{file}: {problem}: nothing was registered.") from problem
        except TakenOver as other:
            raise Refused(f"{file} is being taken by another command at this moment.") from other

    _show(at_the_office(take))


def confirm_entry(
    entry: Entry,
    order: Annotated[
        str | None,
        typer.Argument(
            metavar="ORDER", help="The order that it pays, where it is not the one that is proposed."
        ),
    ] = None,
) -> None:
    """Register an entry of a statement, as the payment of the order that is proposed or that you name."""
    from bot.commands.statement_words import confirmed

    async def decide(office: Office) -> None:
        with _refusals(entry):
            entered = await office.proposals.confirm(_number(entry), _BY, order)
        say(confirmed(entered))

    at_the_office(decide)


def dismiss_entry(entry: Entry) -> None:
    """Note that an entry of a statement pays nothing, or was registered by another way: it is forgotten."""

    async def decide(office: Office) -> None:
        with _refusals(entry):
            gone = await office.proposals.dismiss(_number(entry), _BY)
        said = gone.kept.entry
        say(
            f"Noted: {amount(said.cents)} {said.currency} of {said.booked_on} is not registered, and forgotten."
        )

    at_the_office(decide)


class _Follower:
    """Moves the bar."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self.progress = Progress(*parts, console=err, disable=not err.is_terminal, transient=True)
        self._task = self.progress.add_task("Reading", total=None)
        self._registered = 0

    def read(self, position: int, size: int) -> None:
        """So many bytes were read."""
        self.progress.update(self._task, completed=position, total=size)

    def registered(self) -> None:
        """One more entry was registered."""
        self._registered += 1
        self.progress.update(self._task, description=f"Registered {self._registered:,}", total=None)


@contextmanager
def _following() -> "Iterator[Listener]":
    """Show a progress bar, on a terminal and nowhere else."""
    follower = _Follower()
    with follower.progress:
        yield follower


def _show(report: "StatementReport") -> None:
    from bot.commands.statement_words import again_line, report_lines, report_rows

    say(f"{report.name}: {report.format}")
    if report.taken_before is not None:
        say(again_line(report.taken_before, confirmed=report.confirmed))
    if report.dry_run:
        say("Dry run: nothing was written.")
    show_table(("heap", "entries", "EUR"), report_rows(report), right=("entries", "EUR"))
    for line in report_lines(report):
        say(line)


def _number(entry: str) -> int:
    found = _ENTRY.fullmatch(entry)
    if found is None or int(found[1]) > LARGEST:
        raise Refused(f"{entry!r} is no entry of a statement: they are called S12; see `payments review`.")
    return int(found[1])


@contextmanager
def _refusals(entry: str) -> Iterator[None]:
    """Say in one line why a decision is refused."""
    from bot.commands.statement_words import decided, not_for_an_order
    from bot.services.statements.proposals import (
        EntryChanged,
        EntryDecided,
        NoSuchEntry,
        NotForAnOrder,
        OrderNeeded,
    )

    try:
        yield
    except NoSuchEntry as unknown:
        raise Refused(f"No entry {entry} waits: see `payments review`.") from unknown
    except EntryDecided as done:
        raise Refused(f"{entry} {decided(done)}") from done
    except EntryChanged as changed:
        raise Refused(
            f"{entry} stands otherwise by now: look at it once more, `payments review`."
        ) from changed
    except OrderNeeded as nobody:
        raise Refused(
            f"{entry}: name an order that there is, as in `payments confirm {entry} R7K2M-4`."
        ) from nobody
    except NotForAnOrder as back:
        raise Refused(f"{entry} {not_for_an_order(back)}") from back
