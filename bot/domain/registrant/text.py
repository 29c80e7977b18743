"""How typed text is understood before it is judged: phones and copy-paste leave traces that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.domain.registrant.errors import ErrorCode

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘‛`´ʼʹ′＇", "'") | {"º": "°"})
_SEPARATORS: Final = re.compile(r"[\s.\-_/:‐‑‒–—−]+")
_EARLY_LETTERS_END: Final = 0x250
"""Everything before it is Latin: ASCII, Latin-1 and the two Latin extensions."""


class Refused(Exception):  # noqa: N818 - a verdict inside this package, always turned into a FieldError
    """A check says no.

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

    Invisible characters (zero-width, direction marks, soft hyphens, byte-order marks) go, line breaks and tabs become
    spaces, runs of spaces become one, full-width and other compatibility forms become the plain ones, and every kind
    of apostrophe becomes ``'``.
    """
    visible = "".join(
        " " if char.isspace() else char
        for char in raw
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf"}
    )
    return " ".join(unicodedata.normalize("NFKC", visible.translate(_APOSTROPHES)).split())


def compact(line: str) -> str:
    """A code as one upper-case word: without the spaces, dots, dashes and slashes that people group it with."""
    return _SEPARATORS.sub("", line).upper()


def is_latin_letter(char: str) -> bool:
    """Whether a letter can be written on an Italian invoice: any Latin letter, with or without accents."""
    return char.isalpha() and (
        ord(char) < _EARLY_LETTERS_END or unicodedata.name(char, "").startswith("LATIN ")
    )


def is_plain_text(line: str) -> bool:
    """Whether a line holds a letter or digit, and nothing but Latin letters, digits, punctuation and money signs."""
    return any(char.isalnum() for char in line) and all(
        ord(char) < _EARLY_LETTERS_END
        or is_latin_letter(char)
        or unicodedata.category(char) in {"Pd", "Pi", "Pf", "Po", "Sc"}
        for char in line
    )


def fold(line: str) -> str:
    """Letters only, upper case, without accents: for comparing names however they are written."""
    return "".join(
        char for char in unicodedata.normalize("NFKD", line.upper()) if char.isascii() and char.isalpha()
    )
