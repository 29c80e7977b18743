"""Mailboxes that are filling up: which, and what can be done (DOMAIN.md 6, "Space")."""

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import folded, paragraphs
from bot.messages.chat.buttons import of_mailbox, renew_data
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.space_words import NAMED, space_title, space_words
from bot.messages.told import SpaceFilling
from bot.texts import Translator


def filling(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """What fills up, folded where there are several; each mailbox that can be renewed has its button."""
    title = translator.html("message-space-title", text=space_title(told, translator))
    words = space_words(told, translator, catalogue)
    body = (
        (words.spaces, words.ways, folded(words.why))
        if len(told.mailboxes) == 1
        else (folded(words.spaces, words.more, words.why), words.ways)
    )
    return ChatMessage(paragraphs(title, *body), _buttons(told, translator))


def _buttons(told: SpaceFilling, translator: Translator) -> tuple[tuple[ChatButton, ...], ...]:
    renew, boxes = translator.plain("message-renew"), {box.id: box for box in told.mailboxes}
    if len(boxes) == 1:
        return tuple((ChatButton(renew, data=renew_data(box.id)),) for box in boxes.values() if box.renewable)
    return tuple(
        (ChatButton(of_mailbox(translator, renew, box.address), data=renew_data(box.id)),)
        for box in [box for box in boxes.values() if box.renewable][:NAMED]
    )
