"""What the chat page asks of the server, and who is kept out."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.playground import page_api, streaming
from bot.playground.files import Upload
from bot.playground.people import Persona
from bot.playground.runner import serve_playground
from bot.playground.server import create_playground
from bot.playground.world import World
from tests.playground.conftest import ADA, TOKEN, Api, keyboard, png

STUDIO = Persona(
    "studio", "Studio Fittizio", "Una casella Pro", "it", "https://t.me/rinnovo_bot?start=TOKEN-1", "Scade."
)
GUEST = Persona("guest", "Guest", "Comes without a notice", "en")
ACTIONS = ("messages", "taps", "start", "clear", "block")


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page's own server, without a network."""
    transport = httpx.ASGITransport(create_playground(world, people=[STUDIO, GUEST]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        yield client


async def test_a_person_writes_taps_starts_and_clears(
    client: httpx.AsyncClient, world: World, api: Api
) -> None:
    chat = f"/playground/chats/{STUDIO.user_id}"
    await client.post(f"{chat}/start", json={"payload": "TOKEN-1"})
    await client.post(f"{chat}/start", json={})
    await client.post(f"{chat}/messages", json={"text": "ciao"})
    go = keyboard([{"text": "Avanti", "callback_data": "go"}])
    sent = await api("sendMessage", chat_id=STUDIO.user_id, text="x", reply_markup=go)
    answer = await client.post(f"{chat}/taps", json={"message_id": sent["message_id"], "data": "go"})
    updates = world.drain_updates()
    texts = [update["message"]["text"] for update in updates if "message" in update]
    assert texts == ["/start TOKEN-1", "/start", "ciao"]
    assert updates[-1]["callback_query"]["id"] == answer.json()["query_id"]
    await client.post(f"{chat}/clear")
    assert world.messages(STUDIO.user_id) == ()


async def test_a_person_blocks_the_bot_and_starting_again_unblocks_it(
    client: httpx.AsyncClient, world: World
) -> None:
    chat = f"/playground/chats/{ADA}"
    await client.post(f"{chat}/block", json={"blocked": True})
    assert world.chat(ADA).blocked
    refused = await client.post(f"{chat}/messages", json={"text": "x"})
    assert (refused.status_code, refused.json()) == (409, {"detail": "the bot is blocked"})
    await client.post(f"{chat}/block", json={"blocked": False})
    assert not world.chat(ADA).blocked
    await client.post(f"{chat}/block", json={"blocked": True})
    await client.post(f"{chat}/start", json={})
    kinds = [kind for update in world.drain_updates() for kind in update if kind != "update_id"]
    assert kinds == ["my_chat_member", "my_chat_member", "my_chat_member", "my_chat_member", "message"]


async def test_what_a_phone_could_not_do_is_answered_in_words(client: httpx.AsyncClient) -> None:
    for path, body in (
        (f"chats/{ADA}/messages", {"text": "  "}),
        (f"chats/{ADA}/taps", {"message_id": 1, "data": "x"}),
        (f"chats/{ADA}/start", {"payload": "no spaces"}),
        ("chats/99/clear", {}),
    ):
        answer = await client.post(f"/playground/{path}", json=body)
        assert answer.status_code == 409
        assert answer.json()["detail"]


async def test_pictures_are_shown_and_documents_only_downloaded(
    client: httpx.AsyncClient, api: Api, world: World
) -> None:
    await api("sendPhoto", {"photo": Upload("qr.png", png())}, chat_id=ADA)
    await api("sendDocument", {"document": Upload("x.html", b"<script>")}, chat_id=ADA)
    photo, document = (message.content for message in world.messages(ADA)[-2:])
    assert photo.photo is not None
    assert document.document is not None
    shown = await client.get(f"/playground/files/{photo.photo.path}")
    assert (shown.headers["content-type"], shown.content) == ("image/png", png())
    kept = await client.get(f"/playground/files/{document.document.path}")
    assert kept.headers["content-disposition"] == "attachment"
    assert kept.headers["content-type"] == "application/octet-stream"
    assert (await client.get("/playground/files/photos/none")).status_code == 404


async def test_the_page_may_load_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "//" not in page.text.replace("<!doctype", "")
    for part in ("app.js", "base.css", "icon.svg"):
        found = await client.get(f"/page/{part}")
        assert found.status_code == 200
        assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["playground.example", "127.0.0.1.example.com", "10.0.0.5:8081", "[::2]"])
async def test_a_foreign_name_for_this_machine_is_refused(client: httpx.AsyncClient, host: str) -> None:
    for path in ("/", f"/bot{TOKEN}/getMe", f"/playground/chats/{ADA}/clear"):
        assert (await client.post(path, headers={"Host": host})).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8081", "localhost", "[::1]:8081", "LOCALHOST:1"])
async def test_every_name_of_the_loopback_is_let_in(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:9999", "null"])
@pytest.mark.parametrize("action", ACTIONS)
async def test_a_page_from_elsewhere_cannot_act(
    client: httpx.AsyncClient, world: World, origin: str, action: str
) -> None:
    answer = await client.post(f"/playground/chats/{ADA}/{action}", json={}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert world.drain_updates() == []


async def test_the_pages_own_origin_acts(client: httpx.AsyncClient, world: World) -> None:
    await client.post(
        f"/playground/chats/{ADA}/messages", json={"text": "x"}, headers={"Origin": "http://localhost:8081"}
    )
    assert len(world.drain_updates()) == 1


async def test_the_stream_begins_with_everything_and_goes_on_with_what_happens(
    world: World, api: Api
) -> None:
    async with (
        serve_playground(world, people=[STUDIO, GUEST]) as base,
        httpx.AsyncClient(base_url=base, timeout=60) as client,
        client.stream("GET", "/playground/events") as response,
    ):
        lines = events(response)
        state = await anext(lines)
        assert state["bot"] == {"name": "Rinnovo", "username": "rinnovo_bot"}
        assert [(each["name"], each["payload"]) for each in state["people"]] == [
            ("Studio Fittizio", "TOKEN-1"),
            ("Guest", None),
        ]
        assert [chat["name"] for chat in state["chats"]] == ["Ada", "Studio Fittizio", "Guest"]
        assert state["chats"][0]["messages"][0]["text"] == "/start"

        go = keyboard([{"text": "Avanti", "callback_data": "go"}])
        sent = await api("sendMessage", chat_id=ADA, text="x", reply_markup=go, disable_notification=True)
        event = await anext(lines)
        assert (event["type"], event["chat_id"], event["message"]["silent"]) == ("sent", ADA, True)
        query = world.tap(ADA, sent["message_id"], "Avanti")
        await api("answerCallbackQuery", callback_query_id=query, text="Fatto", show_alert=True)
        event = await anext(lines)
        assert (event["type"], event["query_id"], event["text"], event["show_alert"]) == (
            "answered", query, "Fatto", True,
        )  # fmt: skip
        await api("editMessageText", chat_id=ADA, message_id=sent["message_id"], text="y")
        event = await anext(lines)
        assert (event["type"], event["message"]["edits"]) == ("edited", 1)
        await api("sendChatAction", chat_id=ADA, action="typing")
        assert (await anext(lines))["type"] == "action"
        await api("deleteMessage", chat_id=ADA, message_id=sent["message_id"])
        assert (await anext(lines))["message_ids"] == [sent["message_id"]]
        await api(
            "sendMessage",
            chat_id=ADA,
            text="x",
            reply_markup={"force_reply": True, "input_field_placeholder": "CAP"},
        )
        assert (await anext(lines))["message"]["force_reply"] == {"placeholder": "CAP"}
        await api("setMyCommands", commands=[{"command": "start", "description": "Comincia"}])
        state = await anext(lines)
        assert state["chats"][0]["commands"] == [{"command": "start", "description": "Comincia"}]


async def test_a_silent_stream_shows_that_it_lives(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT", 0.01)
    async with (
        serve_playground(world) as base,
        httpx.AsyncClient(base_url=base, timeout=60) as client,
        client.stream("GET", "/playground/events") as response,
    ):
        async for line in response.aiter_lines():
            if line == ":":
                break


async def events(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """The events of a stream, decoded."""
    async for line in response.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


async def test_a_persona_keeps_its_number_whatever_the_company() -> None:
    assert STUDIO.user_id == Persona("studio", "Another", "", "en").user_id
    assert STUDIO.user_id != GUEST.user_id
    assert (STUDIO.payload, GUEST.payload) == ("TOKEN-1", None)


async def test_somebody_polyglot_speaks_the_language_of_the_page_and_others_their_own() -> None:
    maria = Persona(
        "maria", "Maria", "Una casella", "it", in_other_words={"en": ("Mary", "One")}, polyglot=True
    )
    world = World(TOKEN)
    app = create_playground(world, people=[maria, STUDIO])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        for persona in (maria, STUDIO):
            answer = await client.post(f"/playground/chats/{persona.user_id}/start", json={"language": "en"})
            assert answer.status_code == 200
    spoken = [update["message"]["from"]["language_code"] for update in world.drain_updates()]
    assert spoken == ["en", STUDIO.language]
    assert page_api.state_json(world, [maria], "w")["people"][0]["words"] == {
        "en": {"name": "Mary", "note": "One"}
    }
