"""How typed text is understood before it is judged: phones and copy-paste leave traces that nobody sees."""

from __future__ import annotations

import re
import unicodedata
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

_EARLY_LETTERS_END: Final = 0x250
"""Everything before it is Latin: ASCII, Latin-1 and the first two Latin extensions."""


class Refused(Exception):
    """A check says no; `judge` turns it into a FieldError.

    Attributes:
        code: why.
        value: the value as the check understood it; empty = as it was typed.
    """

    def __init__(self, code: ErrorCode, value: str = "") -> None:
        """Keep reason and value."""
        super().__init__(code, value)
        self.code = code
        self.value = value


def tidy_line(raw: str) -> str:
    """One line of text in one spelling.

    Invisible characters (zero-width, direction marks, soft hyphens, byte-order marks) go, line breaks and
    tabs become spaces, runs of spaces become one, full-width and other compatibility forms become the plain
    ones, and every kind of apostrophe becomes ``'``.
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


def is_latin_letter(char: str) -> bool:
    """Whether a letter can be written on an Italian invoice: any Latin letter, with or without accents."""
    return char.isalpha() and (
        ord(char) < _EARLY_LETTERS_END or unicodedata.name(char, "").startswith("LATIN ")
    )


def plain_text(line: str, longest: int) -> str:
    """The line itself: Latin letters, at least one, and digits, punctuation and money signs.

    Raises:
        Refused: it is longer than `longest` characters, or holds something else, or no letter.
    """
    if len(line) > longest:
        raise Refused(ErrorCode.TOO_LONG)
    if not all(_is_plain(char) for char in line):
        raise Refused(ErrorCode.TEXT_CHARACTERS)
    if not any(char.isalpha() for char in line):
        raise Refused(ErrorCode.LETTERS_MISSING)
    return line


def fold(line: str) -> str:
    """Letters only, upper case, without accents: for comparing names however they are written."""
    decomposed = unicodedata.normalize("NFKD", line.upper())
    return "".join(char for char in decomposed if char.isascii() and char.isalpha())


def _is_plain(char: str) -> bool:
    return (
        ord(char) < _EARLY_LETTERS_END
        or is_latin_letter(char)
        or unicodedata.category(char) in {"Pd", "Pi", "Pf", "Po", "Sc"}
    )
