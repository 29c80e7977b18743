"""`reminders`: how many are ahead, what is not renewed, and which of them a customer gets by e-mail."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import say
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import show_table

if TYPE_CHECKING:
    from bot.services.reminders.outlook import DayAhead, LeftToExpire

reminders = typer.Typer(
    help="See how many reminders are ahead and what is not renewed, and choose those that a customer gets by e-mail.",
    no_args_is_help=True,
)

_DAYS: Final = 14
_MOST_DAYS: Final = 400

Customer = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER", help="Your code of the customer, or the code that a request by e-mail names."
    ),
]


@reminders.command()
def mail(
    customer: Customer,
    *,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    last: Annotated[
        bool, typer.Option("--last", help="Only the last before the expiry and before the deletion.")
    ] = False,
    none: Annotated[bool, typer.Option("--none", help="None at all.")] = False,
) -> None:
    """Choose which reminders a customer gets by e-mail, for who asks you instead of following the link in one."""
    from bot.domain.reminders import MuteLevel
    from bot.services.errors import NotYours

    async def choose(office: Office) -> None:
        if every + last + none != 1:
            raise Refused("Say which reminders are to come: one of --all, --last and --none.")
        level = None if every else MuteLevel.MOST if last else MuteLevel.ALL
        try:
            await office.mail_wishes.choose_for(customer, level)
        except NotYours as nobody:
            raise Refused(f"There is no customer {customer}, and no e-mail has this code.") from nobody
        come = "all reminders" if every else "only the last reminders" if last else "no reminders"
        say(f"By e-mail, {customer} gets {come} from now on.")

    at_the_office(choose)


@reminders.command()
def due(
    days: Annotated[
        int, typer.Option("--days", min=1, max=_MOST_DAYS, help="How many days, today being the first.")
    ] = _DAYS,
) -> None:
    """List how many mailboxes the coming days will have reminders for, and of how many customers.

    Each mailbox is counted on its next day only. Mailboxes of one customer make one message, to each of the customer's
    chats; what falls on a public holiday and is not urgent comes the day after.
    """

    async def look(office: Office) -> tuple["DayAhead", ...]:
        return await office.outlook.due(days)

    rows = [[each.day.isoformat(), str(each.mailboxes), str(each.customers)] for each in at_the_office(look)]
    show_table(("day", "mailboxes", "customers"), rows, right=("mailboxes", "customers"))


@reminders.command()
def stopped() -> None:
    """List the mailboxes that their customers have said they do not renew: of these only two reminders come.

    They are the last one before the expiry and the last one before the deletion. An order for the mailbox, or another
    expiry, takes it off the list.
    """

    async def look(office: Office) -> tuple[list[str], ...]:
        return tuple(_row(office, each) for each in await office.outlook.left_to_expire())

    show_table(("customer", "mailbox", "expires", "last day", "since"), list(at_the_office(look)))


def _row(office: Office, box: "LeftToExpire") -> list[str]:
    days = [box.expires_on.isoformat(), box.last_day.isoformat()]
    return [box.customer, box.address, *days, office.local(box.since)]
