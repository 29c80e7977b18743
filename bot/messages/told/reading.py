"""Every message that there is, and reading the one that waits in a payload."""

from collections.abc import Mapping
from typing import Final

from bot.messages.facts import Payload
from bot.messages.told.automatic import AutomaticRenewalSwitched, OperatorAutomaticRenewal
from bot.messages.told.base import Reader, Told
from bot.messages.told.chats import ChatJoined, LoginCode, MailSilenced, RenewalDecided
from bot.messages.told.confirmations import ConfirmationOver
from bot.messages.told.evidence import SignedHeads
from bot.messages.told.leaving import CustomerForgotten, LeavingCode
from bot.messages.told.office import OperatorCases, OperatorReview
from bot.messages.told.orders import (
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
from bot.messages.told.promises import PaymentCardOver, PaymentNotArrived, PaymentPromised
from bot.messages.told.reference_emails import (
    ReferenceEmailChanged,
    ReferenceEmailCode,
    ReferenceEmailRestored,
)
from bot.messages.told.reminders import REMINDING
from bot.messages.told.space import SpaceFilling
from bot.messages.told.statements import OperatorStatement, OperatorStatementRefused
from bot.messages.versions import UnreadablePayload, check_readable

_ALL: Final[tuple[type[Told], ...]] = (
    OrderPlaced,
    OrderUndecided,
    VatDecided,
    OrderCancelled,
    OrderWithdrawn,
    OrderExpiring,
    OrderMethodChanged,
    OrderExpired,
    RenewalCompleted,
    PaymentPartial,
    InvoiceIssued,
    PaymentPromised,
    PaymentNotArrived,
    PaymentCardOver,
    ConfirmationOver,
    OperatorReview,
    OperatorCases,
    OperatorStatement,
    OperatorStatementRefused,
    ChatJoined,
    RenewalDecided,
    AutomaticRenewalSwitched,
    OperatorAutomaticRenewal,
    SpaceFilling,
    MailSilenced,
    LoginCode,
    ReferenceEmailCode,
    ReferenceEmailChanged,
    ReferenceEmailRestored,
    LeavingCode,
    CustomerForgotten,
    SignedHeads,
    *REMINDING.values(),
)
TOLD: Final[Mapping[str, type[Told]]] = {kind.NAME: kind for kind in _ALL}
"""Every message that there is, by its name."""


def read_told(payload: Payload) -> Told:
    """Read what waited in the outbox.

    Raises:
        UnreadablePayload: a newer release wrote it, this one does not know its message, or facts are missing or wrong.
    """
    check_readable(payload)
    name = payload.get("message")
    if not isinstance(name, str) or name not in TOLD:
        raise UnreadablePayload(f"there is no message {name!r}")
    try:
        reader = (
            Reader(payload["to"], payload["language"], payload.get("phrase")) if "to" in payload else None
        )
        return TOLD[name].read(payload, reader)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        # What a wrong fact says may be personal: only the name of one that is missing is repeated.
        why = (
            f"{error} is missing" if isinstance(error, KeyError) else f"a {type(error).__name__} in its facts"
        )
        raise UnreadablePayload(f"{name} cannot be read: {why}") from error
