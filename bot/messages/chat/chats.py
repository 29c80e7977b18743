"""Messages about the chats themselves (DOMAIN.md 2)."""

from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.messages.facts import Payload
from bot.messages.model import ChatMessage
from bot.texts import Translator


def joined(payload: Payload, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """To the chats that a customer had: another one was bound to the same customer.

    The payload has ``at``, an aware instant, and ``addresses``, the customer's mailboxes, of which there is at least
    one: the reader may have several customers, and names nobody here.
    """
    addresses = payload["addresses"]
    return ChatMessage(
        translator.html(
            "message-chat-joined",
            at=datetime.fromisoformat(payload["at"]),
            count=len(addresses),
            first=addresses[0],
            operator=catalogue.operator.name,
            email=catalogue.operator.email,
        )
    )
