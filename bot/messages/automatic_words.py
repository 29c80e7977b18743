"""What the switch of automatic renewal says, in a chat and by e-mail (DOMAIN.md 3.6)."""

from bot.domain.catalogue import Catalogue
from bot.messages.told import AboutAutomaticRenewal
from bot.texts import Safe, Translator
from bot.texts.formats import local_day


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
