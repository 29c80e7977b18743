"""A message as a phone of 390 px shows it: its lines as they wrap, and the pixels that it takes with its buttons.

Computed from widths of letters and from the sizes in the style sheets of the playground's page (`message.css`,
`keyboard.css`), so that it is the same on every machine; `tests/end_to_end/test_budget_in_browser.py` compares it
with a browser. Expandable quotes count as they come: folded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from bot.playground.entities import Entity, utf16_length
from bot.playground.messages import Message
from tests.support.glyphs import Face, width_of

SCREEN_PX: Final = 672
"""What a phone of 390x844 leaves between the header and the keyboard."""

_FOLDED_LINES: Final = 3
_LETTER: Final = 16.0
_LEADING: Final = 1.4
_TEXT: Final = 336.0
"""A bubble with buttons: 390 less the log's and the bubble's margins and padding."""
_TEXT_ALONE: Final = 318.4
"""The widest that a bubble without buttons gets."""
_BUBBLE: Final = 13.0
_CLOCK: Final = 41.6
"""The hour, which floats at the end of the last line where there is room, else on a line of its own."""
_CLOCK_HEIGHT: Final = 18.0

_QUOTE_LETTER: Final = _LETTER * 0.96
_QUOTE_SIDES: Final = 24.0
_QUOTE_EDGES: Final = 8.0
_QUOTE_MARGIN: Final = 4.0

_CODE_SIZE: Final = 0.93
_CODE_SIDE: Final = 4.0

_KEY: Final = 42.0
_GAP: Final = 4.0
_KEYBOARD: Final = 358.0
_KEY_SIDES: Final = 20.0
_KEY_LETTER: Final = 15.0

_BREAK_AFTER: Final = re.compile(r"(?<=[^\s\d])-(?=\w)|[…—–]")  # noqa: RUF001 - the signs themselves
_QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a phone a message takes: `lines` of its text, and `px` of all of it, buttons included."""

    lines: int
    px: int


class _Letter(NamedTuple):
    sign: str
    px: float
    """How wide it is, with what surrounds code at its ends."""
    quote: Entity | None


def shown(message: Message) -> Shown:
    """Measure a message of text, with or without buttons."""
    rows = len(message.labels)
    width = _TEXT if rows else _TEXT_ALONE
    lines, height, last = 0, 0.0, 0.0
    letters = tuple(_letters(message.text, message.content.text.entities))
    for quote, block in _blocks(letters):
        wrapped = _wrap(block, width if quote is None else width - _QUOTE_SIDES)
        count = len(wrapped)
        if quote is None:
            last = wrapped[-1]
        else:
            last = width
            height += _QUOTE_EDGES + 2 * _QUOTE_MARGIN
            if quote.type == "expandable_blockquote":
                count = min(count, _FOLDED_LINES)
        lines += count
        height += count * _size_in(quote) * _LEADING
    if last + _CLOCK > width:
        height += _CLOCK_HEIGHT
    keyboard = rows * (_KEY + _GAP)
    return Shown(lines, round(height + _BUBBLE + keyboard))


def label_px(label: str) -> float:
    """How wide the words of a button are."""
    return sum(width_of(letter, Face.BOLD) for letter in label) * _KEY_LETTER


def cell_px(buttons: int) -> float:
    """How much of its width a button has for words when so many share a row."""
    return (_KEYBOARD - _GAP * (buttons - 1)) / buttons - _KEY_SIDES


def _letters(text: str, entities: Sequence[Entity]) -> Iterator[_Letter]:
    """The letters as they are drawn. What holds for one holds for all up to the next edge of an entity."""
    edges = {edge for each in entities for edge in (each.offset, each.end)}
    at = 0
    code = quote = None
    face, scale, size = Face.REGULAR, 1.0, _LETTER
    drawn: dict[str, _Letter] = {}
    for sign in text:
        if at in edges:
            over = [each for each in entities if each.offset <= at < each.end]
            code = next((each for each in over if each.type == "code"), None)
            quote = next((each for each in over if each.type in _QUOTES), None)
            bold = any(each.type == "bold" for each in over)
            face = Face.MONO if code else Face.BOLD if bold else Face.REGULAR
            scale = _CODE_SIZE if code else 1.0
            size, drawn = _size_in(quote), {}
        end = at + utf16_length(sign)
        letter = drawn.get(sign)
        if letter is None:
            letter = drawn[sign] = _Letter(sign, width_of(sign, face) * size * scale, quote)
        if code is not None and (code.offset == at or code.end == end):
            sides = _CODE_SIDE * ((code.offset == at) + (code.end == end))
            letter = letter._replace(px=letter.px + sides)
        yield letter
        at = end


def _size_in(quote: Entity | None) -> float:
    return _LETTER if quote is None else _QUOTE_LETTER


def _blocks(letters: Sequence[_Letter]) -> Iterator[tuple[Entity | None, list[_Letter]]]:
    """The text between quotes, and each quote; the line break at the edge of a quote is the quote's own."""
    after_quote = False
    blocks = [(quote, list(block)) for quote, block in groupby(letters, lambda letter: letter.quote)]
    for position, (quote, block) in enumerate(blocks):
        if quote is None:
            if after_quote and block[0].sign == "\n":
                block.pop(0)
            if position < len(blocks) - 1 and block and block[-1].sign == "\n":
                block.pop()
        after_quote = quote is not None
        if block:
            yield quote, block


def _wrap(letters: Sequence[_Letter], width: float) -> list[float]:
    """The widths of the lines, in pixels."""
    lines: list[float] = []
    line: list[_Letter] = []
    for letter in letters:
        if letter.sign == "\n":
            lines += _wrap_line(line, width)
            line = []
        else:
            line.append(letter)
    return lines + _wrap_line(line, width)


def _wrap_line(letters: Sequence[_Letter], width: float) -> list[float]:
    lines = [0.0]
    hanging = 0.0
    """Blanks at the end of the line so far: they count only when something follows."""
    for word in _words(letters):
        needed = sum([letter.px for letter in word if letter.sign != " "])
        blanks = sum([letter.px for letter in word if letter.sign == " "])
        if lines[-1] and lines[-1] + hanging + needed > width:
            lines.append(0.0)
            hanging = 0.0
        if needed > width:  # a word that no line holds is cut wherever it has to be
            for letter in word:
                if lines[-1] + letter.px > width:
                    lines.append(0.0)
                lines[-1] += letter.px
            continue
        lines[-1] += hanging + needed
        hanging = blanks
    return lines


def _words(letters: Sequence[_Letter]) -> Iterator[Sequence[_Letter]]:
    """The pieces between which a line may break, each with the blanks that follow it."""
    text = "".join(letter.sign for letter in letters)
    edges = {match.end() for match in re.finditer(r" +", text)} | {
        match.end() for match in _BREAK_AFTER.finditer(text)
    }
    start = 0
    for edge in sorted(edges | {len(letters)}):
        if edge > start:
            yield letters[start:edge]
            start = edge
