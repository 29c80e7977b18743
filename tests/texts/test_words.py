"""One word for one thing, in every text of both languages.

What the same word is for, the customer learns once: a *holder* has mailboxes and *registrant details*, a *reminder*
reminds and a *notice* is what the law asks for, a mailbox is *deleted* while an unfinished renewal is *discarded*.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from bot.texts import DEFAULT_FOLDER, Locale
from bot.texts.entries import Text, read_book


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word that is not ours, or not for this: `right` is what is said, `except_in` the keys where it is right."""

    word: str
    right: str
    except_in: str = r"(?!)"


_DISCARDING = (
    r"renewal-leave-.*|button-discard|discard.*|unlink-ask|cancel-ask|error-draft-discarded"
    r"|renewal-unavailable-other"
)
_OWED_BY_LAW = (
    r"automatic-notice.*|owed-comes|renewal-auto-renew-terms|renewal-recap-auto-renew-on|message-case"
    r"|leaving-stays|leaving-done|mail-forgotten-stays|message-customer-forgotten"
)
_ADDRESS_OF_BOTH = (
    r"renewal-email-question|settings-email-question|mail-email-.*|message-email-changed|message-email-restored"
    r"|email-undo-about|privacy|data-label|data-delete-ask"
)

WRONG = {
    Locale.IT: (
        Wrong(r"IVA compres|compres\w* l'IVA|comprend\w+ l'IVA", "IVA inclusa"),
        Wrong(r"\bfra\b", "tra"),
        Wrong(r"\belimin", "cancellata, and eliminato of an unfinished renewal alone", _DISCARDING),
        Wrong(
            r"\bavvis\w+", "promemoria, and avviso where the law asks", f"{_OWED_BY_LAW}|{_ADDRESS_OF_BOTH}"
        ),
        Wrong(r"(?<!dati dell')\bintestatari", "titolare, and intestatario only in dati dell'intestatario"),
        Wrong(r"\bcollegament", "link"),
        Wrong(r"\bfrequenz", "durata"),
    ),
    Locale.EN: (
        Wrong(r"\bregistered\b", "received"),
        Wrong(r"\bregistrant(?! details)", "holder, and registrant only in registrant details"),
        Wrong(r"\b(re)?write (?!to\b|the order number to\b)|\bto be written\b", "type, enter"),
        Wrong(
            r"(?<!privacy )\bnotices?\b",
            "reminder, and notice where the law asks",
            f"{_OWED_BY_LAW}|{_ADDRESS_OF_BOTH}",
        ),
        Wrong(r"\b(is|was|longer) good (for|until)\b|\bno longer good\b", "works until"),
        Wrong(r"\bdelet\w+ (this|the) renewal\b|\brenewal was deleted\b", "discard"),
        Wrong(r"\bsee the order\b", "view the order"),
        Wrong(r"\bexpiry(?![ -]dates?\b| reminders?\b)", "expiry date"),
        Wrong(r"\belectronic mail\b|\bemail", "e-mail"),
    ),
}


@cache
def _texts(locale: Locale) -> Sequence[tuple[Text, Sequence[str]]]:
    """All that the bot says, with its pieces; what people type is theirs."""
    return [
        (text, tuple(text.pieces()))
        for text in read_book(DEFAULT_FOLDER, locale).texts()
        if not text.name.startswith("words-")
    ]


@pytest.mark.parametrize(
    ("locale", "wrong"), [(locale, wrong) for locale, words in WRONG.items() for wrong in words], ids=str
)
def test_one_thing_has_one_word(locale: Locale, wrong: Wrong) -> None:
    said = [
        str(text.problem(f"says {found.group()!r}: {wrong.right}"))
        for text, pieces in _texts(locale)
        for piece in pieces
        if not re.fullmatch(wrong.except_in, text.name)
        and (found := re.search(wrong.word, piece, re.IGNORECASE))
    ]
    assert said == []


@pytest.mark.parametrize(
    ("locale", "wrong"), [(locale, wrong) for locale, words in WRONG.items() for wrong in words], ids=str
)
def test_no_exception_outlives_its_reason(locale: Locale, wrong: Wrong) -> None:
    """An alternative of `except_in` that no text needs any more would only hide the next mistake."""
    needed = [
        text.name
        for text, pieces in _texts(locale)
        if any(re.search(wrong.word, piece, re.IGNORECASE) for piece in pieces)
    ]
    unneeded = [
        names
        for names in wrong.except_in.split("|")
        if names != r"(?!)" and not any(re.fullmatch(names, name) for name in needed)
    ]
    assert unneeded == []


@pytest.mark.parametrize("locale", Locale)
def test_no_variant_begins_with_a_blank_that_fluent_drops(locale: Locale) -> None:
    """*Si cancellanol'accesso alle caselle*: a blank before a variant's words is not read; `{" "}` is."""
    lost = [
        f"{path.name}:{number}"
        for path in sorted((DEFAULT_FOLDER / locale.value).glob("*.ftl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s+\*?\[\w+\]\s{2,}\S", line)
    ]
    assert lost == []
