"""How typed text is understood before it is judged: phones and copy-paste leave traces that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from bot.domain.registrant.errors import ErrorCode

_SPELLINGS: Final = str.maketrans(
    dict.fromkeys("\u2019\u2018\u201b`\u00b4\u02bc\u02b9\u2032\uff07", "'") | {"\u00ba": "\u00b0"}
)
"""Quotes and accents that keyboards put for an apostrophe, and the ordinal sign written for a degree sign."""

_SEPARATORS: Final = re.compile(r"[\s.\-_/:\u2010-\u2015\u2212]+")
"""What people group the characters of a code with."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
"""Unicode categories: controls, formatting marks, and halves of characters, which cannot even be sent."""

_LATIN_1_END: Final = 0x100
"""The invoice system takes the characters before it (DOMAIN.md 3.5)."""

_PLAIN_FORMS: Final = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
    | dict.fromkeys("\u2039\u203a\u201a", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-")
    | {"\u2026": "...", "\u2044": "/", "\u20ac": "EUR", "\u2122": "TM", "\u2116": "No", "\u03bc": "\u00b5"}
    | {
        "\u0141": "L",
        "\u0142": "l",
        "\u0110": "D",
        "\u0111": "d",
        "\u0126": "H",
        "\u0127": "h",
        "\u0131": "i",
    }
    | {
        "\u0152": "OE",
        "\u0153": "oe",
        "\u1e9e": "SS",
        "\u014a": "NG",
        "\u014b": "ng",
        "\u0166": "T",
        "\u0167": "t",
    }
)
"""Characters beyond Latin-1 that have a plain form, apart from letters with accents, which lose them."""

_PARTS: Final = re.compile(r"[()\[\]/,;]|\s[-\u2013\u2014]\s")
"""What stands between two names of one thing."""


class Refused(Exception):
    """A check says no; `judge` turns it into a FieldError.

    Attributes:
        code: why.
        value: the value as the check understood it; empty = as it was typed.
        odd: the characters that are wrong, where it is for them.
    """

    def __init__(self, code: ErrorCode, value: str = "", odd: str = "") -> None:
        """Keep reason, value and characters."""
        super().__init__(code, value, odd)
        self.code = code
        self.value = value
        self.odd = odd


def tidy_line(raw: str) -> str:
    """One line of text in one spelling.

    Invisible characters (zero-width, direction marks, soft hyphens, byte-order marks) go, line breaks and
    tabs become spaces, runs of spaces become one, full-width and other compatibility forms become the plain
    ones, and every kind of apostrophe becomes `'`.
    """
    if raw.isascii() and raw.isprintable():  # nearly always, and a million times in an import
        return " ".join(raw.replace("`", "'").split())
    visible = "".join(
        " " if char.isspace() else char
        for char in raw
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join(unicodedata.normalize("NFKC", visible.translate(_SPELLINGS)).split())


def compact(line: str) -> str:
    """A code as one upper-case word, without the spaces, dots, dashes and slashes that group it."""
    return _SEPARATORS.sub("", line).upper()


def on_invoices(line: str) -> str:
    """The line in the characters of Latin-1, which are all that the invoice system passes.

    Typographic quotes and dashes, the euro sign, letters with strokes and accents of other languages are replaced by
    their plain form; what has none stays, for `plain_text` to refuse.
    """
    if line.isascii():
        return line
    return "".join(char if ord(char) < _LATIN_1_END else _plain_form(char) for char in line)


def beyond_invoices(line: str) -> str:
    """The characters of a line that do not pass the invoice system, each once, with a blank between them."""
    if line.isascii():
        return ""
    return " ".join(dict.fromkeys(char for char in line if ord(char) >= _LATIN_1_END))


def plain_text(line: str, longest: int) -> str:
    """The line as it can stand on an invoice, with at least one letter in it.

    Raises:
        Refused: it is longer than `longest` characters, or holds something else, or no letter.
    """
    line = on_invoices(line)
    if len(line) > longest:
        raise Refused(ErrorCode.TOO_LONG)
    if odd := beyond_invoices(line):
        raise Refused(ErrorCode.TEXT_CHARACTERS, odd=odd)
    if not (line[:1].isalpha() or any(char.isalpha() for char in line)):
        raise Refused(ErrorCode.LETTERS_MISSING)
    return line


def one_meaning(line: str, meaning: Callable[[str], str]) -> str:
    """What a line means, or what all its parts mean alike; empty where it means nothing, or two things."""
    whole = meaning(line)
    if whole:
        return whole
    parts = {meaning(part) for part in _PARTS.split(line) if any(char.isalpha() for char in part)}
    return parts.pop() if len(parts) == 1 else ""


def fold(line: str) -> str:
    """Letters only, upper case, without accents: for comparing names however they are written."""
    decomposed = unicodedata.normalize("NFKD", line.upper())
    return "".join(char for char in decomposed if char.isascii() and char.isalpha())


def _plain_form(char: str) -> str:
    replaced = char.translate(_PLAIN_FORMS)
    if replaced != char:
        return replaced
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return base if base and all(ord(part) < _LATIN_1_END for part in base) else char
