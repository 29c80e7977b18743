"""`people`: what is kept of a customer, as a file to hand out; deleting it; and the list of all customers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import problem, say
from bot.commands.csv_rows import CsvRows, make_private, private_file
from bot.commands.demo import Language
from bot.commands.failing import REFUSED
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import MOST_ROWS, show_table

if TYPE_CHECKING:
    from bot.domain.leaving import Obstacle
    from bot.services.leaving.foreseeing import Foreseen
    from bot.services.leaving.forgetting import Forgotten
    from bot.services.people.own_data import Listed

people = typer.Typer(
    help="Hand out what is kept of a customer, delete it, and list all customers.", no_args_is_help=True
)

_SHOWN: Final = 50
_COLUMNS: Final = ("customer", "reference_email", "language", "mailboxes", "chats")
_AGAINST: Final[Mapping[str, str]] = {
    "open_order": "order {name} is open: it has to be paid, cancelled, or to expire",
    "money": "of order {name} money is due back or waits for a decision: see `orders show {name}` and `office list`",
    "unseen": "order {name} is paid and not seen renewed yet: renew it, and import a file that shows the new expiry",
    "automatic": "automatic renewal of {name} is on: let the customer switch it off, or import a file that says so",
    "pending": "case {name} is open: see `office show {name}`",
}
"""What stands against deleting, and what to do."""

Code = Annotated[str, typer.Argument(metavar="CODE", help="Your code of the customer.")]


@people.command()
def export(
    code: Code,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.zip", help="Where to write; replaced if it is there.")
    ],
    language: Annotated[Language, typer.Option("--locale", help="The language of the page.")] = Language.IT,
) -> None:
    """Write all that is kept of a customer: a page for people, JSON for programs. It goes on record."""
    from bot.domain.catalogue import Catalogue
    from bot.messages.data_file import data_file
    from bot.services.people.own_data import OwnData
    from bot.texts import Texts

    async def read(office: Office) -> tuple[OwnData, Catalogue]:
        with _refusing(code):
            return await office.own_data.of_customer(code), office.surroundings.catalogue

    data, catalogue = at_the_office(read)
    file = data_file(data, Texts.load().translator(language.value), catalogue)
    try:
        make_private(out)
        out.write_bytes(file)
    except OSError as error:
        problem(f"{out} cannot be written: {error.strerror}")
        raise typer.Exit(REFUSED) from error
    say(f"What is kept of {code} is in {out}")


@people.command()
def forget(
    code: Code,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: delete.")] = False,
) -> None:
    """Delete everything of a customer who asked for it, but what the law wants kept. It goes on record."""

    async def look(office: Office) -> "Foreseen":
        with _refusing(code):
            return await office.leaving.look(code)

    async def delete(office: Office) -> "Forgotten":
        with _refusing(code):
            return await office.leaving.forget(code)

    foreseen = at_the_office(look)
    _refuse_where_needed(code, foreseen.obstacles)
    for line in _what_follows(foreseen):
        say(line)
    if not yes and not typer.confirm(f"Delete customer {code}? It cannot be undone", err=True):
        problem("Nothing was deleted.")
        raise typer.Exit(REFUSED)
    done = at_the_office(delete)
    say(f"Customer {code} is deleted; what is kept until {done.until} is called {done.now_called}.")
    say("Take the customer out of your own files too: a mailbox file that names it brings nothing back.")


@people.command()
def readmit(
    name: Annotated[
        str, typer.Argument(metavar="CODE|ADDRESS", help="Of a customer that was deleted, and came back.")
    ],
) -> None:
    """Let the next import bring a deleted customer in again, as the file has it: nothing else comes back."""

    async def let_in(office: Office) -> bool:
        return await office.leaving.readmit(name)

    if not at_the_office(let_in):
        problem(f"No customer that was deleted is called {name}, or it was let in again before.")
        raise typer.Exit(REFUSED)
    say(f"The next import may bring {name} in again.")


@people.command("list")
def list_(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE.csv",
            help="Write all of them to a CSV file, replaced if it is there; without it a table is printed.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST_ROWS, help="How many the table has at most.")
    ] = _SHOWN,
) -> None:
    """List all customers: code, reference e-mail, language, how many mailboxes and chats."""

    async def look(office: Office) -> "Sequence[Listed]":
        return await office.own_data.everybody()

    everybody = at_the_office(look)
    if out is not None:
        _write_all(out, everybody)
        say(f"{len(everybody):,} customers are in {out}")
        return
    show_table(_COLUMNS, [list(map(str, _row(each))) for each in everybody[:limit]], right=_COLUMNS[3:])
    if len(everybody) > limit:
        problem(f"There are {len(everybody):,}: --limit shows more of them, --out writes all.")


def _row(each: "Listed") -> tuple[str, str, str, int, int]:
    return each.code, each.email, each.language, each.mailboxes, each.chats


def _write_all(out: Path, everybody: "Sequence[Listed]") -> None:
    try:
        with private_file(out) as file:
            rows = CsvRows(file)
            rows.write(_COLUMNS)
            for each in everybody:
                rows.write(_row(each))
    except OSError as error:
        problem(f"{out} cannot be written: {error.strerror}")
        raise typer.Exit(REFUSED) from error


@contextmanager
def _refusing(code: str) -> Iterator[None]:
    """Say in a line that there is no such customer, or what it is still needed for.

    Raises:
        Refused: one of them.
    """
    from bot.services.errors import NoSuchCustomer, StillNeeded, WasForgotten

    try:
        yield
    except WasForgotten as before:
        raise Refused(
            f"Customer {code} was deleted on {before.on}; what is kept is called {before.now_called}."
        ) from before
    except NoSuchCustomer as nobody:
        raise Refused(f"There is no customer {code}.") from nobody
    except StillNeeded as needed:
        raise Refused(_needed(code, needed.obstacles)) from needed


def _refuse_where_needed(code: str, obstacles: "tuple[Obstacle, ...]") -> None:
    if obstacles:
        problem(_needed(code, obstacles))
        raise typer.Exit(REFUSED)


def _needed(code: str, obstacles: "tuple[Obstacle, ...]") -> str:
    whys = "; ".join(_AGAINST[each.why.value].format(name=each.name) for each in obstacles)
    return f"Customer {code} cannot be deleted yet: {whys}."


def _what_follows(foreseen: "Foreseen") -> Iterator[str]:
    """What goes, what stays, and until when."""
    yield f"Customer {foreseen.code}, {foreseen.email}"
    yield (
        f"Goes: reference e-mail, {_counted(foreseen.holders, 'holder')}, {_counted(foreseen.mailboxes, 'mailbox')}, "
        f"all that {_counted(foreseen.chats, 'chat')} chose and were sent, messages that wait,"
    )
    yield (
        f"      {_counted(foreseen.reminders, 'reminder')} in the evidence, and the personal data of "
        f"{_counted(foreseen.emptied, 'order')} that nothing came of."
    )
    yield (
        f"Stays: {_counted(foreseen.orders, 'order')} with payments and invoices, "
        f"{_counted(foreseen.notices, 'record')} of notices owed by law and switches, and this request:"
    )
    yield f"      {foreseen.years} years each (art. 2220 Civil Code), the last until {foreseen.until}."
    yield "The mailboxes themselves live on at the provider; nobody is reminded of them any more."


def _counted(count: int, thing: str) -> str:
    several = "es" if thing == "mailbox" else "s"
    return f"{count} {thing}{'' if count == 1 else several}"
