"""Words that people type, and what they are about: the table is in the locale files, so that translators own it.

`words-<topic>` lists words and phrases, parted by commas. Those of every language count in every chat: who has an
English phone types *fattura* all the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.texts.texts import Texts

MOST_WORDS: Final = 12
"""A longer text is a letter to somebody: a word in it says little about what it asks."""

_WORD: Final = re.compile(r"[a-z0-9]+")


class Topic(StrEnum):
    """What a word is about; the values are parts of texts' keys."""

    PRICE = "price"
    INVOICE = "invoice"
    NOT_RENEWING = "not-renewing"
    WITHDRAWAL = "withdrawal"
    SPACE = "space"
    EXPIRY = "expiry"
    PERSON = "person"
    HELP = "help"


def topic_of(texts: Texts, typed: str) -> Topic | None:
    """What a short text is about; None where it has none of the words.

    The longest phrase in it decides, and the first of those that are alike: *quanto costa lo spazio* asks a price.
    """
    words = _words_of(typed)
    if not 0 < len(words) <= MOST_WORDS:
        return None
    table = _table(texts)
    longest = max(map(len, table), default=0)
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            topic = table.get(words[start : start + length])
            if topic is not None:
                return topic
    return None


def phrases(texts: Texts, locale: str, topic: Topic) -> Iterator[str]:
    """The words and phrases of one language for a topic, as the translators wrote them."""
    for phrase in texts.translator(locale).plain(f"words-{topic.value}").split(","):
        yield phrase.strip()


@lru_cache(maxsize=4)
def _table(texts: Texts) -> dict[tuple[str, ...], Topic]:
    return {
        _words_of(phrase): topic
        for locale in texts.locales
        for topic in Topic
        for phrase in phrases(texts, locale, topic)
    }


def _words_of(text: str) -> tuple[str, ...]:
    """The words, in lower case and without accents, apostrophes and signs."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(sign for sign in bare if not unicodedata.combining(sign))))
