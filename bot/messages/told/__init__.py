"""What waits in the outbox to be pushed or mailed: one class for each message, which writes its payload and reads it.

A payload is flat, strict JSON: its form under `v` (`bot.messages.versions`), the name of its message under
`message`, the facts of the moment when it was written, and for an e-mail its reader. Rows outlive a release: what is
written here is read for as long as a row of it may wait, and what the first release wrote, without `v`, is too.

`base` has what they share, `reading` all of them by name. One module for each subject: `orders`, `confirmations`,
`promises`, `office`, `statements`, `automatic`, `evidence`, `space`, `chats`, `reference_emails`, `leaving`,
`reminders`. A new message is written there, and named in `reading`.
"""

from bot.messages.told.automatic import (
    AboutAutomaticRenewal,
    AutomaticRenewalSwitched,
    OperatorAutomaticRenewal,
)
from bot.messages.told.base import Reader, Told
from bot.messages.told.chats import ChatJoined, LoginCode, MailSilenced, RenewalDecided
from bot.messages.told.confirmations import ConfirmationOver, Stands
from bot.messages.told.evidence import SignedHeads
from bot.messages.told.leaving import CustomerForgotten, LeavingCode
from bot.messages.told.office import NamedCase, OperatorCases, OperatorReview
from bot.messages.told.orders import (
    AboutOrder,
    AboutPayment,
    InvoiceIssued,
    OrderCancelled,
    OrderExpired,
    OrderExpiring,
    OrderMethodChanged,
    OrderPlaced,
    OrderUndecided,
    OrderWithdrawn,
    PaymentPartial,
    RenewalCompleted,
    VatDecided,
)
from bot.messages.told.promises import (
    AboutPromise,
    PaymentCardOver,
    PaymentNotArrived,
    PaymentPromised,
)
from bot.messages.told.reading import TOLD, read_told
from bot.messages.told.reference_emails import (
    ReferenceEmailChanged,
    ReferenceEmailCode,
    ReferenceEmailRestored,
)
from bot.messages.told.reminders import (
    REMINDING,
    RemindAutomatic,
    Reminding,
    RemindNotCharged,
    RemindNotRenewing,
    RemindOwnDomain,
    RemindToPay,
    RemindToRenew,
    RemindUndecided,
    TellDeleted,
)
from bot.messages.told.space import SpaceFilling
from bot.messages.told.statements import OperatorStatement, OperatorStatementRefused

__all__ = [
    "REMINDING",
    "TOLD",
    "AboutAutomaticRenewal",
    "AboutOrder",
    "AboutPayment",
    "AboutPromise",
    "AutomaticRenewalSwitched",
    "ChatJoined",
    "ConfirmationOver",
    "CustomerForgotten",
    "InvoiceIssued",
    "LeavingCode",
    "LoginCode",
    "MailSilenced",
    "NamedCase",
    "OperatorAutomaticRenewal",
    "OperatorCases",
    "OperatorReview",
    "OperatorStatement",
    "OperatorStatementRefused",
    "OrderCancelled",
    "OrderExpired",
    "OrderExpiring",
    "OrderMethodChanged",
    "OrderPlaced",
    "OrderUndecided",
    "OrderWithdrawn",
    "PaymentCardOver",
    "PaymentNotArrived",
    "PaymentPartial",
    "PaymentPromised",
    "Reader",
    "ReferenceEmailChanged",
    "ReferenceEmailCode",
    "ReferenceEmailRestored",
    "RemindAutomatic",
    "RemindNotCharged",
    "RemindNotRenewing",
    "RemindOwnDomain",
    "RemindToPay",
    "RemindToRenew",
    "RemindUndecided",
    "Reminding",
    "RenewalCompleted",
    "RenewalDecided",
    "SignedHeads",
    "SpaceFilling",
    "Stands",
    "TellDeleted",
    "Told",
    "VatDecided",
    "read_told",
]
