"""The composition root: the only place where the concrete parts meet."""

from dataclasses import dataclass

from aiogram import Bot, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram.types import LinkPreviewOptions
from aiogram_dialog import setup_dialogs

from bot.clock import Clock
from bot.db.chat_units import Backing, ChatUnits
from bot.db.chat_units_redis import RedisBacking
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.dialogs.card.dialog import card_dialog
from bot.dialogs.context import SERVICES_KEY, TEXTS_KEY
from bot.dialogs.leaving.dialog import leaving_dialog
from bot.dialogs.linking.dialog import linking_dialog
from bot.dialogs.manager import ManagerFactory
from bot.dialogs.orders.dialog import orders_dialog
from bot.dialogs.renewal.dialog import renewal_dialog
from bot.dialogs.settings.dialog import settings_dialog
from bot.dialogs.widgets.message_manager import CalmMessageManager
from bot.handlers.account import account_router
from bot.handlers.automatic import automatic_router
from bot.handlers.calendar import calendar_router
from bot.handlers.card import card_router
from bot.handlers.counting import CountUpdates
from bot.handlers.groups import groups_router
from bot.handlers.hints import hints_router
from bot.handlers.home import home_router
from bot.handlers.linking import arrived, linking_router
from bot.handlers.lists import lists_router
from bot.handlers.mailbox_list import CARD_LEADS, mailbox_list_router
from bot.handlers.middleware import KnowTheChat
from bot.handlers.order_buttons import order_buttons_router
from bot.handlers.own_data import own_data_router
from bot.handlers.paying import paying_router
from bot.handlers.plain import plain_router
from bot.handlers.recovery import recovery_router
from bot.handlers.reminders import reminders_router
from bot.handlers.renewing import renewing_router
from bot.handlers.settings import settings_router
from bot.handlers.start import start_router
from bot.handlers.statements import statements_router
from bot.handlers.taps import QuickTaps
from bot.services.access import Operators
from bot.services.at_hand import READ_BESIDE
from bot.services.cards import Cards
from bot.services.glance import Glances
from bot.services.importing.seen import SeenRenewals
from bot.services.leaving.asking import LeavingInChat
from bot.services.office.announcing import Announcements
from bot.services.office.worklist import Worklist
from bot.services.orders.changing_method import OtherMethods
from bot.services.orders.expiring import Expiring
from bot.services.orders.invoicing import Invoices
from bot.services.orders.mailing import PaymentMails
from bot.services.orders.orders import Orders
from bot.services.orders.papers import Papers
from bot.services.orders.promising import Promises
from bot.services.orders.withdrawing import Withdrawals
from bot.services.payments.collectives import Collectives
from bot.services.payments.payments import Payments
from bot.services.people.chats import Chats
from bot.services.people.forgetting import Forgetting
from bot.services.people.linking import Linking
from bot.services.people.login_codes import LoginCodes
from bot.services.people.own_data import OwnDataFiles
from bot.services.people.reference_emails import ReferenceEmails
from bot.services.reminders.mail_wishes import MailWishes
from bot.services.reminders.planner import Reminders
from bot.services.reminders.wishes import ReminderWishes
from bot.services.renewing.as_it_is import RenewalsAsTheyAre
from bot.services.renewing.auto_renewal import AutoRenewal
from bot.services.renewing.declining import Declining
from bot.services.renewing.renewals import Renewals
from bot.services.sending.email_notices import EmailNotices
from bot.services.sending.notices import Notices
from bot.services.services import Services
from bot.services.statements.desk import StatementDesk
from bot.services.statements.proposals import Proposals
from bot.services.statements.run import Statements
from bot.services.statements.telling import StatementNotices
from bot.services.statements.uploads import StatementUploads
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.telegram.dispatching import RinnovoDispatcher
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Conversation:
    """The parts that answer a chat: what comes in goes to `dispatcher`."""

    services: Services
    dispatcher: RinnovoDispatcher


@dataclass(frozen=True, slots=True)
class Told:
    """Who else is told: the operator in a chat, customers by e-mail, the operator's system by events."""

    operator_chat_id: int | None = None
    operators: frozenset[int] = frozenset()
    """Telegram's numbers of the people who may decide on payments in their private chat with the bot."""
    mail: bool = False
    events: bool = False
    web: str | None = None
    """Where the bot's own pages are reached, without a slash at its end; None where nobody can reach them."""


