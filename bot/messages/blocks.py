"""Putting paragraphs and lines together."""

from collections.abc import Iterable

from bot.texts import Safe


def paragraphs(*parts: Safe | None) -> Safe:
    """The parts that say something, with an empty line between them."""
    return Safe("\n\n").join(part for part in parts if part)


def lines(parts: Iterable[Safe | None]) -> Safe:
    """The parts that say something, each on a line of its own."""
    return Safe("\n").join(part for part in parts if part)


def folded(*parts: Safe | None) -> Safe | None:
    """Paragraphs in a quote of which a phone shows three lines until it is opened: law and detail (VOICE.md)."""
    inside = paragraphs(*parts)
    return Safe(f"<blockquote expandable>{inside}</blockquote>") if inside else None
