"""Entities: what Telegram finds by itself, what it trims, what it refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import Entity, detect, read_entities, slice_utf16, trim, utf16_length
from bot.playground.errors import BotApiError


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("/start abc", "bot_command", "/start"),
        ("scrivi /help.", "bot_command", "/help"),
        ("/start@rinnovo_bot", "bot_command", "/start@rinnovo_bot"),
        ("vedi https://example.com/a.", "url", "https://example.com/a"),
        ("a mario@pec.example, grazie", "email", "mario@pec.example"),
        ("📬 @rinnovo_bot", "mention", "@rinnovo_bot"),
        ("è #urgente", "hashtag", "#urgente"),
    ],
)
def test_telegram_finds_them_by_itself(text: str, kind: str, found: str) -> None:
    (entity,) = detect(text)
    assert (entity.type, slice_utf16(text, entity)) == (kind, found)


@pytest.mark.parametrize("text", ["1/2", "a/b", "//", "14/12/2026", "#1", "n. 3 @x"])
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert detect(text) == ()


def test_nothing_is_found_inside_code_or_a_link() -> None:
    known = (Entity("code", 0, 6), Entity("text_link", 7, 5, url="https://example.com/"))
    assert detect("/start /help", known) == ()


def test_trimming_moves_entities_along() -> None:
    assert trim("  ab  ", [Entity("bold", 1, 5)]) == ("ab", (Entity("bold", 0, 2),))


@given(st.text(), st.text())
def test_utf16_length_adds_up(left: str, right: str) -> None:
    assert utf16_length(left + right) == utf16_length(left) + utf16_length(right)
    assert utf16_length(left) * 2 == len(left.encode("utf-16-le", "surrogatepass"))


def entity(**fields: Any) -> dict[str, Any]:
    return {"type": "bold", "offset": 0, "length": 1} | fields


@pytest.mark.parametrize(
    ("given_entity", "reason"),
    [
        (entity(offset=100), "entity begins after the end of the text at UTF-16 offset 100"),
        (
            entity(length=100),
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        (entity(offset=-1), "receive an entity with incorrect offset -1"),
        (entity(length=-1), "receive an entity with incorrect length -1"),
        (entity(type="loud"), "can't parse MessageEntity: Unsupported type specified"),
        (entity(type="text_link"), "can't parse MessageEntity: Can't find field \"url\""),
        (entity(type="text_link", url="no"), "entity URL 'no' is invalid: Wrong HTTP URL"),
        (entity(type="text_link", url=""), "entity URL '' is invalid: URL host is empty"),
        (entity(type="custom_emoji"), "can't parse MessageEntity: Can't find field \"custom_emoji_id\""),
        (entity(offset="0"), 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
        (entity(type=1), 'can\'t parse MessageEntity: Field "type" must be of type String'),
        (entity(colour="red"), 'can\'t parse MessageEntity: field "colour" is not known to the playground'),
        ({"type": "bold", "length": 1}, "can't parse MessageEntity: Can't find field \"offset\""),
        ("bold", "can't parse MessageEntity: expected an Object"),
    ],
)
def test_explicit_entities_are_read_strictly(given_entity: Any, reason: str) -> None:
    with pytest.raises(BotApiError) as caught:
        read_entities([given_entity], "hello")
    assert caught.value.description == f"Bad Request: {reason}"


def test_explicit_entities_that_telegram_finds_itself_are_dropped() -> None:
    assert read_entities([entity(type="bot_command"), entity(length=0)], "hello") == ()


def test_explicit_entities_keep_their_own_fields() -> None:
    given_entities = [
        entity(type="pre", language="python"),
        entity(type="custom_emoji", custom_emoji_id="5"),
        entity(type="text_link", url="example.com"),
    ]
    found = [each.to_json() for each in read_entities(given_entities, "hello")]
    assert found[0] == entity(type="pre", language="python")
    assert found[1] == entity(type="custom_emoji", custom_emoji_id="5")
    assert found[2] == entity(type="text_link", url="http://example.com/")
