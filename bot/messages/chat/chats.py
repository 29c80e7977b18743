"""Messages about the chats themselves (DOMAIN.md 2)."""

from datetime import datetime
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.messages.model import ChatMessage
from bot.messages.told import (
    ChatJoined,
    MailSilenced,
    ReferenceEmailChanged,
    ReferenceEmailRestored,
    RenewalDecided,
)
from bot.texts import Translator


def joined(told: ChatJoined, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To the chats that a customer had: another one was bound to the same customer.

    It goes by a mailbox, since the reader may have several customers, and names nobody here.
    """
    return ChatMessage(
        translator.html(
            "message-chat-joined",
            at=told.at,
            count=len(told.addresses),
            first=told.addresses[0],
            operator=catalogue.operator.name,
            email=catalogue.operator.email,
        )
    )


def mail_silenced(told: MailSilenced, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Reminders by e-mail were all stopped, by whoever has one of the e-mails, or by the operator."""
    return ChatMessage(
        translator.html(
            "message-mail-silenced",
            at=told.at,
            count=len(told.addresses),
            first=told.addresses[0] if told.addresses else "",
            email=catalogue.operator.email,
        )
    )


def renewal_decided(told: RenewalDecided, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To the customer's other chats: a mailbox is not renewed, or is after all; the operator may be asked."""
    return ChatMessage(
        translator.html(
            "message-renewal-decided",
            **_when_and_whom(told.at, catalogue),
            address=told.address,
            expires=told.expires_on,
            declined=told.declined,
        )
    )


def email_changed(told: ReferenceEmailChanged, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To the customer's other chats: the reference e-mail is another one now."""
    return ChatMessage(translator.html("message-email-changed", **_when_and_whom(told.at, catalogue)))


def email_restored(told: ReferenceEmailRestored, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To all chats of the customer: the change was undone from the address before."""
    return ChatMessage(translator.html("message-email-restored", **_when_and_whom(told.at, catalogue)))


def _when_and_whom(at: datetime, catalogue: Catalogue) -> dict[str, Any]:
    return {"at": at, "operator": catalogue.operator.name, "email": catalogue.operator.email}
