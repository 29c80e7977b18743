"""A text that was written before is found again, and never in the place of one that reads otherwise."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.texts import Safe, TextError, Texts, Translator
from bot.texts.written import _LONGEST, _MOST, Written, stable
from tests.texts.conftest import Write

FILE = """
named = { $name }
flag = { $on ->
    [true] yes
   *[false] no { $name }
}
count = { $n ->
    [one] one
   *[other] { $n }
}
outer = [{ named }] { $day }
gb = { GB($gb) }
time = { TIME($at) }
list = { LIST($names) }
"""


@pytest.fixture
def translator(write: Write) -> Translator:
    """A few texts that need something."""
    return Texts.load(write(FILE)).translator("en")


def twice(translator: Translator, key: str, **variables: object) -> str:
    """Write a text, and find it again."""
    first, kept = translator.html(key, **variables), len(translator._written)
    assert translator.html(key, **variables) == first
    assert type(translator.html(key, **variables)) is Safe
    assert len(translator._written) == kept
    return first


def test_what_is_markup_and_what_is_not_are_two_texts(translator: Translator) -> None:
    assert twice(translator, "named", name="<b>") == "&lt;b&gt;"
    assert twice(translator, "named", name=Safe("<b>")) == "<b>"
    assert translator.plain("named", name="<b>") == "<b>"
    with pytest.raises(TextError):
        translator.plain("named", name=Safe("<b>"))
    assert twice(translator, "list", names=("<b>",)) == "&lt;b&gt;"
    assert twice(translator, "list", names=(Safe("<b>"),)) == "<b>"


def test_a_number_and_what_equals_it_are_two_texts(translator: Translator) -> None:
    assert twice(translator, "named", name=1) == "1"
    assert twice(translator, "named", name=True) == "true"
    assert twice(translator, "count", n=1) == "one"
    assert twice(translator, "flag", on=True) == "yes"
    assert twice(translator, "flag", on=False, name="x") == "no x"
    assert twice(translator, "gb", gb=Decimal("1.50")) == "1.5\N{NO-BREAK SPACE}GB"
    assert twice(translator, "gb", gb=1) == "1\N{NO-BREAK SPACE}GB"


def test_the_same_instant_reads_alike_wherever_it_was_written_down(translator: Translator) -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert twice(translator, "time", at=at) == "11:00"
    assert twice(translator, "time", at=at.astimezone(timezone(timedelta(hours=5)))) == "11:00"


def test_what_a_text_that_is_referred_to_needs_counts(translator: Translator) -> None:
    assert twice(translator, "outer", name="a", day="d") == "[a] d"
    assert twice(translator, "outer", name="b", day="d") == "[b] d"


def test_what_a_text_does_not_need_makes_no_other_text(translator: Translator) -> None:
    twice(translator, "named", name="a", more=1)
    kept = len(translator._written)
    translator.html("named", name="a", more=object())
    assert len(translator._written) == kept


def test_what_is_missing_is_missed_every_time(translator: Translator) -> None:
    for _ in range(2):
        with pytest.raises(TextError):
            translator.html("named")
        with pytest.raises(TextError):
            translator.html("outer", name="a", day=date(2026, 11, 23))


def test_paragraphs_are_not_kept_and_no_more_than_so_many_texts(translator: Translator) -> None:
    translator.html("named", name="x" * (_LONGEST + 1))
    assert len(translator._written) == 0
    for number in range(_MOST + 10):
        translator.html("named", name=number)
    assert len(translator._written) == _MOST


def test_the_text_that_was_used_last_stays() -> None:
    written = Written()
    for number in range(_MOST):
        written.keep(("key", True, (number,)), str(number))
    assert written.get(("key", True, (0,))) == "0"
    written.keep(("key", True, (_MOST,)), "new")
    assert written.get(("key", True, (0,))) == "0"
    assert written.get(("key", True, (1,))) is None


def test_what_may_change_is_no_key() -> None:
    assert stable([{}]) is None
    assert stable([("a", object())]) is None
    assert stable(["a", 1, None, ["b"]]) is not None
