"""Mailboxes that are filling up: which, and what can be done (DOMAIN.md 6, "Space")."""

from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import paragraphs
from bot.messages.chat.buttons import renew_data
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.space_told import FullMailbox
from bot.messages.told import SpaceFilling
from bot.texts import Safe, Translator

_NAMED: Final = 5
"""Mailboxes that are named; of more the number."""


def filling(told: SpaceFilling, translator: Translator, _: Catalogue) -> ChatMessage:
    """What fills up; one mailbox that can be renewed has its button."""
    title = translator.html("message-space-title", text=space_title(told, translator))
    only = told.mailboxes[0] if len(told.mailboxes) == 1 else None
    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    if only is not None and only.renewable:
        buttons = ((ChatButton(translator.plain("message-renew"), data=renew_data(only.id)),),)
    return ChatMessage(paragraphs(title, *space_words(told, translator)), buttons)


def space_title(told: SpaceFilling, translator: Translator) -> str:
    """How many mailboxes, and how full the fullest is."""
    level = max(box.level for box in told.mailboxes)
    return translator.plain("message-space-heading", count=len(told.mailboxes), level=level)


def space_words(told: SpaceFilling, translator: Translator) -> tuple[Safe, ...]:
    """Which mailboxes, what can be done, and why professionals should."""
    boxes = told.mailboxes
    said = [_line(translator, box) for box in boxes[:_NAMED]]
    if len(boxes) > _NAMED:
        said.append(translator.html("message-space-more", count=len(boxes) - _NAMED))
    said.append(translator.html("message-space-ways", extra=any(box.extra for box in boxes)))
    if any(box.professional for box in boxes):
        said.append(translator.html("message-space-order"))
    return tuple(said)


def _line(translator: Translator, box: FullMailbox) -> Safe:
    return translator.html(
        "message-space-line",
        address=box.address,
        archive=box.archive,
        used=box.used_gb,
        room=box.room_gb,
    )
