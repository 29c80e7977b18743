"""All the services as one value, so that handlers and windows find them by one name with their types."""

from dataclasses import dataclass

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
from bot.services.statements.desk import StatementDesk
from bot.services.statements.proposals import Proposals
from bot.services.statements.run import Statements
from bot.services.statements.uploads import StatementUploads
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals


@dataclass(frozen=True, slots=True)
class Services:
    """What chats, callbacks and the worker ask for."""

    surroundings: Surroundings
    chats: Chats
    linking: Linking
    login_codes: LoginCodes
    reference_emails: ReferenceEmails
    own_data: OwnDataFiles
    forgetting: Forgetting
    leaving: LeavingInChat
    renewals: Renewals
    renewals_as_they_are: RenewalsAsTheyAre
    auto_renewal: AutoRenewal
    declining: Declining
    cards: Cards
    orders: Orders
    papers: Papers
    other_methods: OtherMethods
    withdrawals: Withdrawals
    promises: Promises
    payment_mails: PaymentMails
    glances: Glances
    payments: Payments
    statements: Statements
    proposals: Proposals
    statement_desk: StatementDesk
    statement_uploads: StatementUploads
    invoices: Invoices
    collectives: Collectives
    expiring: Expiring
    reminders: Reminders
    wishes: ReminderWishes
    mail_wishes: MailWishes
    worklist: Worklist
    seen_renewals: SeenRenewals
    announcements: Announcements
    vitals: Vitals
