"""HTML is read as Telegram reads it, and refused in Telegram's words."""

import html as stdlib_html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import slice_utf16, utf16_length
from bot.playground.errors import BotApiError
from bot.playground.html import parse_html


def parsed(source: str) -> tuple[str, list[dict[str, Any]]]:
    text, entities = parse_html(source)
    return text, [entity.to_json() for entity in entities]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>unclosed</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br" at byte offset 0'),
        ("<!-- note -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("perché <p>x</p>", 'Unsupported start tag "p" at byte offset 8'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("x <b ", "Unclosed start tag at byte offset 2"),
        ("x <", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>t</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_refusals_are_worded_as_telegrams(source: str, reason: str) -> None:
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"
    assert caught.value.error_code == 400


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<STRONG>x</STRONG>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<b>x</>", "bold"),
        ('<b id="x">x</b>', "bold"),
    ],
)
def test_every_tag_has_its_entity(source: str, kind: str) -> None:
    assert parsed(source) == ("x", [{"type": kind, "offset": 0, "length": 1}])


def test_offsets_count_utf_16_units() -> None:
    assert parsed("📬 <b>Casella</b>") == ("📬 Casella", [{"type": "bold", "offset": 3, "length": 7}])


def test_nested_entities_list_the_outer_one_first() -> None:
    text, entities = parsed("<b>a<i>b</i></b>")
    assert text == "ab"
    assert [entity["type"] for entity in entities] == ["bold", "italic"]


def test_an_empty_tag_leaves_no_entity() -> None:
    assert parsed("x<b></b>") == ("x", [])


def test_links_keep_their_address() -> None:
    text, entities = parsed('<a href="https://example.com/a?b=1&amp;c=2">qui</a>')
    assert (text, entities[0]["url"]) == ("qui", "https://example.com/a?b=1&c=2")


def test_a_link_without_address_takes_its_text() -> None:
    assert parsed("<a>example.com</a>")[1][0]["url"] == "http://example.com/"


def test_a_link_that_is_none_becomes_plain_text() -> None:
    assert parsed('<a href="not-a-url">qui</a>') == ("qui", [])


def test_code_in_pre_is_one_block_with_its_language() -> None:
    source = '<pre><code class="language-python">x</code></pre>'
    assert parsed(source) == ("x", [{"type": "pre", "offset": 0, "length": 1, "language": "python"}])


def test_spaces_around_an_attribute_do_not_matter() -> None:
    assert parsed('<a href = "https://example.com/" >x</a >')[1][0]["url"] == "https://example.com/"


def test_code_with_a_class_of_its_own_is_plain_code() -> None:
    assert parsed('<code class="x">y</code>')[1] == [{"type": "code", "offset": 0, "length": 1}]


def test_a_custom_emoji_keeps_its_number() -> None:
    assert parsed('<tg-emoji emoji-id="5">👍</tg-emoji>')[1][0]["custom_emoji_id"] == "5"


def test_an_attribute_may_come_unquoted() -> None:
    assert parsed("<span class=tg-spoiler>x</span>")[1][0]["type"] == "spoiler"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#39;&#x27;", "''"),
        ("&nbsp; &euro; A&B", "&nbsp; &euro; A&B"),
        ("&#1114112;", "&#1114112;"),
    ],
)
def test_references_that_telegram_knows_are_decoded(source: str, text: str) -> None:
    assert parsed(source) == (text, [])


@given(st.text())
def test_escaped_text_survives_whatever_it_is(text: str) -> None:
    assert parse_html(stdlib_html.escape(text)) == (text, ())


@given(st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s", "code"]), st.text(min_size=1)), max_size=6))
def test_each_entity_covers_what_its_tag_covered(parts: list[tuple[str, str]]) -> None:
    source = "".join(f"<{tag}>{stdlib_html.escape(inner)}</{tag}>" for tag, inner in parts)
    text, entities = parse_html(source)
    assert text == "".join(inner for _, inner in parts)
    assert [slice_utf16(text, entity) for entity in entities] == [inner for _, inner in parts]
    assert sum(entity.length for entity in entities) == utf16_length(text)
