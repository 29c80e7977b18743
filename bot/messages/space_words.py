"""Sentences that a notice of space in a chat and by e-mail share: which spaces, and what can be done (DOMAIN.md 6)."""

from typing import Final, NamedTuple

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines
from bot.messages.space_told import FullMailbox
from bot.messages.told import SpaceFilling
from bot.messages.words import plan_name
from bot.texts import Safe, Translator

NAMED: Final = 5
"""Spaces that are named, and mailboxes with a button of their own; of more the number."""


def space_title(told: SpaceFilling, translator: Translator) -> str:
    """How many mailboxes, and how full the fullest is."""
    count, level = len({box.id for box in told.mailboxes}), max(box.level for box in told.mailboxes)
    return translator.plain("message-space-heading", count=count, level=level)


class SpaceWords(NamedTuple):
    """Which spaces fill up, how many more there are, what can be done, and why professionals should."""

    spaces: Safe
    more: Safe | None
    ways: Safe
    why: Safe | None


def space_words(told: SpaceFilling, translator: Translator, catalogue: Catalogue) -> SpaceWords:
    """All that is said of spaces that fill up."""
    boxes = told.mailboxes
    unnamed = {box.id for box in boxes[NAMED:]} - {box.id for box in boxes[:NAMED]}
    larger = next((box.larger for box in boxes if box.larger is not None), None)
    return SpaceWords(
        spaces=lines(_line(translator, box) for box in boxes[:NAMED]),
        more=translator.html("message-space-more", count=len(unnamed)) if unnamed else None,
        ways=translator.html(
            "message-space-ways",
            extra=any(box.extra for box in boxes),
            larger=larger is not None,
            plan="" if larger is None else plan_name(translator, catalogue, larger),
            renewable=any(box.renewable for box in boxes),
        ),
        why=translator.html("message-space-order") if any(box.professional for box in boxes) else None,
    )


def _line(translator: Translator, box: FullMailbox) -> Safe:
    return translator.html(
        "message-space-line",
        address=box.address,
        archive=box.archive,
        used=box.used_gb,
        room=box.room_gb,
    )