def build_services(database: Database, surroundings: Surroundings, told: Told) -> Services:
    """The services over one database."""
    notices = Notices(
        surroundings,
        operator_chat_id=told.operator_chat_id,
        mail=told.mail,
        events=told.events,
        web=told.web,
    )
    payments = Payments(database, surroundings, notices)
    about_statements = StatementNotices(
        surroundings, operator_chat_id=told.operator_chat_id, operators=told.operators
    )
    statements = Statements(database, surroundings, payments, about_statements)
    proposals = Proposals(database, surroundings, payments, about_statements)
    operators = Operators(told.operators)
    vitals = Vitals()
    renewals = Renewals(database, surroundings)
    return Services(
        surroundings=surroundings,
        chats=Chats(database, surroundings),
        linking=Linking(database, surroundings, notices),
        login_codes=LoginCodes(database, surroundings, notices, offered=told.mail),
        reference_emails=ReferenceEmails(
            database,
            surroundings,
            EmailNotices(surroundings, notices, mail=told.mail),
            offered=told.mail,
            web=told.web,
        ),
        own_data=OwnDataFiles(database, surroundings),
        forgetting=Forgetting(database, surroundings),
        leaving=LeavingInChat(database, surroundings, mail=told.mail),
        renewals=renewals,
        renewals_as_they_are=RenewalsAsTheyAre(renewals),
        auto_renewal=AutoRenewal(database, surroundings, notices, mail=told.mail),
        declining=Declining(database, surroundings),
        cards=Cards(database, surroundings, mail=told.mail),
        orders=Orders(database, surroundings, notices),
        papers=Papers(database, surroundings),
        other_methods=OtherMethods(database, surroundings, notices),
        withdrawals=Withdrawals(database, surroundings, notices),
        promises=Promises(database, surroundings, notices),
        payment_mails=PaymentMails(database, surroundings, notices),
        glances=Glances(database, surroundings),
        payments=payments,
        statements=statements,
        proposals=proposals,
        statement_desk=StatementDesk(operators, statements, proposals),
        statement_uploads=StatementUploads(database, surroundings, operators, statements, about_statements),
        invoices=Invoices(database, surroundings, notices),
        collectives=Collectives(database, surroundings),
        expiring=Expiring(database, surroundings, notices),
        reminders=Reminders(database, surroundings, vitals, mail=told.mail),
        wishes=ReminderWishes(database, surroundings, mail=told.mail),
        mail_wishes=MailWishes(database, surroundings, notices, web=told.web),
        worklist=Worklist(database, surroundings),
        seen_renewals=SeenRenewals(database, surroundings),
        announcements=Announcements(database, surroundings, told.operator_chat_id),
        vitals=vitals,
    )


def build_conversation(
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: Clock,
    backing: Backing | None = None,
    told: Told | None = None,
    patience: float | None = None,
) -> Conversation:
    """The dispatcher with every router.

    `backing` keeps the state of dialogs; the database does when it is not given. An update waits `patience` seconds for
    one of the same chat that is under way, or for as long as that takes.
    """
    told = told or Told()
    services = build_services(database, surroundings, told)
    dispatcher = RinnovoDispatcher(
        ChatUnits(backing or SqlBacking(database, clock, READ_BESIDE), patience),
        services.vitals.answering,
        operator_chat_id=told.operator_chat_id,
        **{SERVICES_KEY: services, TEXTS_KEY: texts},
    )
    dispatcher.update.outer_middleware(CountUpdates(services.vitals))
    dispatcher.update.outer_middleware(KnowTheChat(services.chats, texts))
    dispatcher.include_routers(*every_router())
    setup_dialogs(
        dispatcher,
        dialog_manager_factory=ManagerFactory(CalmMessageManager()),
        events_isolation=DisabledEventIsolation(),
    )
    dispatcher.callback_query.middleware(QuickTaps(surroundings.now))
    return Conversation(services, dispatcher)


def redis_backing(url: str, database: Database, clock: Clock) -> RedisBacking:
    """What keeps the state of dialogs in the Redis at `url`, and counts it in the database."""
    return RedisBacking(url, database.keys, SqlBacking(database, clock, READ_BESIDE))


def every_router() -> tuple[Router, ...]:
    """New routers, in the order in which they are asked.

    Plain routers come before the dialogs, so that an open dialog cannot swallow the button of a notice; hints come
    last.
    """
    return (
        plain_router(
            groups_router(),
            start_router(),
            home_router(),
            renewing_router(),
            reminders_router(),
            lists_router(),
            order_buttons_router(),
            paying_router(),
            account_router(),
            own_data_router(),
            linking_router(),
            settings_router(),
            mailbox_list_router(),
            card_router(),
            automatic_router(),
            calendar_router(),
            statements_router(),
        ),
        renewal_dialog(),
        orders_dialog(),
        linking_dialog(arrived),
        leaving_dialog(),
        settings_dialog(),
        card_dialog(CARD_LEADS),
        hints_router(),
        recovery_router(),
    )


def build_bot(token: str, session: BaseSession) -> Bot:
    """The bot as aiogram speaks for it: Telegram HTML, and no previews under its links."""
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)
        ),
    )
