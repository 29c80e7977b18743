"""A text as it will stand in a message: parsed, trimmed, measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.entities import Entity, detect, in_order, read_entities, trim
from bot.playground.errors import PlaygroundError, bad_request
from bot.playground.html import parse_html

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text with its entities; the limits count characters, the entities UTF-16 units."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def format_text(source: str, parse_mode: str, entities: Sequence[Any] | None) -> FormattedText:
    """Turn what a bot sent into what a message holds.

    A parse mode wins over explicit entities, as in the Bot API. The playground reads HTML only: the two
    Markdowns are refused as an unsupported mode.

    Raises:
        BotApiError: for markup that cannot be parsed, or entities that do not fit the text.
    """
    if parse_mode and parse_mode.lower() not in {"html", "none"}:
        raise bad_request("unsupported parse_mode")
    if parse_mode.lower() == "html":
        text, found = parse_html(source)
    else:
        text, found = source, read_entities(entities or (), source)
    text, found = trim(text, found)
    return FormattedText(text, in_order((*found, *detect(text, found))))


def typed_text(text: str) -> FormattedText:
    """What a person typed, without the white space around it.

    Raises:
        PlaygroundError: it is empty or too long.
    """
    kept = text.strip()
    if not kept:
        raise PlaygroundError("there is nothing to send")
    if len(kept) > TEXT_LIMIT:
        raise PlaygroundError(f"a message has at most {TEXT_LIMIT} characters")
    return FormattedText(kept, detect(kept))


def message_text(source: str, parse_mode: str, entities: Sequence[Any] | None) -> FormattedText:
    """Return the text of a text message: 1 to 4096 characters after parsing.

    Raises:
        BotApiError: `message text is empty`, `text must be non-empty` or `message is too long`.
    """
    if not source:
        raise bad_request("message text is empty")
    found = format_text(source, parse_mode, entities)
    if not found.text:
        raise bad_request("text must be non-empty")
    if len(found.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return found


def caption_text(source: str, parse_mode: str, entities: Sequence[Any] | None) -> FormattedText:
    """Return the caption of a picture or document: at most 1024 characters after parsing, or none.

    Raises:
        BotApiError: `message caption is too long`.
    """
    found = format_text(source, parse_mode, entities)
    if len(found.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return found
