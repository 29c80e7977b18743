"""Order numbers: short, without characters that look alike, with a check character (DOMAIN.md 4).

The form is ``R7K2M-4``: five random characters, a dash, a check character. The alphabet has 31 characters, a
prime, so that the weighted sum catches every single wrong character and every swap of two.
"""

import secrets

from bot.domain.errors import RinnovoError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BODY = 5

_WEIGHTS = (7, 14, 21, 28, 4)
"""All different modulo 31 and none of them 0 or 30, the weight of the check character: no error cancels out."""


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
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def format_number(body: str) -> str:
    """The whole number for its five characters."""
    return f"{body}-{check_character(body)}"


def random_number() -> str:
    """A new number. About 28 million exist: the caller tries again when one is taken."""
    return format_number("".join(secrets.choice(ALPHABET) for _ in range(_BODY)))


def parse_number(text: str) -> str:
    """The number as it is stored, from what a person typed: any case, with or without the dash or spaces.

    Raises:
        InvalidOrderNumber: when a character is missing, foreign to the alphabet, or wrong.
    """
    plain = "".join(text.split()).replace("-", "").upper()
    if len(plain) != _BODY + 1 or any(char not in ALPHABET for char in plain):
        raise InvalidOrderNumber(text, mistyped=False)
    number = format_number(plain[:_BODY])
    if number[-1] != plain[-1]:
        raise InvalidOrderNumber(text, mistyped=True)
    return number
