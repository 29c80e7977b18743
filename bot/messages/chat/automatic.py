"""That automatic renewal was switched on or off: to the customer, and to the operator (DOMAIN.md 3.6)."""

from bot.domain.catalogue import Catalogue
from bot.messages.model import ChatMessage
from bot.messages.told import AboutAutomaticRenewal, AutomaticRenewalSwitched, OperatorAutomaticRenewal
from bot.texts import Safe, Translator
from bot.texts.formats import local_day


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


def switched_words(told: AboutAutomaticRenewal, translator: Translator, catalogue: Catalogue) -> Safe:
    """What was switched and when, what follows, and whom to write to."""
    return translator.html(
        "message-automatic-body",
        address=told.address,
        on=told.on,
        at=told.at,
        charge=told.charge_on,
        expires=told.expires_on,
        charged=told.charge_on <= local_day(told.at),
        known=told.years is not None,
        years=told.years or 0,
        priced=told.due is not None,
        due=told.due or 0,
        email=catalogue.operator.email,
    )
