"""Each check of the texts finds what it is for, and nothing in good files."""

from pathlib import Path

import pytest

from bot.texts.check import check_locales, check_usage
from bot.texts.markup import markup_error
from tests.texts.conftest import Write

GOOD = """
-product = Rinnovo
title = <b>{ $name }</b> &amp; { -product } <a href="{ $url }">here</a>
    .hint = { DATE($day) } { $n ->
        [one] <i>one</i>
       *[other] { NUMBER($n, useGrouping: 0) }
    }
more = { title } { title.hint }
"""


def reasons(folder: Path) -> list[str]:
    return [f"{problem.key} {problem.reason}" for problem in check_locales(folder)]


def test_good_files_have_no_problems(write: Write) -> None:
    assert reasons(write(GOOD)) == []
    assert reasons(write("")) == []


def test_a_text_in_one_language_only(write: Write) -> None:
    assert reasons(write("a = 1\nb = 2\n", "b = 2\n .hint = 3\n")) == [
        "b.hint is not written in it",
        "a is not written in en",
    ]


def test_terms_belong_to_a_language(write: Write) -> None:
    assert reasons(write("-term = 1\na = { -term }", "a = 1")) == []


def test_variables_differ(write: Write) -> None:
    assert reasons(write("a = { $x } { $y }\nb = { a }", "a = { $x }\nb = { $x } { $z }")) == [
        "b uses $z, which is not used in it",
        "a uses $y, which is not used in en",
        "b uses $y, which is not used in en",
    ]


def test_variables_inside_functions_and_variants_count(write: Write) -> None:
    italian = "a = { $n ->\n [one] { MONEY($x) }\n *[other] 2\n }"
    assert reasons(write(italian, "a = { $n }")) == ["a uses $x, which is not used in en"]


def test_texts_that_refer_to_each_other_are_read_to_the_end(write: Write) -> None:
    assert reasons(write("a = { b }\nb = { a } { $x }")) == []


def test_references_that_lead_nowhere(write: Write) -> None:
    file = "a = { nothing } { -term } { b.hint } { SHOUT(1) } { DATETIME($d) }\nb = 1"
    assert set(reasons(write(file))) == {
        "a refers to nothing, which does not exist",
        "a refers to -term, which does not exist",
        "a refers to b.hint, which does not exist",
        "a calls SHOUT(), which does not exist",
        "a calls DATETIME(), which does not exist",
    }


def test_an_exclamation_mark(write: Write) -> None:
    file = 'a = Done!\nb = { $n ->\n [one] one\n *[other] many!\n }\nc = { "!" }\nd = fine'
    assert reasons(write(file)) == [
        f"{key} has an exclamation mark" for _ in ("en", "it") for key in ("a", "b", "c")
    ]


def test_markup_is_checked_in_each_variant_by_itself(write: Write) -> None:
    file = "a = <b>{ $n ->\n [one] one</b>\n *[other] two\n }"
    assert "a does not close <b>" in reasons(write(file))
    assert "a closes </b>, which is not open" in reasons(write(file))


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code>",
        "<b>a <i>b</i></b>",
        "a &lt; b &amp; c &#39;",
        "<blockquote expandable>a</blockquote>",
        '<pre><code class="language-python">a</code></pre>',
        '<span class="tg-spoiler">a</span>',
    ],
)
def test_markup_of_telegram(text: str) -> None:
    assert markup_error(text) is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<b>a", "does not close <b>"),
        ("a</b>", "closes </b>, which is not open"),
        ("<b><i>a</b></i>", "closes </b> before </i>"),
        ("<p>a</p>", "has <p>, which Telegram does not know"),
        ("<br>", "has <br>, which Telegram does not know"),
        ("<a>a</a>", "has <a> with attributes that Telegram does not take"),
        ('<b class="x">a</b>', "has <b> with attributes that Telegram does not take"),
        ("<code><b>a</b></code>", "has <b> inside <code>"),
        ("a < b", "has a < that is neither a tag nor an entity"),
        ("a > b", "has a > that is neither a tag nor an entity"),
        ("a & b", "has a & that is neither a tag nor an entity"),
        ("a&nbsp;b", "has a & that is neither a tag nor an entity"),
    ],
)
def test_markup_that_telegram_refuses(text: str, error: str) -> None:
    assert markup_error(text) == error


CODE = """
Html("direct")
Label(key="named")
Html("when-true" if x else "when-false")
Html(lambda data: "from-lambda")
Label({"a": "from-table"}["a"])
translator.plain(f"method-{name}")
translator.html("kind-" + name)
translator.html(f"{key}.hint")
LATER = "by-constant"
"""
USED = ["direct", "named", "when-true", "when-false", "from-lambda", "from-table", "by-constant"]
USED += ["method-card", "kind-company"]


def usage(write: Write, tmp_path: Path, code: str, file: str) -> list[str]:
    (tmp_path / "code").mkdir(exist_ok=True)
    (tmp_path / "code" / "module.py").write_text(code, encoding="utf-8")
    problems = check_usage(write(file), tmp_path / "code")
    return [f"{problem.path.name}:{problem.line} {problem.key} {problem.reason}" for problem in problems]


def test_every_way_to_name_a_text_counts(write: Write, tmp_path: Path) -> None:
    file = "".join(f"{key} = 1\n .hint = 2\n" for key in USED)
    assert usage(write, tmp_path, CODE, file) == []


def test_a_text_that_nothing_shows(write: Write, tmp_path: Path) -> None:
    file = "shown = { inner }\ninner = 1\nforgotten = 1\nmethod-x = 1\n .hint = 2"
    code = 'Html("shown")\nf"{x}-method-x"'
    assert usage(write, tmp_path, code, file) == [
        f"sample.ftl:{line} {key} is not used"
        for _ in ("en", "it")
        for line, key in ((3, "forgotten"), (4, "method-x"), (4, "method-x.hint"))
    ]


def test_a_text_that_is_shown_but_not_written(write: Write, tmp_path: Path) -> None:
    code = 'Html("a")\nLabel("b")\nHtml(f"c-{x}")\nHtml(data["title_key"])\nHtml(lambda data: data["key"])'
    assert usage(write, tmp_path, code, "a = 1") == [
        "module.py:2 b is asked for, but not written in en",
        "module.py:2 b is asked for, but not written in it",
        "module.py:3 c-* is asked for, but not written in en",
        "module.py:3 c-* is asked for, but not written in it",
    ]


def test_markup_on_a_button(write: Write, tmp_path: Path) -> None:
    code = 'Label("a")\ntranslator.plain("b")\nHtml("c")'
    file = "a = <b>A</b>\nb = A &amp; B\nc = <b>C</b>"
    assert usage(write, tmp_path, code, file) == [
        f"sample.ftl:{line} {key} has markup, but module.py:{line} shows it where there is none"
        for _ in ("en", "it")
        for line, key in ((1, "a"), (2, "b"))
    ]
