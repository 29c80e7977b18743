"""What people do, and the updates that the bot gets of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import events
from bot.playground.errors import PlaygroundError
from bot.playground.events import (
    CallbackAnswered,
    ChatAction,
    ChatChanged,
    Event,
    MessageEdited,
    MessagesDeleted,
    MessageSent,
)
from bot.playground.world import World
from tests.playground.conftest import ADA, TOKEN, Api, keyboard, png
from tests.support.clock import FrozenClock

BRUNO = 8
GROUP = -100
GO = keyboard([{"text": "Continua", "callback_data": "go"}, {"text": "Sito", "url": "https://example.com/"}])


def test_a_text_is_written_as_telegram_writes_it(world: World, clock: FrozenClock) -> None:
    message = world.send_text(ADA, "  /help per favore 📬 ")
    (update,) = world.drain_updates()
    assert update == {
        "update_id": update["update_id"],
        "message": {
            "message_id": message.message_id,
            "from": {
                "id": ADA,
                "is_bot": False,
                "first_name": "Ada",
                "username": "ada",
                "language_code": "it",
            },
            "chat": {"id": ADA, "type": "private", "first_name": "Ada", "username": "ada"},
            "date": int(clock.now().timestamp()),
            "text": "/help per favore 📬",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }


def test_a_deep_link_arrives_as_start_with_its_payload(world: World) -> None:
    world.deep_link(ADA, "tok_en-1")
    (update,) = world.drain_updates()
    assert update["message"]["text"] == "/start tok_en-1"
    for payload in ("", "a b", "x" * 65, "è"):
        with pytest.raises(PlaygroundError, match="deep link"):
            world.deep_link(ADA, payload)


async def test_a_tap_carries_the_message_as_it_stands(world: World, api: Api) -> None:
    sent = await api("sendMessage", chat_id=ADA, text="Rinnovo", reply_markup=GO)
    query = world.tap(ADA, sent["message_id"], "Continua")
    (update,) = world.drain_updates()
    callback = update["callback_query"]
    assert callback["id"] == query
    assert callback["data"] == "go"
    assert callback["message"] == sent
    assert callback["from"]["language_code"] == "it"
    assert callback["chat_instance"]


async def test_taps_that_no_phone_could_make(world: World, api: Api) -> None:
    sent = (await api("sendMessage", chat_id=ADA, text="x", reply_markup=GO))["message_id"]
    with pytest.raises(PlaygroundError, match=r"no button says 'Boh'; there are \(\('Continua', 'Sito'\),\)"):
        world.tap(ADA, sent, "Boh")
    with pytest.raises(PlaygroundError, match="does not call the bot"):
        world.tap(ADA, sent, "Sito")
    with pytest.raises(PlaygroundError, match="64 bytes"):
        world.press(ADA, sent, "")
    with pytest.raises(PlaygroundError, match="no message 1"):
        world.press(ADA, 1, "go")


async def test_a_keyboard_that_was_edited_away_can_still_be_tapped(world: World, api: Api) -> None:
    sent = (await api("sendMessage", chat_id=ADA, text="x", reply_markup=GO))["message_id"]
    await api("editMessageText", chat_id=ADA, message_id=sent, text="y")
    world.press(ADA, sent, "go")
    (update,) = world.drain_updates()
    assert update["callback_query"]["data"] == "go"
    assert update["callback_query"]["message"]["text"] == "y"


def test_a_person_corrects_a_text(world: World, clock: FrozenClock) -> None:
    message = world.send_text(ADA, "Mrio")
    world.drain_updates()
    clock.advance(timedelta(seconds=3))
    world.edit_text(ADA, message.message_id, "Mario")
    (update,) = world.drain_updates()
    assert update["edited_message"]["text"] == "Mario"
    assert update["edited_message"]["edit_date"] == update["edited_message"]["date"] + 3


async def test_a_person_corrects_nothing_of_the_bots(world: World, api: Api) -> None:
    sent = (await api("sendMessage", chat_id=ADA, text="x"))["message_id"]
    with pytest.raises(PlaygroundError, match="one's own"):
        world.edit_text(ADA, sent, "y")


def test_a_person_sends_pictures_and_files(world: World) -> None:
    world.send_photo(ADA, png(), caption="ecco")
    world.send_document(ADA, "visura.pdf", b"%PDF")
    photo, document = (update["message"] for update in world.drain_updates())
    assert (photo["caption"], photo["photo"][0]["width"]) == ("ecco", 60)
    assert document["document"]["file_name"] == "visura.pdf"


def test_blocking_and_unblocking_are_told_once(world: World) -> None:
    for act in (world.block, world.block, world.unblock, world.unblock):
        act(ADA)
    changes = [
        (
            update["my_chat_member"]["old_chat_member"]["status"],
            update["my_chat_member"]["new_chat_member"]["status"],
        )
        for update in world.drain_updates()
    ]
    assert changes == [("member", "kicked"), ("kicked", "member")]


def test_a_blocked_bot_is_not_written_to(world: World) -> None:
    world.block(ADA)
    with pytest.raises(PlaygroundError, match="blocked"):
        world.send_text(ADA, "ciao")


@pytest.mark.parametrize(("text", "reason"), [("   ", "nothing to send"), ("x" * 4097, "4096 characters")])
def test_texts_that_no_phone_would_send(world: World, text: str, reason: str) -> None:
    with pytest.raises(PlaygroundError, match=reason):
        world.send_text(ADA, text)


async def test_a_bot_in_a_group_sees_its_arrival_and_commands_only(world: World, api: Api) -> None:
    world.add_to_group(GROUP, "Soci", ADA)
    membership, arrival = world.drain_updates()
    assert membership["my_chat_member"]["chat"] == {"id": GROUP, "type": "group", "title": "Soci"}
    assert membership["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert arrival["message"]["new_chat_members"][0]["username"] == "rinnovo_bot"
    world.send_text(GROUP, "ciao a tutti", sender_id=ADA)
    world.send_text(GROUP, "/start", sender_id=ADA)
    (update,) = world.drain_updates()
    assert update["message"]["text"] == "/start"
    assert (await api("sendMessage", chat_id=GROUP, text="Scrivimi in privato"))["chat"]["id"] == GROUP


async def test_a_bot_leaves_a_group_and_is_gone(world: World, api: Api) -> None:
    world.add_to_group(GROUP, "Soci", ADA)
    assert await api("leaveChat", chat_id=GROUP) is True
    world.drain_updates()
    world.send_text(GROUP, "/start", sender_id=ADA)
    assert world.drain_updates() == []
    with pytest.raises(Exception, match="Forbidden: bot is not a member of the group chat"):
        await api("sendMessage", chat_id=GROUP, text="x")


async def test_a_bot_cannot_leave_a_private_chat(api: Api) -> None:
    with pytest.raises(Exception, match="chat member status can't be changed in private chats"):
        await api("leaveChat", chat_id=ADA)


async def test_a_bot_deletes_only_its_own_in_a_group(world: World, api: Api) -> None:
    world.add_to_group(GROUP, "Soci", ADA)
    said = world.send_text(GROUP, "/start", sender_id=ADA).message_id
    with pytest.raises(Exception, match="message can't be deleted"):
        await api("deleteMessage", chat_id=GROUP, message_id=said)


def test_in_a_group_somebody_must_act(world: World) -> None:
    world.add_to_group(GROUP, "Soci", ADA)
    with pytest.raises(PlaygroundError, match="say who acts"):
        world.send_text(GROUP, "ciao")
    with pytest.raises(PlaygroundError, match="negative"):
        world.add_to_group(5, "Soci", ADA)


def test_clearing_a_chat_is_not_told(world: World) -> None:
    world.send_text(ADA, "uno")
    world.drain_updates()
    world.clear(ADA)
    assert world.messages(ADA) == ()
    assert world.drain_updates() == []


def test_looking_for_what_is_not_there(world: World) -> None:
    with pytest.raises(PlaygroundError, match="no chat 99"):
        world.messages(99)
    with pytest.raises(PlaygroundError, match="said nothing"):
        world.last_answer(ADA)
    with pytest.raises(PlaygroundError, match="no callback query"):
        world.callback_answer("1")


def test_opening_a_chat_again_keeps_it(world: World) -> None:
    world.open_chat(ADA, "Ada L.", "en")
    assert len(world.messages(ADA)) == 1
    person = world.chat(ADA).person
    assert person is not None
    assert (person.first_name, person.language) == ("Ada L.", "en")


async def test_listeners_hear_everything_in_order(world: World, api: Api) -> None:
    heard: list[Event] = []
    with world.subscribe() as feed:
        world.open_chat(BRUNO, "Bruno")
        world.send_text(ADA, "ciao")
        await api("sendChatAction", chat_id=ADA, action="typing")
        sent = (await api("sendMessage", chat_id=ADA, text="x", reply_markup=GO))["message_id"]
        query = world.tap(ADA, sent, "Continua")
        await api("answerCallbackQuery", callback_query_id=query, text="ok")
        await api("editMessageText", chat_id=ADA, message_id=sent, text="y")
        await api("deleteMessage", chat_id=ADA, message_id=sent)
        world.close()
        heard = [event async for event in feed]
    assert [type(event) for event in heard] == [
        ChatChanged, MessageSent, ChatAction, MessageSent, CallbackAnswered, MessageEdited, MessagesDeleted,
    ]  # fmt: skip


async def test_a_listener_that_is_far_behind_is_cut_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_BACKLOG", 2)
    with world.subscribe() as feed:
        for number in range(5):
            world.send_text(ADA, str(number))
        assert len([event async for event in feed]) == 2


async def test_numbers_of_a_later_world_do_not_come_back(world: World, clock: FrozenClock) -> None:
    old_message = world.send_text(ADA, "x").message_id
    old_update = world.drain_updates()[-1]["update_id"]
    clock.advance(timedelta(minutes=1))
    later = World(TOKEN, clock=clock.now)
    later.open_chat(ADA, "Ada")
    assert later.send_text(ADA, "x").message_id > old_message
    assert later.drain_updates()[-1]["update_id"] > old_update


def test_without_a_clock_of_its_own_a_world_uses_the_wall_clock() -> None:
    world = World(TOKEN)
    world.open_chat(ADA, "Ada")
    assert abs(world.send_text(ADA, "x").date - datetime.now(UTC)) < timedelta(minutes=1)


async def test_chats_are_described_and_pinned(api: Api) -> None:
    sent = await api("sendMessage", chat_id=ADA, text="x")
    assert "pinned_message" not in await api("getChat", chat_id=ADA)
    assert await api("pinChatMessage", chat_id=ADA, message_id=sent["message_id"]) is True
    assert (await api("getChat", chat_id=ADA))["pinned_message"] == sent
    with pytest.raises(Exception, match="message to pin not found"):
        await api("pinChatMessage", chat_id=ADA, message_id=1)
    other = await api("sendMessage", chat_id=ADA, text="y")
    assert await api("unpinChatMessage", chat_id=ADA, message_id=other["message_id"]) is True
    assert (await api("getChat", chat_id=ADA))["pinned_message"] == sent, "another one was unpinned"
    with pytest.raises(Exception, match="message to unpin not found"):
        await api("unpinChatMessage", chat_id=ADA, message_id=1)
    assert await api("unpinChatMessage", chat_id=ADA, message_id=sent["message_id"]) is True
    assert "pinned_message" not in await api("getChat", chat_id=ADA)
    await api("pinChatMessage", chat_id=ADA, message_id=sent["message_id"])
    assert await api("unpinChatMessage", chat_id=ADA) is True, "without a number, the newest"
    assert "pinned_message" not in await api("getChat", chat_id=ADA)


async def test_an_unknown_file_is_refused(api: Api, world: World) -> None:
    with pytest.raises(Exception, match="invalid file_id"):
        await api("getFile", file_id="x")
    assert world.file("photos/x") is None
