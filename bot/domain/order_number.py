"""Order numbers: short, without characters that look alike, with a check character (DOMAIN.md 4).

The form is `R7K2M-4`: five random characters, a dash, a check character. The alphabet has 31 characters, a
prime, so that the weighted sum catches every single wrong character and every swap of two.
"""

import re
import secrets
import unicodedata
from operator import mul
from typing import Final

from bot.domain.errors import RinnovoError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BODY = 5

_WEIGHTS = (7, 14, 21, 28, 4)
"""All different modulo 31 and none of them 0 or 30, the weight of the check character: no error cancels out."""


_BLANKS_AND_DASHES: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_ONE_SIGN: Final = re.compile(rf"([{ALPHABET}]{{{_BODY}}})[\W_]([{ALPHABET}])")
_OUTSIDE: Final = re.compile(r"^[\W_]+|[\W_]+$")
_BETWEEN_BOUNDARIES: Final = re.compile(
    rf"(?<![^\W_])(?=([{ALPHABET}]{{{_BODY}}})[\W_]?([{ALPHABET}])(?![^\W_]))"
)
"""Looked for ahead, so that two places that overlap are both seen. A boundary is what is no letter and no digit."""


class InvalidOrderNumber(RinnovoError, ValueError):
    """The text is not an order number, or it was `mistyped`: its check character does not agree."""

    text = "error-not-found"

    def __init__(self, text: str, *, mistyped: bool) -> None:
        wrong = (
            "a character of it is wrong, since its check character does not agree"
            if mistyped
            else f"one looks like {format_number('R7K2M')}"
        )
        super().__init__(f"{text!r} is not an order number: {wrong}")
        self.mistyped = mistyped


def check_character(body: str) -> str:
    """The check character of the five characters of a number."""
    return ALPHABET[sum(map(mul, _WEIGHTS, map(ALPHABET.index, body))) % len(ALPHABET)]


def format_number(body: str) -> str:
    """The whole number for its five characters."""
    return f"{body}-{check_character(body)}"


def random_number() -> str:
    """A new number. About 28 million exist: the caller tries again when one is taken."""
    return format_number("".join(secrets.choice(ALPHABET) for _ in range(_BODY)))


def parse_number(text: str) -> str:
    """The number as it is stored, from a text that is one number and nothing else, as people write it.

    Any case, with or without dashes and blanks anywhere, in quotes or brackets, and with any one sign in the place of
    the dash: `r7k2m4`, `R7K2M/4`, `R7K2M.4`, `(R7K2M 4)`, with a dash of any length.

    Raises:
        InvalidOrderNumber: when a character is missing, foreign to the alphabet, or wrong.
    """
    inner = _OUTSIDE.sub("", readable(text))
    plain = _BLANKS_AND_DASHES.sub("", inner)
    if parted := _ONE_SIGN.fullmatch(plain):
        plain = "".join(parted.groups())
    if len(plain) != _BODY + 1 or any(char not in ALPHABET for char in plain):
        raise InvalidOrderNumber(text, mistyped=False)
    number = format_number(plain[:_BODY])
    if number[-1] != plain[-1]:
        raise InvalidOrderNumber(text, mistyped=True)
    return number


def numbers_in(text: str) -> frozenset[str]:
    """The numbers that a text names for certain (DOMAIN.md 5): whether such orders exist is another question.

    A text that is one number names that one alone. In a longer one a number counts between boundaries - begin, end,
    blank, punctuation -, with its check character joined to its body or parted from it by one sign at most. What could
    be had by joining more than that is a guess: `bot.domain.number_guesses`.
    """
    try:
        return frozenset({parse_number(text)})
    except InvalidOrderNumber:
        return numbers_between(text)


def numbers_between(text: str) -> frozenset[str]:
    """The numbers that stand between boundaries in a text, which may be a part of one."""
    found = _BETWEEN_BOUNDARIES.finditer(readable(text))
    return frozenset(
        f"{body}-{check}"
        for body, check in (match.groups() for match in found)
        if check_character(body) == check
    )


def one_number_in(text: str) -> str:
    """The only number that a text names: for whoever asks for an order by what a person wrote.

    Raises:
        InvalidOrderNumber: it names none for certain, or several.
    """
    found = numbers_in(text)
    return next(iter(found)) if len(found) == 1 else parse_number(text)


def readable(text: str) -> str:
    """A text in capitals, in which characters are what they look like, and those that show nothing are left out.

    Wide and mathematical letters become plain ones; joiners, soft hyphens and marks of direction go; an ordinal sign,
    as in `nº`, is a sign and no letter. No character becomes two.
    """
    if text.isascii():  # nearly always, and a hundred thousand times in a statement
        return text.upper()
    return "".join(
        _plain(char) for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf"
    )


def _plain(char: str) -> str:
    if char in _ORDINALS:
        return " "
    for form in (unicodedata.normalize("NFKC", char), char):
        if len(capital := form.upper()) == 1:
            return capital
    return char


_ORDINALS: Final = "ºª"
