"""Putting paragraphs and lines together."""

import re
from collections.abc import Iterable
from typing import Final

from bot.texts import Safe

_BLANK_BESIDE_QUOTE: Final = re.compile(r"\n{2,}(?=<blockquote)|(?<=</blockquote>)\n{2,}")


def paragraphs(*parts: Safe | None) -> Safe:
    """The parts that say something, with an empty line between them: but none beside a quote."""
    return beside_quotes(Safe("\n\n").join(part for part in parts if part))


def beside_quotes(text: Safe) -> Safe:
    """The text without the empty lines above and below its quotes, which stand apart by themselves."""
    return Safe(_BLANK_BESIDE_QUOTE.sub("\n", text))


def lines(parts: Iterable[Safe | None]) -> Safe:
    """The parts that say something, each on a line of its own."""
    return Safe("\n").join(part for part in parts if part)


def folded(*parts: Safe | None) -> Safe | None:
    """Paragraphs in a quote of which a phone shows three lines until it is opened: law and detail (VOICE.md)."""
    inside = paragraphs(*parts)
    return Safe(f"<blockquote expandable>{inside}</blockquote>") if inside else None
