"""What the text of an entry says: numbers and references, as banks leave them (DOMAIN.md 8).

Banks cut the text into pieces, write it in capitals, and lose dashes and signs. The pieces are joined with and without
a blank at each seam; what stands inside of one is never glued.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.creditor_reference import number_of_reference, referred_in
from bot.domain.order_number import (
    ALPHABET,
    InvalidOrderNumber,
    numbers_between,
    numbers_in,
    parse_number,
    readable,
)
from bot.domain.payment_reason import LONGEST_REASON
from bot.domain.statements.addresses import words_of
from bot.domain.statements.entry import StatementEntry

_BODY: Final = 5
_LENGTH: Final = _BODY + 1
_GROUPS: Final = 3
_IN_PASSING: Final = frozenset(
    {
        "GIA",
        "PRIMA",
        "PRECEDENTE",
        "VECCHIO",
        "ANNULLATO",
        "SOSTITUISCE",
        "STORNO",
        "RIMBORSO",
        "NON",
        "SEGUE",
    }
)
"""Words that make of a number one that is not being paid."""
_MISTYPED: Final = re.compile(r"(?<![^\W_])(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[0-9A-Z]{5}-[0-9A-Z](?![^\W_])")
"""What has the form of a number as it is printed, whether its check character agrees or not."""
_BEGUN: Final = re.compile(rf"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[{ALPHABET}]{{2,5}}")
"""What may be the beginning of a number: letters and figures, too few for a whole one."""
_RUNS: Final = re.compile(rf"[{ALPHABET}]{{{_LENGTH},}}")
_LONGEST_APART: Final = 16
"""Characters of a field that may be one number, however it is written."""
_VOWELS: Final = "AEU"
"""Those of the alphabet of numbers."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says.

    Attributes:
        text: the pieces joined with blanks, in capitals.
        seams: the words at each seam, glued there.
        words: of the text.
        numbers: those that it names for certain, whether such orders exist or not.
        references: those among them that it names by a reference of ISO 11649.
        is_filled: whether it has as many characters as a transfer carries, so that more of it may have been cut off.
    """

    text: str
    seams: tuple[str, ...]
    words: tuple[str, ...]
    numbers: frozenset[str]
    references: frozenset[str]
    is_filled: bool

    def may_be_a_word(self, number: str) -> bool:
        """Whether what was read as this number may be a word, or figures of something else.

        `TARGA E` and `23456/7` have the form of numbers. What has letters and digits, or the dash of a number, has it
        by no accident that was ever seen.
        """
        if number in self.references:
            return False
        body, plain = number[:_BODY], number.replace("-", "")
        if plain.isdigit():
            return True
        if any(number in text for text in (self.text, *self.seams)):
            return False
        joined = any(plain in text for text in (self.text, *self.seams))
        like_a_word = plain if joined else body
        return like_a_word.isalpha() and sum(like_a_word.count(vowel) for vowel in _VOWELS) > 1

    def may_name_another(self, number: str) -> bool:
        """Whether the text may name another number beside this one, which cannot be read: cut off, or mistyped.

        Also where a word says that this one is named in passing.
        """
        plain = number.replace("-", "")
        if self.is_filled or not _IN_PASSING.isdisjoint(self.words):
            return True
        if any(found.replace("-", "") != plain for found in _MISTYPED.findall(self.text)):
            return True
        last = self.words[-1] if self.words else ""
        return bool(_BEGUN.fullmatch(last)) and last not in plain

    def windows(self) -> Sequence[str]:
        """Every six characters of the text that stand side by side once all signs are gone: of these, few are numbers.

        What is found among them is a guess (`bot.domain.number_guesses`): proposed, never registered.
        """
        return [
            run[start : start + _LENGTH]
            for run in _RUNS.findall("".join(self.words))
            for start in range(len(run) - _BODY)
        ]


def read(entry: StatementEntry) -> Said:
    """Read all that an entry says in words."""
    text = readable(" ".join(entry.pieces))
    seams = tuple(_seams(entry.pieces))
    references = frozenset(_references(entry, (text, *seams)))
    words = tuple(words_of(text))
    is_one_number_at_most = sum(map(len, words)) <= _LENGTH
    numbers = set(numbers_in(text) if is_one_number_at_most else numbers_between(text)) | references
    for seam in seams:
        numbers |= numbers_between(seam)
    for apart in (*entry.structured, entry.end_to_end):
        if 0 < len(apart) <= _LONGEST_APART:
            numbers |= _whole_number(apart)
    is_filled = sum(map(len, entry.pieces)) == LONGEST_REASON
    return Said(text, seams, words, frozenset(numbers), references, is_filled)


def _seams(pieces: Sequence[str]) -> Iterator[str]:
    """The words at each seam of two pieces, glued there: as many of each side as a reference has groups."""
    for left, right in itertools.pairwise(pieces):
        if left[-1:].strip() and right[:1].strip():
            before = " ".join(left.rsplit(maxsplit=_GROUPS)[-_GROUPS:])
            after = " ".join(right.split(maxsplit=_GROUPS)[:_GROUPS])
            yield readable(before + after)


def _references(entry: StatementEntry, texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from referred_in(text)
    for reference in (*entry.structured, entry.end_to_end):
        if reference and (number := number_of_reference(reference)) is not None:
            yield number


def _whole_number(text: str) -> frozenset[str]:
    try:
        return frozenset({parse_number(text)})
    except InvalidOrderNumber:
        return frozenset()


def _plain(text: str) -> str:
    return text.replace("-", "").replace(" ", "")
