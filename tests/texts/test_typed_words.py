"""The table of words that people type: every one leads where its line says, in both languages, however it is typed."""

import pytest

from bot.texts import Locale, Texts
from bot.texts.words import MOST_WORDS, Topic, phrases, topic_of

ASKED = {
    Topic.PRICE: ("prezzo", "PREZZI", "Quanto costa?", "quanto  costa lo spazio", "price", "How much is it?"),
    Topic.INVOICE: ("fattura", "vorrei la fattura", "Fatture", "la FATTURA elettronica...", "invoice please"),
    Topic.NOT_RENEWING: (
        "disdetta",
        "vorrei disdire",
        "non voglio più rinnovare",
        "I don't want this: cancel",
    ),
    Topic.WITHDRAWAL: ("recesso", "diritto di recesso", "voglio un rimborso", "withdrawal", "refund?"),
    Topic.SPACE: ("spazio", "ho la casella piena", "quanti GB ho?", "storage", "my mailbox is full"),
    Topic.EXPIRY: ("scadenza", "quando scade", "scadrà", "Scadra'?", "expiry", "When does it expire?"),
    Topic.PERSON: ("persona", "parlare con una persona", "un OPERATORE", "human", "talk to a person please"),
    Topic.HELP: ("aiuto", "Aiuto!!!", "come funziona?", "help", "how does this work"),
}


@pytest.mark.parametrize(("topic", "typed"), [(topic, typed) for topic in Topic for typed in ASKED[topic]])
def test_a_word_is_found_in_a_short_sentence_in_any_case_with_or_without_accents(
    texts: Texts, topic: Topic, typed: str
) -> None:
    assert topic_of(texts, typed) is topic


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("topic", Topic)
def test_each_phrase_of_the_table_leads_to_its_topic_and_to_no_other(
    texts: Texts, locale: Locale, topic: Topic
) -> None:
    written = list(phrases(texts, locale, topic))
    assert len(written) >= 3
    assert len(set(written)) == len(written)
    for phrase in written:
        for typed in (phrase, phrase.upper(), f"Buongiorno, {phrase}?"):
            assert topic_of(texts, typed) is topic, typed


def test_no_phrase_stands_for_two_topics_in_the_two_languages(texts: Texts) -> None:
    found: dict[str, Topic] = {}
    for locale in Locale:
        for topic in Topic:
            for phrase in phrases(texts, locale, topic):
                assert found.setdefault(phrase, topic) is topic, phrase


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "?", "ciao", "prezzolato", "rossi@example.com", "12345", "spaziale", "😀", "grazie mille"],
)
def test_all_else_is_nothing_of_it(texts: Texts, typed: str) -> None:
    assert topic_of(texts, typed) is None


def test_a_long_text_is_a_letter_and_not_a_question(texts: Texts) -> None:
    assert topic_of(texts, " ".join(["parola"] * (MOST_WORDS - 1) + ["prezzo"])) is Topic.PRICE
    assert topic_of(texts, " ".join(["parola"] * MOST_WORDS + ["prezzo"])) is None
