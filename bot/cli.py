"""The commands, as they are typed. Each lives in a module of `bot.commands`; what is heavy is imported when it runs.

`--help` imports little more than the library that prints it.
"""

import sys

import typer

from bot.commands.books import export_month
from bot.commands.cases import office
from bot.commands.console import problem
from bot.commands.demo import demo
from bot.commands.doctor import doctor
from bot.commands.evidence import evidence
from bot.commands.failing import WRONG_SETTINGS, in_one_line
from bot.commands.import_file import import_file
from bot.commands.invite import invite
from bot.commands.keys import keys
from bot.commands.migrate import migrate
from bot.commands.orders import orders
from bot.commands.payments import payments
from bot.commands.people import people
from bot.commands.reminders import reminders
from bot.commands.sending import sending
from bot.commands.serve import run, web, worker
from bot.commands.statements import confirm_entry, dismiss_entry, import_statement

app = typer.Typer(
    name="rinnovo",
    help="A Telegram bot that renews certified (PEC) mailboxes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(run)
app.command()(web)
app.command()(worker)
app.command()(migrate)
app.command()(doctor)
app.command("import")(import_file)
app.command()(invite)
office.command("export")(export_month)
payments.command("import")(import_statement)
payments.command("confirm")(confirm_entry)
payments.command("dismiss")(dismiss_entry)
app.add_typer(office, name="office")
app.add_typer(orders, name="orders")
app.add_typer(evidence, name="evidence")
app.add_typer(payments, name="payments")
app.add_typer(keys, name="keys")
app.add_typer(people, name="people")
app.add_typer(reminders, name="reminders")
app.add_typer(sending, name="sending")


def main() -> None:
    """Run the command that was typed; what is wrong with the settings, or with a neighbour, is said in a line."""
    try:
        app()
    except Exception as error:
        from bot.settings import SettingsError

        if isinstance(error, SettingsError):
            for line in error.problems:
                problem(line)
            sys.exit(WRONG_SETTINGS)
        if (told := in_one_line(error)) is None:
            raise
        problem(told.line)
        sys.exit(told.code)
