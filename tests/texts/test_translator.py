"""Texts by key: what is filled in never becomes markup, and what is missing never goes unnoticed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Safe, TextError, Texts, Translator
from tests.texts.conftest import Write

FILE = """
-product = Rinnovo

greeting = <b>{ $name }</b>, { -product }
    .hint = For { $name }
link = <a href="{ $url }">{ $name }</a>
static = Nothing to fill in
only-attributes =
    .one = One
flag = { $on ->
    [true] yes
   *[false] no
}
boxes = { $count ->
    [one] one box
   *[other] { $count } boxes
}
kind = { $kind ->
    [company] firm
   *[other] person
}
all = { MONEY($cents) } { DATE($day) } { LONGDATE($day) } { TIME($at) } { amounts }
amounts = { GB($gb) } { PERCENT($vat) } { LIST($who) }
number = { $value }
money = { MONEY($value) }
date = { DATE($value) }
time = { TIME($value) }
gb = { GB($value) }
list = { LIST($value) }
outer = [{ greeting }]
"""


class Structure(HTMLParser):
    """The tags of a text, with their attributes, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder = tmp_path_factory.mktemp("locales")
    for locale in ("it", "en"):
        (folder / locale).mkdir()
        (folder / locale / "sample.ftl").write_text(FILE, encoding="utf-8")
    return Texts.load(folder)


@pytest.fixture(scope="module")
def it(texts: Texts) -> Translator:
    return texts.translator("it")


@given(name=st.text())
def test_no_variable_changes_the_structure(it: Translator, name: str) -> None:
    text = it.html("greeting", name=name)
    assert Structure(text).tags == [("b", ()), ("/b", ())]
    assert Structure(text).words == f"{name}, Rinnovo"


@given(url=st.text(), names=st.lists(st.text()))
def test_nor_inside_an_attribute_or_a_list(it: Translator, url: str, names: list[str]) -> None:
    text = it.html("link", url=url, name="x")
    assert Structure(text).tags == [("a", (("href", url),)), ("/a", ())]
    assert Structure(it.html("list", value=names)).tags == []


@given(name=st.text())
def test_plain_text_stays_as_it_was_written(it: Translator, name: str) -> None:
    assert it.plain("greeting.hint", name=name) == f"For {name}"


def test_html_of_ours_goes_in_as_it_is(it: Translator) -> None:
    inner = it.html("greeting", name="A & B")
    assert isinstance(inner, Safe)
    assert it.html("number", value=inner) == "<b>A &amp; B</b>, Rinnovo"
    assert it.html("list", value=(inner, "<i>")) == "<b>A &amp; B</b>, Rinnovo e &lt;i&gt;"


def test_html_joined_is_html_and_the_rest_is_escaped() -> None:
    joined = Safe("\n").join([Safe("<b>a</b>"), "b < c"])
    assert isinstance(joined, Safe)
    assert joined == "<b>a</b>\nb &lt; c"


def test_html_of_ours_is_refused_where_tags_would_show(it: Translator) -> None:
    with pytest.raises(TextError, match=r"\$value is HTML") as caught:
        it.plain("number", value=Safe("<b>a</b>"))
    assert caught.value.variable == "value"


def test_functions_write_as_the_language_does(texts: Texts) -> None:
    values = {
        "cents": 3648,
        "day": date(2026, 12, 14),
        "at": datetime(2026, 12, 14, 8, 58, tzinfo=UTC),
        "gb": Decimal("1.5"),
        "vat": Decimal(22),
        "who": ("a", "b", "c"),
    }
    assert texts.translator("it").plain("all", **values) == (
        "36,48\u00a0€ 14/12/2026 lunedì 14 dicembre 2026 09:58 1,5\u00a0GB 22% a, b e c"
    )
    assert texts.translator("en").plain("all", **values) == (
        "€36.48 14 Dec 2026 Monday 14 December 2026 09:58 1.5\u00a0GB 22% a, b and c"
    )


def test_an_article_leans_on_its_date(write: Write) -> None:
    texts = Texts.load(
        write(it='until = entro { ARTICLE("il", $day) }{ DATE($day) }', en="until = by { DATE($day) }")
    )
    it, en = texts.translator("it"), texts.translator("en")
    assert it.plain("until", day=date(2026, 12, 11)) == "entro l'11/12/2026"
    assert it.plain("until", day=date(2026, 12, 12)) == "entro il 12/12/2026"
    assert en.plain("until", day=date(2026, 12, 11)) == "by 11 Dec 2026"


