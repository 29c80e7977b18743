"""Addresses of mailboxes as banks leave them: in capitals, without "@", ".", "_" and "-" (DOMAIN.md 8)."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.order_number import readable

_WORDS: Final = re.compile(r"[A-Z0-9]+")
_FIRST: Final = 8
"""Characters by which an address is looked up; one that has fewer is not looked for."""
_WRITTEN: Final = re.compile(r"[A-Z0-9._%+-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+")


def words_of(text: str) -> list[str]:
    """The words of a text in capitals: what stands between blanks and signs."""
    return _WORDS.findall(text)


def squeezed(address: str) -> str:
    """An address in capitals, of which only letters and digits are left."""
    return "".join(words_of(readable(address)))


def is_written_in(text: str) -> bool:
    """Whether a text in capitals has an address with its signs, whosever it is."""
    return "@" in text and _WRITTEN.search(text) is not None


class AddressIndex:
    """Addresses, each with the numbers of what may be paid for its mailbox."""

    def __init__(self, addresses: Iterable[tuple[str, str]]) -> None:
        """Index pairs of an address and a number."""
        self._by_first: dict[str, dict[str, set[str]]] = {}
        for address, number in addresses:
            plain = squeezed(address)
            if len(plain) >= _FIRST:
                self._by_first.setdefault(plain[:_FIRST], {}).setdefault(plain, set()).add(number)

    def in_words(self, words: Sequence[str]) -> frozenset[str]:
        """The numbers of the mailboxes whose addresses a text names.

        An address begins where a word does and ends where one does: what of a longer one would be an address too is
        none, and blanks in the place of its signs are none either.
        """
        plain = "".join(words)
        found: set[str] = set()
        start = 0
        for word in words:
            candidates = self._by_first.get(plain[start : start + _FIRST])
            if candidates is not None:
                ends = set(itertools.accumulate(map(len, words)))
                fitting = [
                    each for each in candidates if plain.startswith(each, start) and start + len(each) in ends
                ]
                if fitting:
                    found |= candidates[max(fitting, key=len)]
            start += len(word)
        return frozenset(found)
