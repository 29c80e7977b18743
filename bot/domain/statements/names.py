"""Names as banks write them, and whose they may be (DOMAIN.md 8)."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_WORDS: Final = re.compile(r"[A-Z0-9]+")
_APOSTROPHES: Final = str.maketrans("", "", "'`\u2019\u2018\u00b4.")
"""Left out, not parted: `D'Angelo` is one word, and so is `S.R.L.`"""
_LEGAL_FORMS: Final = (
    r"SRLS?|SPA|SAPA|SNC|SAS|SS|S?CARL|SCRL|SCPA|SCARLPA|COOP|SOC|SOCIETA|STPA?|ONLUS|APS|ETS|ODV|ASD|SSD"
)
_TITLES: Final = (
    r"DITTA|IMPRESA|INDIVIDUALE|STUDIO|DOTT|DOTTSSA|DR|DRSSA|SIG|SIGRA|SIGNORA?|AVV|ING|ARCH|GEOM|RAG|PROF"
)
_SMALL_WORDS: Final = r"A|C|E|ED|I|O|DI|DE|DEI|DEL|DELLA|LA|IL|LO"
_BESIDE_THE_NAME: Final = re.compile(rf"(?:{_LEGAL_FORMS}|{_TITLES}|{_SMALL_WORDS})")
"""Banks write them, leave them out and shorten them as they like."""
_CUT_AT: Final = 27
"""From so many characters on, the last word of a name may have been cut."""


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell one name from another, in capitals, without accents, in the order in which they stand."""
    plain = name
    if not name.isascii():
        plain = "".join(
            char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
        )
    words = _WORDS.findall(plain.upper().translate(_APOSTROPHES))
    return tuple(word for word in words if not _BESIDE_THE_NAME.fullmatch(word))


class NameIndex:
    """Names, each with the numbers of what it may pay, found whatever the order of their words."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a name and a number."""
        self._by_key: dict[tuple[str, str], dict[frozenset[str], set[str]]] = {}
        for name, number in names:
            if words := name_words(name):
                found = self._by_key.setdefault(_key(words[0], words[1 % len(words)]), {})
                found.setdefault(frozenset(words), set()).add(number)

    def of_payer(self, payer: str) -> set[str]:
        """The numbers that a payer's name fits: all words of the name are among the payer's, of whom there may be two.

        A name of one word is only fitted by a payer of that word. The last word of a long name may be cut.
        """
        words = name_words(payer)
        cut = len(payer) >= _CUT_AT
        pairs = (
            _key(first, second)
            for place, first in enumerate(words)
            for second in words[place + 1 :] or words[: 1 if len(words) == 1 else 0]
        )
        return self._fitting(pairs, words, cut=cut)

    def in_text(self, words: Sequence[str]) -> set[str]:
        """The numbers whose name, of two words or more, stands in a text with its first two words side by side."""
        pairs = (_key(*pair) for pair in itertools.pairwise(words))
        return self._fitting(pairs, words, cut=False)

    def _fitting(self, pairs: Iterable[tuple[str, str]], words: Sequence[str], *, cut: bool) -> set[str]:
        found: set[str] = set()
        for pair in pairs:
            for name, numbers in self._by_key.get(pair, {}).items():
                lacking = name.difference(words)
                if not lacking or (cut and len(lacking) == 1 and next(iter(lacking)).startswith(words[-1])):
                    found |= numbers
        return found


def _key(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)