def test_an_article_is_for_italian_alone(write: Write) -> None:
    en = Texts.load(write('until = { ARTICLE("il", $day) }{ DATE($day) }')).translator("en")
    with pytest.raises(TextError, match="for Italian alone"):
        en.plain("until", day=date(2026, 12, 11))


def test_times_are_shown_in_the_zone_of_the_settings(write: Write) -> None:
    london = Texts.load(write("time = { TIME($value) }"), timezone="Europe/London").translator("it")
    assert london.plain("time", value=datetime(2026, 12, 14, 8, 58, tzinfo=UTC)) == "08:58"


def test_selectors(it: Translator) -> None:
    assert [it.plain("flag", on=on) for on in (True, False)] == ["yes", "no"]
    assert [it.plain("boxes", count=count) for count in (1, 2, 1500)] == ["one box", "2 boxes", "1.500 boxes"]
    assert [it.html("kind", kind=kind) for kind in ("company", "other")] == ["firm", "person"]


def test_attributes_terms_and_references(it: Translator) -> None:
    assert it.plain("greeting.hint", name="Ada") == "For Ada"
    assert it.plain("only-attributes.one") == "One"
    assert it.html("outer", name="Ada") == "[<b>Ada</b>, Rinnovo]"


def test_variables_that_are_not_used_are_ignored_whatever_they_are(it: Translator) -> None:
    assert it.html("static", a=1, key="x", self="y", nothing=None, nested={"a": object()}) == (
        "Nothing to fill in"
    )


def test_a_text_may_be_as_long_as_a_message(it: Translator) -> None:
    assert it.html("number", value="x" * 4096) == "x" * 4096


@pytest.mark.parametrize("key", ["nothing", "greeting.nothing", "only-attributes", "-product", ""])
def test_a_text_that_does_not_exist_is_an_error(it: Translator, key: str) -> None:
    assert not it.has(key)
    with pytest.raises(TextError, match=r"\(it\): there is no such text") as caught:
        it.html(key)
    assert (caught.value.key, caught.value.locale) == (key, "it")


@pytest.mark.parametrize("key", ["greeting", "greeting.hint", "outer"])
def test_a_missing_variable_is_an_error_that_names_it(it: Translator, key: str) -> None:
    assert it.has(key)
    with pytest.raises(TextError, match=r"variable \$name is missing") as caught:
        it.html(key)
    assert (caught.value.key, caught.value.variable) == (key, "name")


def test_a_missing_variable_in_a_selector_or_a_function_is_an_error(it: Translator) -> None:
    for key, name in (("flag", "on"), ("money", "value")):
        with pytest.raises(TextError) as caught:
            it.plain(key)
        assert caught.value.variable == name


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("number", date(2026, 1, 1), r"\$value is a date: write DATE\(\$value\)"),
        ("number", ("a", "b"), r"\$value is a list: write LIST\(\$value\)"),
        ("number", None, r"\$value cannot be .*NoneType"),
        ("number", {"a": 1}, r"\$value cannot be .*dict"),
        ("money", "36.48", "MONEY takes integer cents, not str"),
        ("money", Decimal("36.48"), "MONEY takes integer cents, not .*Decimal"),
        ("date", 5, "DATE takes a date"),
        ("time", date(2026, 1, 1), "TIME takes a datetime, not date"),
        ("time", datetime(2026, 1, 1), "without a time zone"),  # noqa: DTZ001 - what must not get through
        ("gb", "1", "GB takes a number, not str"),
        ("list", "abc", "LIST takes a tuple of strings, not str"),
        ("list", (1, 2), r"\$value cannot be .*tuple"),
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error(it: Translator, key: str, value: object, message: str) -> None:
    with pytest.raises(TextError, match=message):
        it.html(key, value=value)


def test_a_language_we_do_not_speak_is_an_error(texts: Texts) -> None:
    assert texts.locales == ("it", "en")
    with pytest.raises(ValueError, match="'de'"):
        texts.translator("de")
