"""Editing, deleting, and answering taps."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.playground.files import Upload
from bot.playground.world import World
from tests.playground.conftest import ADA, Api, keyboard, png
from tests.support.clock import FrozenClock

Refusal = Callable[..., Awaitable[str]]
GO = keyboard([{"text": "Continua", "callback_data": "go"}])
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


@pytest.fixture
async def sent(api: Api) -> int:
    """A text message of the bot, with a button."""
    message = await api("sendMessage", chat_id=ADA, text="<b>Uno</b>", parse_mode="HTML", reply_markup=GO)
    number: int = message["message_id"]
    return number


@pytest.fixture
async def photo(api: Api) -> int:
    """A picture of the bot, with a caption."""
    message = await api("sendPhoto", {"photo": Upload("a.png", png())}, chat_id=ADA, caption="QR")
    number: int = message["message_id"]
    return number


async def test_an_edit_replaces_text_and_keyboard_and_keeps_the_past(
    api: Api, world: World, sent: int, clock: FrozenClock
) -> None:
    clock.advance(timedelta(seconds=5))
    edited = await api("editMessageText", chat_id=ADA, message_id=sent, text="Due")
    assert edited["text"] == "Due"
    assert edited["edit_date"] == edited["date"] + 5
    assert "reply_markup" not in edited, "an edit without a keyboard takes it away"
    message = world.message(ADA, sent)
    assert [content.text.text for content in message.past] == ["Uno"]
    assert message.edits == 1


async def test_the_same_content_again_is_refused(refusal: Refusal, sent: int) -> None:
    same = {"text": "<b>Uno</b>", "parse_mode": "HTML", "reply_markup": GO}
    assert await refusal("editMessageText", chat_id=ADA, message_id=sent, **same) == NOT_MODIFIED
    assert (
        await refusal("editMessageReplyMarkup", chat_id=ADA, message_id=sent, reply_markup=GO) == NOT_MODIFIED
    )


async def test_another_style_or_keyboard_is_another_content(api: Api, sent: int) -> None:
    await api("editMessageText", chat_id=ADA, message_id=sent, text="Uno", reply_markup=GO)
    edited = await api("editMessageReplyMarkup", chat_id=ADA, message_id=sent)
    assert (edited["text"], "reply_markup" in edited) == ("Uno", False)


async def test_only_an_inline_keyboard_may_stand_under_an_edit(refusal: Refusal, sent: int) -> None:
    params = {"chat_id": ADA, "message_id": sent, "text": "x"}
    description = await refusal("editMessageText", **params, reply_markup={"force_reply": True})
    assert description == "Bad Request: inline keyboard expected"


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_the_message_must_be_there_and_the_bots_own(
    refusal: Refusal, world: World, method: str
) -> None:
    text = {"text": "x"} if method == "editMessageText" else {}
    said = world.send_text(ADA, "ciao").message_id

    async def refused(**params: Any) -> str:
        return await refusal(method, **text, **params)

    assert await refused(chat_id=ADA, message_id=1) == "Bad Request: message to edit not found"
    assert await refused(chat_id=ADA) == "Bad Request: message identifier is not specified"
    assert await refused(chat_id=5, message_id=1) == "Bad Request: chat not found"
    assert await refused(chat_id=ADA, message_id=said) == "Bad Request: message can't be edited"
    assert await refused(inline_message_id="abc") == "Bad Request: MESSAGE_ID_INVALID"


async def test_an_edited_text_has_the_limits_of_a_new_one(refusal: Refusal, sent: int) -> None:
    target = {"chat_id": ADA, "message_id": sent}
    assert await refusal("editMessageText", **target) == "Bad Request: message text is empty"
    too_long = await refusal("editMessageText", **target, text="x" * 4097)
    assert too_long == "Bad Request: message is too long"


async def test_a_text_becomes_a_picture(api: Api, world: World, sent: int) -> None:
    media = {"type": "photo", "media": "attach://qr", "caption": "<i>QR</i>", "parse_mode": "HTML"}
    edited = await api(
        "editMessageMedia", {"qr": Upload("qr.png", png())}, chat_id=ADA, message_id=sent, media=media
    )
    assert (edited["caption"], edited["photo"][0]["width"], "text" in edited) == ("QR", 60, False)
    assert world.message(ADA, sent).content.has_media


async def test_a_picture_becomes_a_document(api: Api, photo: int) -> None:
    media = {"type": "document", "media": "attach://d"}
    edited = await api(
        "editMessageMedia", {"d": Upload("a.pdf", b"%PDF")}, chat_id=ADA, message_id=photo, media=media
    )
    assert (edited["document"]["file_name"], "photo" in edited) == ("a.pdf", False)


async def test_a_picture_does_not_become_a_text_again(refusal: Refusal, photo: int) -> None:
    description = await refusal("editMessageText", chat_id=ADA, message_id=photo, text="x")
    assert description == "Bad Request: there is no text in the message to edit"


async def test_captions_are_edited_where_there_is_one(
    api: Api, refusal: Refusal, photo: int, sent: int
) -> None:
    edited = await api("editMessageCaption", chat_id=ADA, message_id=photo, caption="Nuova")
    assert edited["caption"] == "Nuova"
    description = await refusal("editMessageCaption", chat_id=ADA, message_id=sent, caption="x")
    assert description == "Bad Request: there is no caption in the message to edit"
    description = await refusal("editMessageCaption", chat_id=ADA, message_id=photo, caption="x" * 1025)
    assert description == "Bad Request: message caption is too long"


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (None, "input media is not specified"),
        ({"media": "attach://x"}, "can't parse InputMedia: Can't find field \"type\""),
        ({"type": "photo"}, "can't parse InputMedia: Can't find field \"media\""),
        (
            {"type": "video", "media": "attach://x"},
            'can\'t parse InputMedia: Type "video" is not supported by the playground',
        ),
        ({"type": "photo", "media": "attach://x"}, "there is no media in the request"),
        (
            {"type": "photo", "media": "attach://x", "colour": 1},
            'can\'t parse InputMedia: Field "colour" is not known to the playground',
        ),
    ],
)
async def test_refusals_of_a_medium(refusal: Refusal, sent: int, media: Any, reason: str) -> None:
    description = await refusal("editMessageMedia", chat_id=ADA, message_id=sent, media=media)
    assert description == f"Bad Request: {reason}"


async def test_messages_of_both_sides_are_deleted_within_two_days(
    api: Api, refusal: Refusal, world: World, sent: int, clock: FrozenClock
) -> None:
    said = world.send_text(ADA, "ciao").message_id
    assert await api("deleteMessage", chat_id=ADA, message_id=said) is True
    description = await refusal("deleteMessage", chat_id=ADA, message_id=said)
    assert description == "Bad Request: message to delete not found"
    clock.advance(timedelta(hours=48, seconds=1))
    description = await refusal("deleteMessage", chat_id=ADA, message_id=sent)
    assert description == "Bad Request: message can't be deleted for everyone"


async def test_deleting_many_skips_those_that_are_gone(
    api: Api, refusal: Refusal, world: World, sent: int, photo: int
) -> None:
    assert await api("deleteMessages", chat_id=ADA, message_ids=[sent, photo, 1]) is True
    assert {sent, photo}.isdisjoint(world.chat(ADA).messages)
    for numbers, reason in (
        ([], "message identifiers are not specified"),
        (list(range(101)), "too many message identifiers specified"),
        (["x"], "invalid message identifiers specified"),
    ):
        description = await refusal("deleteMessages", chat_id=ADA, message_ids=numbers)
        assert description == f"Bad Request: {reason}"


async def test_a_tap_is_answered_once_and_answering_again_does_no_harm(
    api: Api, world: World, sent: int
) -> None:
    query = world.tap(ADA, sent, "Continua")
    assert world.callback_answer(query) is None
    assert await api("answerCallbackQuery", callback_query_id=query, text="Fatto", show_alert=True) is True
    assert await api("answerCallbackQuery", callback_query_id=query) is True
    answer = world.callback_answer(query)
    assert answer is not None
    assert (answer.text, answer.show_alert, answer.message_id) == ("Fatto", True, sent)


async def test_an_old_or_unknown_tap_cannot_be_answered(
    refusal: Refusal, world: World, sent: int, clock: FrozenClock
) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await refusal("answerCallbackQuery", callback_query_id="1") == too_old
    assert await refusal("answerCallbackQuery") == too_old
    query = world.tap(ADA, sent, "Continua")
    clock.advance(timedelta(seconds=61))
    assert await refusal("answerCallbackQuery", callback_query_id=query) == too_old


async def test_the_answer_to_a_tap_is_short(refusal: Refusal, world: World, sent: int) -> None:
    query = world.tap(ADA, sent, "Continua")
    description = await refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert description == "Bad Request: MESSAGE_TOO_LONG"
    description = await refusal("answerCallbackQuery", callback_query_id=query, url="no")
    assert description == "Bad Request: URL_INVALID"
