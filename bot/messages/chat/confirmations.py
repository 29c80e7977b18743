"""What stands in the place of an order's confirmation once that asks for too much."""

from bot.domain.catalogue import Catalogue
from bot.messages.chat.buttons import see_order
from bot.messages.model import ChatMessage
from bot.messages.told import ConfirmationOver
from bot.texts import Translator


def over(told: ConfirmationOver, translator: Translator, _: Catalogue) -> ChatMessage:
    """What is still missing, if anything is, and the way to the page that says how to pay it."""
    words = translator.html(
        "message-confirmation-over",
        order=told.order,
        stands=told.stands.value,
        paid=told.paid,
        missing=told.missing,
    )
    return ChatMessage(words, ((see_order(translator, told.order),),), replaces=told.message_id)
