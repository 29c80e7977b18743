"""Telegram's everyday refusals while a window is drawn, through aiogram's own reading of the answers."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.enums import ContentType
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, User
from aiogram_dialog.api.entities import MediaAttachment, MediaId, NewMessage, OldMessage, ShowMode
from aiogram_dialog.api.protocols import MessageNotModified

from bot.dialogs.widgets.message_manager import CalmMessageManager

CHAT = Chat(id=7, type="private")
KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[])


@dataclass
class Refusal:
    """An answer of Telegram that is not ok; without a status, the connection breaks."""

    reason: str
    status: int = 400
    retry_after: int | None = None


class Telegram(BaseSession):
    """A Bot API that answers each method with the refusals prepared for it, then with success."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []
        self.refusals: dict[str, list[Refusal]] = {}

    def refuse(self, method: str, *refusals: Refusal) -> None:
        self.refusals[method] = list(refusals)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], *_args: Any, **_named: Any) -> Any:
        name = method.__api_method__
        self.calls.append(name)
        if waiting := self.refusals.get(name):
            refusal = waiting.pop(0)
            if refusal.status == 0:
                raise TelegramNetworkError(method=method, message=refusal.reason)
            answer: dict[str, Any] = {"ok": False, "description": refusal.reason}
            if refusal.retry_after is not None:
                answer["parameters"] = {"retry_after": refusal.retry_after}
            return self.check_response(bot, method, refusal.status, json.dumps(answer)).result
        message = {"message_id": 100 + len(self.calls), "date": 1, "chat": {"id": 7, "type": "private"}}
        result: Any = message | {"text": "drawn"} if name.startswith(("send", "editMessage")) else True
        return self.check_response(bot, method, 200, json.dumps({"ok": True, "result": result})).result

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_args: Any, **_named: Any) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError


@dataclass
class Screen:
    """A bot, its message manager, and how long it slept."""

    telegram: Telegram = field(default_factory=Telegram)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bot = Bot("1:token", session=self.telegram)
        self.manager = CalmMessageManager(sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def edit(self, old: OldMessage | None = None, **changes: Any) -> OldMessage:
        return await self.show(ShowMode.EDIT, old or old_message(), **changes)

    async def show(self, mode: ShowMode, old: OldMessage | None, **changes: Any) -> OldMessage:
        new = NewMessage(chat=CHAT, text="new", reply_markup=KEYBOARD, show_mode=mode, **changes)
        return await self.manager.show_message(self.bot, new, old)


def old_message(**changes: Any) -> OldMessage:
    values: dict[str, Any] = {"chat": CHAT, "message_id": 5, "media_id": None, "media_uniq_id": None}
    return OldMessage(**(values | {"text": "old"} | changes))


def picture(file_id: str) -> MediaAttachment:
    return MediaAttachment(ContentType.PHOTO, file_id=MediaId(file_id))


@pytest.fixture
def screen() -> Screen:
    return Screen()


CALLBACK = CallbackQuery(
    id="1", from_user=User(id=7, is_bot=False, first_name="Ada"), chat_instance="1", data="x"
)


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("Bad Request: query is too old and response timeout expired or query ID is invalid"),
        Refusal("Too Many Requests: retry after 3", 429, 3),
        Refusal("Forbidden: bot was blocked by the user", 403),
        Refusal("Bad Gateway", 502),
        Refusal("connection reset", 0),
    ],
)
async def test_answering_a_tap_is_best_effort(screen: Screen, refusal: Refusal) -> None:
    screen.telegram.refuse("answerCallbackQuery", refusal)
    await screen.manager.answer_callback(screen.bot, CALLBACK)
    assert screen.telegram.calls == ["answerCallbackQuery"]
    assert screen.slept == []


async def test_a_window_is_edited_in_place(screen: Screen) -> None:
    shown = await screen.edit()
    assert screen.telegram.calls == ["editMessageText"]
    assert shown.message_id == 101


