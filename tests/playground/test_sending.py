"""Sending: what a message becomes, and every way to be refused."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground.files import Upload
from bot.playground.world import World
from tests.playground.conftest import ADA, Api, keyboard, png

Refusal = Callable[..., Awaitable[str]]


async def test_a_message_is_written_as_telegram_writes_it(api: Api, world: World) -> None:
    sent = await api(
        "sendMessage",
        chat_id=ADA,
        text=" <b>Totale</b>: 36,48 € ",
        parse_mode="HTML",
        reply_markup=keyboard([{"text": "Paga", "callback_data": "pay"}]),
        link_preview_options={"is_disabled": True},
        protect_content=True,
        message_effect_id="5104841245755180586",
    )
    message = world.last_answer(ADA)
    assert sent == {
        "message_id": message.message_id,
        "from": {"id": 42, "is_bot": True, "first_name": "Rinnovo", "username": "rinnovo_bot"},
        "chat": {"id": ADA, "type": "private", "first_name": "Ada", "username": "ada"},
        "date": int(message.date.timestamp()),
        "has_protected_content": True,
        "effect_id": "5104841245755180586",
        "text": "Totale: 36,48 €",
        "entities": [{"type": "bold", "offset": 0, "length": 6}],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Paga", "callback_data": "pay"}]]},
    }


async def test_explicit_entities_do_without_a_parse_mode(api: Api) -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    sent = await api("sendMessage", chat_id=ADA, text="Ciao <b>", entities=[bold])
    assert (sent["text"], sent["entities"]) == ("Ciao <b>", [bold])


async def test_the_length_is_counted_after_parsing(api: Api, refusal: Refusal) -> None:
    text = "<b>" + "è" * 4096 + "</b>"
    assert len((await api("sendMessage", chat_id=ADA, text=text, parse_mode="html"))["text"]) == 4096
    assert await refusal("sendMessage", chat_id=ADA, text="x" * 4097) == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "   "}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"text": "x", "colour": "red"}, 'parameter "colour" is not known to the playground'),
        ({"text": "x", "disable_notification": "maybe"},
         'parameter "disable_notification" must be of type Boolean'),
        ({"text": "x", "message_thread_id": "one"}, 'parameter "message_thread_id" must be of type Integer'),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "business_connection_id": "abc"}, "business connection not found"),
        ({"text": "x", "entities": "{}"}, 'parameter "entities" must be of type Array'),
        ({"text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": "{x"}, "can't parse reply markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        ({"text": "x", "link_preview_options": {"url": "no"}}, "WEBPAGE_URL_INVALID"),
        ({"text": "x", "link_preview_options": {"is_disabled": "yes"}},
         'field "is_disabled" must be of type Boolean'),
    ],
)  # fmt: skip
async def test_refusals_of_a_text(refusal: Refusal, params: dict[str, Any], reason: str) -> None:
    assert await refusal("sendMessage", chat_id=ADA, **params) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("chat_id", "description"),
    [
        ("", "Bad Request: chat_id is empty"),
        (None, "Bad Request: chat_id is empty"),
        ("0", "Bad Request: chat not found"),
        ("@nobody", "Bad Request: chat not found"),
        ("999", "Bad Request: chat not found"),
    ],
)
async def test_a_chat_must_exist(refusal: Refusal, chat_id: str | None, description: str) -> None:
    assert await refusal("sendMessage", chat_id=chat_id, text="x") == description


async def test_a_bot_cannot_write_first(world: World, refusal: Refusal) -> None:
    world.open_chat(8, "Bruno")
    description = await refusal("sendMessage", chat_id=8, text="x")
    assert description == "Forbidden: bot can't initiate conversation with a user"


async def test_a_bot_cannot_write_to_who_blocked_it(world: World, api: Api, refusal: Refusal) -> None:
    world.block(ADA)
    blocked = "Forbidden: bot was blocked by the user"
    assert await refusal("sendMessage", chat_id=ADA, text="x") == blocked
    assert await refusal("sendChatAction", chat_id=ADA, action="typing") == blocked
    world.unblock(ADA)
    assert (await api("sendMessage", chat_id=ADA, text="x"))["text"] == "x"


async def test_a_reply_carries_the_message_replied_to(api: Api, world: World) -> None:
    asked = world.send_text(ADA, "domanda")
    sent = await api(
        "sendMessage", chat_id=ADA, text="risposta", reply_parameters={"message_id": asked.message_id}
    )
    assert sent["reply_to_message"]["text"] == "domanda"
    sent = await api(
        "sendMessage",
        chat_id=ADA,
        text="x",
        reply_parameters={"message_id": 1, "allow_sending_without_reply": True},
    )
    assert "reply_to_message" not in sent


async def test_a_forced_reply_and_a_removed_keyboard_leave_no_markup_on_the_message(
    api: Api, world: World
) -> None:
    forced = {"force_reply": True, "input_field_placeholder": "Partita IVA"}
    sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup=forced)
    assert "reply_markup" not in sent
    reply = world.last_answer(ADA).force_reply
    assert reply is not None
    assert reply.placeholder == "Partita IVA"
    sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup={"remove_keyboard": True})
    assert "reply_markup" not in sent


async def test_a_picture_is_uploaded_shown_and_sent_again_by_its_identifier(api: Api, world: World) -> None:
    sent = await api(
        "sendPhoto",
        {"photo": Upload("qr.png", png(300, 200))},
        chat_id=ADA,
        caption="<b>Bonifico</b>",
        parse_mode="HTML",
    )
    (size,) = sent["photo"]
    assert (size["width"], size["height"], sent["caption"]) == (300, 200, "Bonifico")
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 8}]
    again = await api("sendPhoto", chat_id=ADA, photo=size["file_id"])
    assert again["photo"] == sent["photo"]
    attached = await api("sendPhoto", {"k": Upload("qr.png", png())}, chat_id=ADA, photo="attach://k")
    assert attached["photo"][0]["width"] == 60
    path = (await api("getFile", file_id=size["file_id"]))["file_path"]
    file = world.file(path)
    assert file is not None
    assert file.data == png(300, 200)


async def test_a_document_keeps_its_name(api: Api) -> None:
    sent = await api(
        "sendDocument", {"document": Upload("ordine.pdf", b"%PDF")}, chat_id=ADA, caption="Ordine"
    )
    assert sent["document"]["file_name"] == "ordine.pdf"
    assert sent["document"]["mime_type"] == "application/pdf"
    assert sent["document"]["file_size"] == 4


async def test_a_picture_may_stand_under_its_caption_or_behind_a_blur(api: Api) -> None:
    sent = await api(
        "sendPhoto",
        {"photo": Upload("a.png", png())},
        chat_id=ADA,
        caption="x",
        show_caption_above_media=True,
        has_spoiler=True,
    )
    assert sent["show_caption_above_media"] is True
    assert sent["has_media_spoiler"] is True


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x30" + b"\x00" * 12


async def test_a_jpeg_is_a_picture_too(api: Api) -> None:
    sent = await api("sendPhoto", {"photo": Upload("a.jpg", JPEG)}, chat_id=ADA)
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (48, 32)


@pytest.mark.parametrize(
    ("files", "params", "reason"),
    [
        ({}, {}, "there is no photo in the request"),
        ({}, {"photo": "attach://missing"}, "there is no photo in the request"),
        ({"photo": b""}, {}, "file must be non-empty"),
        ({"photo": b"GIF89a"}, {}, "IMAGE_PROCESS_FAILED"),
        ({"photo": b"\xff\xd8\xff\xe0\x00\x04ab"}, {}, "IMAGE_PROCESS_FAILED"),
        ({"photo": png(5000, 5001)}, {}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": png(2100, 100)}, {}, "PHOTO_INVALID_DIMENSIONS"),
        ({"photo": png() + b"\0" * 10 * 1024 * 1024}, {},
         "file of size 10485784 bytes is too big for a photo"),
        ({}, {"photo": "https://example.com/a.png"}, "failed to get HTTP URL content"),
        ({}, {"photo": "nonsense"},
         "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"),
        ({"photo": png()}, {"caption": "x" * 1025}, "message caption is too long"),
        ({"photo": png(), "extra": b"x"}, {}, 'parameter "extra" is not known to the playground'),
    ],
)  # fmt: skip
async def test_refusals_of_a_picture(
    refusal: Refusal, files: dict[str, bytes], params: dict[str, Any], reason: str
) -> None:
    uploads = {name: Upload(name, data) for name, data in files.items()}
    assert await refusal("sendPhoto", uploads, chat_id=ADA, **params) == f"Bad Request: {reason}"


async def test_a_document_is_no_picture(api: Api, refusal: Refusal) -> None:
    sent = await api("sendDocument", {"document": Upload("a.png", png())}, chat_id=ADA)
    description = await refusal("sendPhoto", chat_id=ADA, photo=sent["document"]["file_id"])
    assert description == "Bad Request: can't use file of type Document as Photo"


async def test_a_chat_action_must_be_one(api: Api, refusal: Refusal) -> None:
    assert await api("sendChatAction", chat_id=ADA, action="upload_photo") is True
    description = await refusal("sendChatAction", chat_id=ADA, action="dance")
    assert description == "Bad Request: wrong parameter action in request"
