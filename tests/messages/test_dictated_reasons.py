"""What is dictated to payers is understood when it comes back: in both languages, for every way to pay."""

import random
import re
from html import unescape

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.instructions import Transfer, Unknown, instructions_for
from bot.domain.order_number import ALPHABET, format_number, numbers_in
from bot.domain.payment_reason import LONGEST_REASON, kept_reason
from bot.messages.paying import copies, instructions_text
from bot.texts import DEFAULT_FOLDER, Locale, Texts
from tests.support.catalogue import example_catalogue
from tests.support.long_runs import some

CHANCE = random.Random(5)  # noqa: S311 - not a secret
NUMBERS = [
    format_number(body)
    for body in ("22222", "23456", "ZZZZZ", *("".join(CHANCE.choices(ALPHABET, k=5)) for _ in range(40)))
]
CATALOGUE = example_catalogue()


def plain(html: str) -> str:
    """The text as it is read."""
    return unescape(re.sub("<[^>]+>", "", html))


@pytest.mark.parametrize("locale", some(Locale, 1))
@pytest.mark.parametrize("method", [*CATALOGUE.methods, "given-up"])
@pytest.mark.parametrize("integrates", [False, True])
def test_whoever_writes_what_was_dictated_names_the_order(
    locale: Locale, method: str, integrates: bool, texts: Texts, catalogue: Catalogue
) -> None:
    translator = texts.translator(locale)
    for number in NUMBERS:
        how = instructions_for(catalogue, method_id=method, number=number, due=3648, integrates=integrates)
        html = instructions_text(translator, catalogue, how)
        dictated = re.findall("<code>([^<]+)</code>", html)
        named = [text for text in dictated if numbers_in(unescape(text))]
        copied = copies(translator, how)
        for reason in (*named, *([] if copied is None else [copied.reason])):
            for written in (reason, reason.lower(), f"{reason}.", f"Ordine {reason}"):
                assert numbers_in(written) == {number}, written
                assert len(kept_reason(written)) <= LONGEST_REASON
        if isinstance(how, Transfer | Unknown):
            assert named, html  # it was dictated at all
        # Whoever copies the whole instruction has still named one order.
        assert numbers_in(plain(html)) <= {number}


def test_no_other_text_dictates_a_reason() -> None:
    for locale in Locale:
        dictating = {
            message
            for file in (DEFAULT_FOLDER / locale).glob("*.ftl")
            for message, body in re.findall(
                r"^([a-z-]+) =((?:.|\n(?=[ \n}]))*)", file.read_text(), re.MULTILINE
            )
            if "<code>{ $reason }</code>" in body
        }
        assert dictating == {"instructions-transfer", "instructions-slip", "instructions-unknown"}
