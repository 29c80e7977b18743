"""Names as banks write them, and whose they may be (DOMAIN.md 8)."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_WORDS: Final = re.compile(r"[A-Z0-9]+")
_LEFT_OUT: Final = re.compile("['`\u2019\u2018\u00b4.]")
"""What parts no words: `D'Angelo` is one, and so is `S.R.L.`"""
_LEGAL_FORMS: Final = (
    "SRL|SRLS|SPA|SAPA|SNC|SAS|SS|SCARL|SCRL|SCPA|SCARLPA|COOP|SOC|SOCIETA|STP|STPA|ONLUS|APS|ETS|ODV|ASD|SSD"
)
_TITLES: Final = "DITTA|IMPRESA|INDIVIDUALE|STUDIO|DOTT|DOTTSSA|DR|DRSSA|SIG|SIGRA|AVV|ING|ARCH|GEOM|RAG|PROF"
_SMALL_WORDS: Final = "A|C|E|ED|I|O|DI|DE|DEI|DEL|DELLA|LA|IL|LO"
_BESIDE_THE_NAME: Final = frozenset(f"{_LEGAL_FORMS}|{_TITLES}|{_SMALL_WORDS}".split("|"))
"""Banks write them, leave them out and shorten them as they like."""
_CUT_AT: Final = 27
"""From so many characters on, the last word of a name may have been cut."""


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell one name from another, in capitals, without accents, in the order in which they stand."""
    plain = _LEFT_OUT.sub("", name).upper()
    if not plain.isascii():
        plain = "".join(
            char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char)
        )
    return tuple(word for word in _WORDS.findall(plain) if word not in _BESIDE_THE_NAME)


class NameIndex:
    """Names, each with the numbers of what it may pay, found whatever the order of their words."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a name and a number.

        A name is kept under its first two words; one of a single word, under that and nothing.
        """
        self._by_pair: dict[tuple[str, str], dict[frozenset[str], set[str]]] = {}
        for name, number in names:
            if words := name_words(name):
                pair = _pair(words[0], words[1] if len(words) > 1 else "")
                self._by_pair.setdefault(pair, {}).setdefault(frozenset(words), set()).add(number)

    def of_payer(self, payer: str) -> frozenset[str]:
        """The numbers that a payer's name fits: all words of the name are among the payer's, of whom there may be two.

        A name of one word is fitted by a payer of that word alone. The last word of a long name may be cut.
        """
        words = name_words(payer)
        if len(words) == 1:
            return self._fitting([_pair(words[0], "")], words, cut=False)
        pairs = itertools.starmap(_pair, itertools.combinations(words, 2))
        return self._fitting(pairs, words, cut=len(payer) >= _CUT_AT)

    def in_text(self, text: str) -> frozenset[str]:
        """The numbers whose name, of two words or more, stands in a text, its first two words side by side."""
        words = name_words(text)
        return self._fitting(itertools.starmap(_pair, itertools.pairwise(words)), words, cut=False)

    def _fitting(
        self, pairs: Iterable[tuple[str, str]], words: Sequence[str], *, cut: bool
    ) -> frozenset[str]:
        found: set[str] = set()
        for pair in pairs:
            for name, numbers in self._by_pair.get(pair, {}).items():
                lacking = name.difference(words)
                if not lacking or (cut and len(lacking) == 1 and next(iter(lacking)).startswith(words[-1])):
                    found |= numbers
        return frozenset(found)


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
