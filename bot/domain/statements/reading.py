"""What the text of an entry says: numbers, references, addresses, as banks leave them (DOMAIN.md 8).

Banks cut the text into pieces, write it in capitals, and lose dashes and signs. The pieces are joined with and without
a blank at each seam; what stands inside of one is never glued.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.creditor_reference import number_of_reference
from bot.domain.order_number import numbers_between, numbers_in, readable
from bot.domain.statements.entry import StatementEntry

_REFERENCE: Final = re.compile(r"(?<![^\W_])RF *[0-9]{2}(?:[ -]?[0-9A-Z]{4})(?:[ -]?[0-9A-Z]{2})(?![^\W_])")
_SQUEEZED_WORDS: Final = re.compile(r"[A-Z0-9]+")
_FIRST: Final = 8
"""Characters by which an address is looked up; a shorter one is not looked for."""
_WRITTEN_ADDRESS: Final = re.compile(r"[A-Z0-9._-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says.

    Attributes:
        text: the pieces joined with blanks, in capitals.
        numbers: the order numbers that it names for certain, whether such orders exist or not.
        references: those among them that it names by a reference of ISO 11649.
        addresses: the numbers of what the mailboxes belong to whose addresses it names.
        foreign_address: whether it names an address that is none of these.
    """

    text: str
    numbers: frozenset[str]
    references: frozenset[str]
    addresses: frozenset[str]
    foreign_address: bool


class AddressIndex:
    """Addresses of mailboxes as banks leave them, without their signs, each with the numbers of what it may mean."""

    def __init__(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Index pairs of an address and a number."""
        self._by_first: dict[str, dict[str, set[str]]] = {}
        for address, number in addresses:
            plain = squeezed(address)
            if len(plain) >= _FIRST:
                self._by_first.setdefault(plain[:_FIRST], {}).setdefault(plain, set()).add(number)

    def in_words(self, words: Sequence[str]) -> set[str]:
        """The numbers whose addresses a text names: from the begin of one word to the end of one."""
        plain = "".join(words)
        ends = set()
        place = 0
        starts = []
        for word in words:
            starts.append(place)
            place += len(word)
            ends.add(place)
        found: set[str] = set()
        for start in starts:
            for address, numbers in self._by_first.get(plain[start : start + _FIRST], {}).items():
                if start + len(address) in ends and plain.startswith(address, start):
                    found |= numbers
        return found


def squeezed(address: str) -> str:
    """An address in capitals, of which only letters and digits are left."""
    return "".join(_SQUEEZED_WORDS.findall(readable(address)))


def read(entry: StatementEntry, addresses: AddressIndex) -> Said:
    """Read all that an entry says in words."""
    text = readable(" ".join(entry.pieces))
    references = frozenset(_references(entry, text))
    numbers = set(numbers_in(text)) | references
    for seam in _seams(entry.pieces):
        numbers |= numbers_between(seam)
    for apart in (*entry.structured, entry.end_to_end):
        numbers |= numbers_in(apart)
    known = addresses.in_words(_SQUEEZED_WORDS.findall(text))
    return Said(
        text=text,
        numbers=frozenset(numbers),
        references=references,
        addresses=frozenset(known),
        foreign_address=not known and _WRITTEN_ADDRESS.search(text) is not None,
    )


def _seams(pieces: Sequence[str]) -> Iterator[str]:
    """The words at each seam of two pieces, glued there."""
    for left, right in itertools.pairwise(pieces):
        if left[-1:].strip() and right[:1].strip():
            before = " ".join(left.split()[-2:])
            after = " ".join(right.split()[:2])
            yield readable(before + after)


def _references(entry: StatementEntry, text: str) -> Iterator[str]:
    written = _REFERENCE.findall(text) if "RF" in text else ()
    for reference in (*entry.structured, entry.end_to_end, *written):
        if (number := number_of_reference(reference)) is not None:
            yield number
