"""The e-mail which confirms that automatic renewal was switched on or off, with the time (DOMAIN.md 3.6)."""

from bot.domain.catalogue import Catalogue
from bot.messages.automatic_words import switched_words
from bot.messages.mail.common import letter
from bot.messages.mail.letter import Letter
from bot.messages.told import AutomaticRenewalSwitched
from bot.texts import Translator


def switched(told: AutomaticRenewalSwitched, translator: Translator, catalogue: Catalogue) -> Letter:
    """The same as in the chats."""
    title = translator.plain("message-automatic-title", on=told.on)
    return letter(
        translator,
        catalogue,
        subject=title,
        preview=told.address,
        title=title,
        opening=(switched_words(told, translator, catalogue),),
        sections=(),
    )
