"""Mailboxes that are filling up: which, and what can be done (DOMAIN.md 6, "Space")."""

from functools import partial
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines, paragraphs
from bot.messages.chat.buttons import renew_data, with_name
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.space_told import FullMailbox
from bot.messages.told import SpaceFilling
from bot.messages.words import plan_name
from bot.texts import Safe, Translator

_NAMED: Final = 5
"""Spaces that are named, and mailboxes with a button of their own; of more the number."""


def filling(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """What fills up; each mailbox that can be renewed has its button."""
    title = translator.html("message-space-title", text=space_title(told, translator))
    return ChatMessage(
        paragraphs(title, *space_words(told, translator, catalogue)), _buttons(told, translator)
    )


def _buttons(told: SpaceFilling, translator: Translator) -> tuple[tuple[ChatButton, ...], ...]:
    renew, boxes = translator.plain("message-renew"), {box.id: box for box in told.mailboxes}
    if len(boxes) == 1:
        return tuple((ChatButton(renew, data=renew_data(box.id)),) for box in boxes.values() if box.renewable)
    return tuple(
        (
            ChatButton(
                with_name(partial(_of_mailbox, translator, renew), box.address), data=renew_data(box.id)
            ),
        )
        for box in [box for box in boxes.values() if box.renewable][:_NAMED]
    )


def _of_mailbox(translator: Translator, what: str, address: str) -> str:
    return translator.plain("reminder-of-mailbox", what=what, address=address)


def space_title(told: SpaceFilling, translator: Translator) -> str:
    """How many mailboxes, and how full the fullest is."""
    count, level = len({box.id for box in told.mailboxes}), max(box.level for box in told.mailboxes)
    return translator.plain("message-space-heading", count=count, level=level)


def space_words(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> tuple[Safe, ...]:
    """Which spaces, what can be done, and why professionals should."""
    boxes = told.mailboxes
    said = [lines(_line(translator, box) for box in boxes[:_NAMED])]
    unnamed = {box.id for box in boxes[_NAMED:]} - {box.id for box in boxes[:_NAMED]}
    if unnamed:
        said.append(translator.html("message-space-more", count=len(unnamed)))
    larger = next((box.larger for box in boxes if box.larger is not None), None)
    said.append(
        translator.html(
            "message-space-ways",
            extra=any(box.extra for box in boxes),
            larger=larger is not None,
            plan="" if larger is None else plan_name(translator, catalogue, larger),
            renewable=any(box.renewable for box in boxes),
        )
    )
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
