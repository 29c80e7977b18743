"""The e-mail of mailboxes that are filling up (DOMAIN.md 6, "Space")."""

from bot.domain.catalogue import Catalogue
from bot.messages.chat.space import space_title, space_words
from bot.messages.mail.common import letter
from bot.messages.mail.letter import Letter
from bot.messages.told import SpaceFilling
from bot.texts import Translator


def filling(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> Letter:
    """The same as in the chats."""
    title = space_title(told, translator)
    return letter(
        translator,
        catalogue,
        subject=title,
        preview=told.mailboxes[0].address,
        title=title,
        opening=space_words(told, translator),
        sections=(),
    )
