"""Of the message that was tapped what handlers ask is read, and nothing is read that was not sent."""

from copy import deepcopy
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InaccessibleMessage, Message
from pydantic import ValidationError

from bot.telegram.reading import read_update
from tests.support.telegram import offline_bot, raw_tap

SEPARATOR = "\x1d"
WINDOW = [[f"abc123{SEPARATOR}plan"], [f"abc123{SEPARATOR}years", f"abc123{SEPARATOR}back"]]
PLAIN = [["boxes:0", "boxes:2"], ["renew"]]


@pytest.fixture
def bot() -> Bot:
    """It talks to nobody."""
    return offline_bot()


def tapped(data: str, shown: list[list[str]]) -> dict[str, Any]:
    """A tap in a message that has buttons with this data, and a link."""
    raw = raw_tap(1, data, user=1001)
    raw["callback_query"]["message"].update(
        entities=[{"type": "bold", "offset": 0, "length": 1}],
        reply_markup={
            "inline_keyboard": [
                *([{"text": f"Vai a {each}", "callback_data": each} for each in row] for row in shown),
                [{"text": "Guida", "url": "https://example.org"}],
            ]
        },
    )
    return raw


def buttons(bot: Bot, raw: dict[str, Any]) -> list[str | None]:
    """The data of the buttons of the message, as they were read."""
    callback = read_update(raw, bot).callback_query
    assert callback is not None
    assert isinstance(callback.message, Message)
    markup = callback.message.reply_markup
    return [] if markup is None else [each.callback_data for row in markup.inline_keyboard for each in row]


def test_of_a_window_the_button_that_was_tapped_is_read(bot: Bot) -> None:
    assert buttons(bot, tapped(WINDOW[1][0], WINDOW)) == [WINDOW[1][0]]


def test_of_a_plain_message_all_buttons_are_read(bot: Bot) -> None:
    assert buttons(bot, tapped("boxes:2", PLAIN)) == ["boxes:0", "boxes:2", "renew", None]


def test_a_button_that_is_no_longer_there_leaves_none(bot: Bot) -> None:
    assert buttons(bot, tapped(f"abc123{SEPARATOR}gone", WINDOW)) == []


def test_all_else_is_read_and_what_came_stays_as_it_is(bot: Bot) -> None:
    raw = tapped(WINDOW[0][0], WINDOW)
    before = deepcopy(raw)
    callback = read_update(raw, bot).callback_query
    assert raw == before
    assert callback is not None
    assert callback.bot is bot
    assert isinstance(callback.message, Message)
    assert (callback.message.text, callback.message.entities) == ("a window", None)
    assert callback.message.chat.id == callback.from_user.id == 1001


def test_a_message_that_telegram_no_longer_shows_is_read(bot: Bot) -> None:
    raw = raw_tap(1, "renew", user=1001)
    raw["callback_query"]["message"] = {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}
    callback = read_update(raw, bot).callback_query
    assert callback is not None
    assert isinstance(callback.message, InaccessibleMessage)


@pytest.mark.parametrize("markup", [7, {"inline_keyboard": 7}, {"inline_keyboard": [[7]]}, {}])
def test_buttons_that_are_none_are_refused_as_they_came(bot: Bot, markup: object) -> None:
    raw = tapped(WINDOW[0][0], WINDOW)
    raw["callback_query"]["message"]["reply_markup"] = markup
    with pytest.raises(ValidationError):
        read_update(raw, bot)
