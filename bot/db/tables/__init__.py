"""The tables of the business, one module a subject. Importing the package registers them all."""

from bot.db.tables.drafts import DraftItemRow, DraftRow
from bot.db.tables.evidence import (
    ChainRow,
    ContentRow,
    EvidenceKeyRow,
    RecordRow,
    SignedDayRow,
    SignedHeadRow,
)
from bot.db.tables.held import HeldRow
from bot.db.tables.invoices import InvoiceCallRow, InvoiceRow
from bot.db.tables.mailboxes import MailboxRow, MuteRow, ReminderRow, SnoozeRow, SpaceLevelRow
from bot.db.tables.numbers import CollectiveOrderRow, CollectiveRow, TakenNumberRow
from bot.db.tables.office import CaseRow
from bot.db.tables.orders import (
    AcceptanceRow,
    EvidenceRow,
    MethodChangeRow,
    OrderItemRow,
    OrderLineRow,
    OrderRow,
    VatDecisionRow,
)
from bot.db.tables.outbox import OutboxRow
from bot.db.tables.owed import OwedNoticeRow
from bot.db.tables.payments import CallbackRow, PaymentRow
from bot.db.tables.people import (
    ChatCustomerRow,
    ChatOnceBoundRow,
    ChatRow,
    CustomerRow,
    EmailChangeRow,
    ForgottenRow,
    HolderRow,
    LinkTokenRow,
    LoginCodeRow,
)
from bot.db.tables.promises import PaymentPromiseRow
from bot.db.tables.statements import StatementEntryRow, StatementRow, StatementUploadRow
from bot.db.tables.switching import RenewalDecisionRow, SwitchingRow
from bot.db.tables.withdrawals import WithdrawalLinkRow, WithdrawalRow

__all__ = [
    "AcceptanceRow",
    "CallbackRow",
    "CaseRow",
    "ChainRow",
    "ChatCustomerRow",
    "ChatOnceBoundRow",
    "ChatRow",
    "CollectiveOrderRow",
    "CollectiveRow",
    "ContentRow",
    "CustomerRow",
    "DraftItemRow",
    "DraftRow",
    "EmailChangeRow",
    "EvidenceKeyRow",
    "EvidenceRow",
    "ForgottenRow",
    "HeldRow",
    "HolderRow",
    "InvoiceCallRow",
    "InvoiceRow",
    "LinkTokenRow",
    "LoginCodeRow",
    "MailboxRow",
    "MethodChangeRow",
    "MuteRow",
    "OrderItemRow",
    "OrderLineRow",
    "OrderRow",
    "OutboxRow",
    "OwedNoticeRow",
    "PaymentPromiseRow",
    "PaymentRow",
    "RecordRow",
    "ReminderRow",
    "RenewalDecisionRow",
    "SignedDayRow",
    "SignedHeadRow",
    "SnoozeRow",
    "SpaceLevelRow",
    "StatementEntryRow",
    "StatementRow",
    "StatementUploadRow",
    "SwitchingRow",
    "TakenNumberRow",
    "VatDecisionRow",
    "WithdrawalLinkRow",
    "WithdrawalRow",
]
