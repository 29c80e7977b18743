"""Sentences about a payment that its customer has announced, shared by chats and e-mails."""

from datetime import date

from bot.domain.catalogue import Catalogue
from bot.messages.facts import OrderFacts
from bot.messages.words import named
from bot.texts import Safe, Translator


def card_words(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, expected_on: date, ask_on: date
) -> Safe:
    """The card that stands pinned: until when the payment is expected, and what comes meanwhile."""
    method = catalogue.methods.get(facts.method_id)
    return translator.html(
        "paid-card",
        order=facts.number,
        missing=facts.missing,
        method=facts.method_id if method is None else named(translator, method.in_sentence),
        on=expected_on,
        late=facts.on <= facts.pay_by < expected_on,
        ask=ask_on,
        urgent=catalogue.rules.urgent_days,
    )


def not_arrived_words(translator: Translator, catalogue: Catalogue, expected_on: date) -> Safe:
    """That nothing has arrived, and what to do where the payment was made all the same."""
    operator = catalogue.operator
    return translator.html(
        "message-not-arrived-what", on=expected_on, operator=operator.name, email=operator.email
    )
