"""Messages about a payment that its customer has announced."""

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines
from bot.messages.chat.buttons import see_order
from bot.messages.chat.paying import not_to_be_paid, paying_rows, paying_words
from bot.messages.model import ChatMessage
from bot.messages.promise_words import not_arrived_words
from bot.messages.told import PaymentCardOver, PaymentNotArrived, PaymentPromised
from bot.messages.words import renewal_of
from bot.texts import Translator


def promised(told: PaymentPromised, translator: Translator, _: Catalogue) -> ChatMessage:
    """To the customer's other chats: nobody is to pay a second time, and fewer reminders come."""
    facts = told.order
    return ChatMessage(
        translator.html("message-promised", order=facts.number, missing=facts.missing, on=told.expected_on),
        ((see_order(translator, facts.number),),),
    )


def not_arrived(told: PaymentNotArrived, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """Nothing has arrived: where to ask, and what one pays with."""
    facts = told.order
    if facts.gone:
        title = translator.plain("message-not-arrived-title", order=facts.number)
        return not_to_be_paid(translator, catalogue, facts, title)
    body = lines(
        [
            not_arrived_words(translator, catalogue, told.expected_on),
            paying_words(translator, catalogue, facts, renewal_of(translator, facts)),
        ]
    )
    return ChatMessage(
        translator.html("message-not-arrived", order=facts.number, body=body),
        paying_rows(translator, catalogue, facts),
    )


def card_over(told: PaymentCardOver, translator: Translator, _: Catalogue) -> ChatMessage:
    """What takes the card's place, which is unpinned."""
    why = "arrived" if told.arrived else "elsewhere" if told.elsewhere else "over"
    words = translator.html("paid-card-over", order=told.order, why=why)
    return ChatMessage(words, replaces=told.card_id)
