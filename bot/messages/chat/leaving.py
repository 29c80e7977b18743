"""To the chats of a customer that was deleted by the operator, as the customer wanted (DOMAIN.md 7, "Data")."""

from bot.domain.catalogue import Catalogue
from bot.messages.model import ChatMessage
from bot.messages.told import CustomerForgotten
from bot.texts import Translator


def forgotten(told: CustomerForgotten, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Everything was deleted, what stays and until when."""
    return ChatMessage(
        translator.html(
            "message-customer-forgotten",
            at=told.at,
            until=told.until,
            orders=told.orders,
            operator=catalogue.operator.legal_name,
            email=catalogue.operator.email,
        )
    )
