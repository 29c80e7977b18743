"""Inline keyboards: one action a button, 64 bytes of data, sound addresses."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.playground.conftest import ADA, Api, keyboard

Refusal = Callable[..., Awaitable[str]]
PARSE = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "è" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": ""}, f"{PARSE}Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, f'{PARSE}Can\'t find field "text"'),
        ({"text": 1, "callback_data": "x"}, f'{PARSE}Field "text" must be of type String'),
        ({"text": "  ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "x", "callback_data": 5}, f'{PARSE}Field "callback_data" must be of type String'),
        (
            {"text": "x", "callback_data": "x", "url": "https://example.com"},
            f"{PARSE}Exactly one of the fields url and callback_data must be used",
        ),
        (
            {"text": "x", "url": "not-a-url"},
            "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "ftp://example.com"},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "copy_text": "x"}, f"{PARSE}Expected an Object"),
        (
            {"text": "x", "web_app": {"url": "https://example.com"}},
            f'{PARSE}Field "web_app" is not supported by the playground',
        ),
        ({"text": "x", "callback": "x"}, f'{PARSE}Field "callback" is not known to the playground'),
        ({"text": "x", "callback_data": "x", "style": "loud"}, f"{PARSE}Invalid button style specified"),
        ("x", f"{PARSE}Expected an Object"),
    ],
)
async def test_refused_buttons(refusal: Refusal, button: Any, reason: str) -> None:
    description = await refusal("sendMessage", chat_id=ADA, text="x", reply_markup=keyboard([button]))
    assert description == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": ["bad"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        ({"inline_keyboard": [], "force_reply": True}, 'field "force_reply" is not known to the playground'),
        ({"keyboard": "bad"}, 'field "keyboard" must be of type Array'),
        ({"keyboard": ["bad"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[{"text": " "}]]}, "BUTTON_TEXT_INVALID"),
        ({"keyboard": [["x"] * 13]}, "reply markup is too long"),
        ({"keyboard": [["x"] * 12] * 26}, "reply markup is too long"),
        ({"keyboard": [["x"]], "input_field_placeholder": "x" * 65}, "input field placeholder is too long"),
        (
            {"keyboard": [[{"text": "x", "request_location": True}]]},
            'can\'t parse keyboard button: Field "request_location" is not supported by the playground',
        ),
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "input field placeholder is too long"),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        ({"remove_keyboard": False}, "object expected as reply markup"),
        ({"other": 1}, "object expected as reply markup"),
    ],
)
async def test_refused_markups(refusal: Refusal, markup: dict[str, Any], reason: str) -> None:
    description = await refusal("sendMessage", chat_id=ADA, text="x", reply_markup=markup)
    assert description == f"Bad Request: {reason}"


async def test_every_kind_of_button_comes_back_as_it_went(api: Api) -> None:
    rows: list[list[dict[str, Any]]] = [
        [{"text": "Sì", "callback_data": "è" * 32, "style": "primary"}, {"text": "No", "callback_data": "n"}],
        [{"text": "Sito", "url": "https://example.com/"}],
        [{"text": "Copia", "copy_text": {"text": "R7K2M-4"}}],
    ]
    sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup=keyboard(*rows))
    assert sent["reply_markup"] == {"inline_keyboard": rows}


async def test_empty_rows_vanish(api: Api) -> None:
    sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup=keyboard([]))
    assert "reply_markup" not in sent
