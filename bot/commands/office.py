"""What the operator's commands share: the database, the services, and the ways to fail.

Exit codes: 0 done, 1 refused, with a line that says why, 2 the settings or what they name are wrong.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from bot.commands.console import problem
from bot.commands.failing import REFUSED, in_one_line

if TYPE_CHECKING:
    from bot.db.resealing import Resealing
    from bot.services.leaving.at_the_office import LeavingAtTheOffice
    from bot.services.office.decisions import PaymentDecisions
    from bot.services.office.kit_deliveries import KitDeliveries
    from bot.services.office.month import Books
    from bot.services.office.order_book import OrderBook
    from bot.services.office.vat_decisions import VatDecisions
    from bot.services.office.worklist import Worklist
    from bot.services.orders.papers import Papers
    from bot.services.payments.payments import Payments
    from bot.services.people.own_data import OwnDataFiles
    from bot.services.reminders.mail_wishes import MailWishes
    from bot.services.reminders.outlook import Outlook
    from bot.services.sending.outbox import Outbox
    from bot.services.sending.pausing import Pauses
    from bot.services.statements.proposals import Proposals
    from bot.services.statements.run import Statements
    from bot.services.surroundings import Surroundings
    from bot.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Office:
    """The services that the operator's commands use."""

    surroundings: "Surroundings"
    order_book: "OrderBook"
    books: "Books"
    worklist: "Worklist"
    decisions: "PaymentDecisions"
    vat_decisions: "VatDecisions"
    kit_deliveries: "KitDeliveries"
    payments: "Payments"
    statements: "Statements"
    proposals: "Proposals"
    mail_wishes: "MailWishes"
    outlook: "Outlook"
    outbox: "Outbox"
    pauses: "Pauses"
    papers: "Papers"
    resealing: "Resealing"
    own_data: "OwnDataFiles"
    leaving: "LeavingAtTheOffice"

    def local(self, moment: datetime | None) -> str:
        """An instant to the minute in the operator's time zone; empty for none."""
        if moment is None:
            return ""
        return moment.astimezone(self.surroundings.zone).isoformat(timespec="minutes")

    def day(self, moment: datetime) -> date:
        """The day of an instant in the operator's time zone."""
        return moment.astimezone(self.surroundings.zone).date()


class Refused(Exception):
    """What was asked for is not done; the message says why in one line."""


def at_the_office(work: Callable[[Office], Awaitable[T]]) -> T:
    """Do something with the services, and close them; what goes wrong is said in one line.

    Raises:
        SettingsError: a setting is missing or wrong.
        typer.Exit: with 1 when it is refused or the database is away, with 2 when catalogue, key or tables are not
            as they should be.
    """
    import asyncio

    from bot.domain.order_number import InvalidOrderNumber
    from bot.settings import load
    from bot.watching.logs import configure_logging, secrets_of

    settings = load(required=("DATA_KEYS",))
    configure_logging(settings.log_format, secrets=secrets_of(settings))
    logging.getLogger().setLevel(logging.ERROR)  # the command itself says what became of it
    try:
        return asyncio.run(_work(settings, work))
    except Refused as refused:
        _give_up(str(refused), REFUSED)
    except InvalidOrderNumber as mistyped:
        _give_up(str(mistyped), REFUSED)
    except Exception as error:
        if (told := in_one_line(error)) is None:
            raise
        _give_up(*told)


async def _work(settings: "Settings", work: Callable[[Office], Awaitable[T]]) -> T:
    from bot.clock import SystemClock
    from bot.db.engine import Database, SchemaMissing
    from bot.db.resealing import Resealing
    from bot.db.upgrade import needs_upgrade
    from bot.services.catalogue.file import load_catalogue
    from bot.services.leaving.at_the_office import LeavingAtTheOffice
    from bot.services.office.decisions import PaymentDecisions
    from bot.services.office.kit_deliveries import KitDeliveries
    from bot.services.office.month import Books
    from bot.services.office.order_book import OrderBook
    from bot.services.office.vat_decisions import VatDecisions
    from bot.services.office.worklist import Worklist
    from bot.services.orders.papers import Papers
    from bot.services.payments.payments import Payments
    from bot.services.people.own_data import OwnDataFiles
    from bot.services.reminders.mail_wishes import MailWishes
    from bot.services.reminders.outlook import Outlook
    from bot.services.sending.notices import Notices
    from bot.services.sending.outbox import Outbox
    from bot.services.sending.pausing import Pauses
    from bot.services.statements.proposals import Proposals
    from bot.services.statements.run import Statements
    from bot.services.statements.telling import StatementNotices
    from bot.services.surroundings import Surroundings

    clock = SystemClock()
    surroundings = Surroundings(load_catalogue(settings.catalogue), clock, settings.timezone)
    notices = Notices(
        surroundings,
        operator_chat_id=settings.operator_chat_id,
        mail=settings.smtp_url is not None,
        events=settings.events_url is not None,
    )
    about_statements = StatementNotices(
        surroundings, operator_chat_id=settings.operator_chat_id, operators=settings.operator_user_ids
    )
    url = settings.database_url.get_secret_value()
    if await needs_upgrade(url):
        raise SchemaMissing("the tables of the database are missing or old: run `python -m bot migrate`")
    redis = None if settings.redis_url is None else settings.redis_url.get_secret_value()
    database = Database(url, settings.key_ring())
    try:
        await database.start()
        payments = Payments(database, surroundings, notices)
        return await work(
            Office(
                surroundings=surroundings,
                order_book=OrderBook(database, surroundings),
                books=Books(database, surroundings),
                worklist=Worklist(database, surroundings),
                decisions=PaymentDecisions(database, surroundings, notices),
                vat_decisions=VatDecisions(database, surroundings, notices),
                kit_deliveries=KitDeliveries(database, surroundings),
                payments=payments,
                statements=Statements(database, surroundings, payments, about_statements),
                proposals=Proposals(database, surroundings, payments, about_statements),
                mail_wishes=MailWishes(database, surroundings, notices, web=settings.public_url),
                outlook=Outlook(database, surroundings),
                outbox=Outbox(database, clock),
                pauses=Pauses(database, clock),
                papers=Papers(database, surroundings),
                resealing=Resealing(database, redis),
                own_data=OwnDataFiles(database, surroundings),
                leaving=LeavingAtTheOffice(database, surroundings, mail=settings.smtp_url is not None),
            )
        )
    finally:
        await database.dispose()


def _give_up(line: str, code: int) -> NoReturn:
    problem(line)
    raise typer.Exit(code)
