"""That automatic renewal was switched on or off: to the customer, and to the operator (DOMAIN.md 3.6)."""

from bot.domain.catalogue import Catalogue
from bot.messages.automatic_words import switched_words
from bot.messages.model import ChatMessage
from bot.messages.told import AutomaticRenewalSwitched, OperatorAutomaticRenewal
from bot.texts import Translator


def switched(told: AutomaticRenewalSwitched, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The confirmation, in every chat of the customer."""
    title = translator.plain("message-automatic-title", on=told.on)
    return ChatMessage(
        translator.html("message-automatic", title=title, body=switched_words(told, translator, catalogue))
    )


def to_operator(told: OperatorAutomaticRenewal, translator: Translator, _: Catalogue) -> ChatMessage:
    """Whoever charges has to learn of it, and no event says so."""
    return ChatMessage(
        translator.html(
            "message-automatic-operator",
            address=told.address,
            named=bool(told.customer),
            customer=told.customer,
            on=told.on,
            at=told.at,
            charge=told.charge_on,
        )
    )
