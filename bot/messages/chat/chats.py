"""Messages about the chats themselves (DOMAIN.md 2)."""

from bot.domain.catalogue import Catalogue
from bot.messages.model import ChatMessage
from bot.messages.told import ChatJoined, MailSilenced
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