NOT_MODIFIED = Refusal(
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def test_a_message_that_is_not_modified_is_shown_already(screen: Screen) -> None:
    screen.telegram.refuse("editMessageText", NOT_MODIFIED)
    shown = await screen.edit()
    assert screen.telegram.calls == ["editMessageText"]
    assert (shown.message_id, shown.text) == (5, "new")


async def test_so_is_a_picture_whose_text_is_not_modified(screen: Screen) -> None:
    screen.telegram.refuse("editMessageMedia", NOT_MODIFIED)
    shown = await screen.edit(old_message(media_id="a", media_uniq_id="b"), media=picture("a"))
    assert screen.telegram.calls == ["editMessageMedia"]
    assert (shown.message_id, shown.media_id) == (5, "a")


async def test_a_window_that_is_not_to_be_shown_is_not_shown(screen: Screen) -> None:
    with pytest.raises(MessageNotModified):
        await screen.show(ShowMode.NO_UPDATE, old_message())
    assert screen.telegram.calls == []


@pytest.mark.parametrize(
    "reason",
    [
        "Bad Request: message can't be edited",
        "Bad Request: message to edit not found",
        "Bad Request: MESSAGE_ID_INVALID",
        "Bad Request: there is no text in the message to edit",
    ],
)
async def test_a_message_that_cannot_be_edited_is_sent_anew(screen: Screen, reason: str) -> None:
    screen.telegram.refuse("editMessageText", Refusal(reason))
    shown = await screen.edit()
    assert screen.telegram.calls == ["editMessageText", "sendMessage"]
    assert shown.message_id == 102


async def test_a_picture_that_cannot_be_edited_is_sent_anew(screen: Screen) -> None:
    screen.telegram.refuse("editMessageMedia", Refusal("Bad Request: MESSAGE_ID_INVALID"))
    await screen.edit(media=picture("a"))
    assert screen.telegram.calls == ["editMessageMedia", "sendPhoto"]


async def test_other_bad_requests_are_mistakes_of_ours(screen: Screen) -> None:
    screen.telegram.refuse("editMessageText", Refusal("Bad Request: can't parse entities"))
    with pytest.raises(TelegramBadRequest, match="parse entities"):
        await screen.edit()
    assert screen.telegram.calls == ["editMessageText"]


FLOOD = Refusal("Too Many Requests: retry after 5", 429, 5)


async def test_a_short_pause_is_waited_for(screen: Screen) -> None:
    screen.telegram.refuse("editMessageText", FLOOD)
    await screen.edit()
    assert screen.telegram.calls == ["editMessageText"] * 2
    assert screen.slept == [5]


async def test_but_only_once(screen: Screen) -> None:
    screen.telegram.refuse("editMessageText", FLOOD, FLOOD)
    with pytest.raises(TelegramRetryAfter):
        await screen.edit()
    assert screen.slept == [5]


async def test_a_long_pause_is_not_waited_for(screen: Screen) -> None:
    screen.telegram.refuse("sendMessage", Refusal("Too Many Requests: retry after 6", 429, 6))
    with pytest.raises(TelegramRetryAfter):
        await screen.show(ShowMode.SEND, None)
    assert screen.slept == []


@pytest.mark.parametrize("method", ["sendMessage", "sendPhoto", "editMessageCaption", "editMessageMedia"])
async def test_every_way_of_drawing_waits(screen: Screen, method: str) -> None:
    screen.telegram.refuse(method, FLOOD)
    match method:
        case "sendMessage":
            await screen.show(ShowMode.SEND, None)
        case "sendPhoto":
            await screen.show(ShowMode.SEND, None, media=picture("a"))
        case "editMessageCaption":
            media = picture("a")
            await screen.edit(old_message(media_id=media.file_id), media=media)
        case _:
            await screen.edit(media=picture("a"))
    assert screen.telegram.calls == [method] * 2


@pytest.mark.parametrize("method", ["editMessageText", "sendMessage"])
async def test_a_chat_that_blocked_the_bot_is_reported(screen: Screen, method: str) -> None:
    screen.telegram.refuse(method, Refusal("Forbidden: bot was blocked by the user", 403))
    with pytest.raises(TelegramForbiddenError):
        await screen.show(ShowMode.SEND if method == "sendMessage" else ShowMode.EDIT, old_message())
    assert screen.slept == []


async def test_old_buttons_that_cannot_be_taken_off_are_left(screen: Screen) -> None:
    screen.telegram.refuse("editMessageReplyMarkup", Refusal("Bad Request: chat not found"))
    shown = await screen.show(ShowMode.SEND, old_message())
    assert screen.telegram.calls == ["editMessageReplyMarkup", "sendMessage"]
    assert shown.message_id == 102


@pytest.mark.parametrize(
    "reason", ["Bad Request: MESSAGE_ID_INVALID", "Bad Request: message to delete not found"]
)
async def test_an_old_message_that_cannot_be_deleted_is_left(screen: Screen, reason: str) -> None:
    screen.telegram.refuse("deleteMessage", Refusal(f"Bad Request: {reason}"))
    await screen.show(ShowMode.DELETE_AND_SEND, old_message())
    assert screen.telegram.calls == ["deleteMessage", "sendMessage"]


async def test_an_old_message_that_may_not_be_deleted_loses_its_buttons(screen: Screen) -> None:
    screen.telegram.refuse("deleteMessage", Refusal("Bad Request: message can't be deleted for everyone"))
    await screen.show(ShowMode.DELETE_AND_SEND, old_message())
    assert screen.telegram.calls == ["deleteMessage", "editMessageReplyMarkup", "sendMessage"]
