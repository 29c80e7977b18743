"""`people`: what is kept of a customer, as a file to hand out, and the list of all customers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import problem, say
from bot.commands.csv_rows import CsvRows, make_private, private_file
from bot.commands.demo import Language
from bot.commands.failing import REFUSED
from bot.commands.office import Office, Refused, at_the_office

people = typer.Typer(
    help="Hand out what is kept of a customer, and list all customers.", no_args_is_help=True
)

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
    from bot.messages.data_file import data_file
    from bot.services.errors import NoSuchCustomer
    from bot.services.people.own_data import OwnData
    from bot.texts import Texts

    async def read(office: Office) -> OwnData:
        try:
            return await office.own_data.of_customer(code)
        except NoSuchCustomer as nobody:
            raise Refused(f"There is no customer {code}.") from nobody

    file = data_file(at_the_office(read), Texts.load().translator(language.value))
    try:
        make_private(out)
        out.write_bytes(file)
    except OSError as error:
        problem(f"{out} cannot be written: {error.strerror}")
        raise typer.Exit(REFUSED) from error
    say(f"What is kept of {code} is in {out}")


@people.command("list")
def list_(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE.csv", help="Where to write; replaced if it is there.")
    ],
) -> None:
    """Write all customers as a CSV file: code, reference e-mail, language, how many mailboxes and chats."""

    async def write(office: Office) -> int:
        everybody = await office.own_data.everybody()
        try:
            with private_file(out) as file:
                rows = CsvRows(file)
                rows.write(("customer", "reference_email", "language", "mailboxes", "chats"))
                for each in everybody:
                    rows.write((each.code, each.email, each.language, each.mailboxes, each.chats))
        except OSError as error:
            raise Refused(f"{out} cannot be written: {error.strerror}") from error
        return len(everybody)

    say(f"{at_the_office(write):,} customers are in {out}")
