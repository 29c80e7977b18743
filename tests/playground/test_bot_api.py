"""The Bot API over HTTP: however the parameters come, and however it is refused."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.playground.server import create_playground
from bot.playground.world import World
from tests.playground.conftest import ADA, TOKEN, png

BASE = "http://127.0.0.1:8081"


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, without a network."""
    transport = httpx.ASGITransport(create_playground(world))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


def url(method: str, token: str = TOKEN) -> str:
    return f"/bot{token}/{method}"


async def test_parameters_come_in_the_query_a_form_or_json(client: httpx.AsyncClient, world: World) -> None:
    params: dict[str, Any] = {"chat_id": ADA, "text": "ciao"}
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    answers = [
        await client.get(url("sendMessage"), params=params),
        await client.post(url("sendMessage"), params=params),
        await client.post(url("sendMessage"), data=params),
        await client.post(
            url("sendMessage"), files={name: (None, str(value)) for name, value in params.items()}
        ),
        await client.post(
            url("sendMessage"),
            json=params | {"reply_markup": markup, "disable_notification": True, "parse_mode": None},
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.json()["ok"] is True
        assert answer.json()["result"]["text"] == "ciao"
    assert world.last_answer(ADA).labels == (("x",),)
    assert world.last_answer(ADA).silent


async def test_names_of_methods_do_not_mind_the_case(client: httpx.AsyncClient) -> None:
    assert (await client.get(url("getme"))).json()["result"]["username"] == "rinnovo_bot"


async def test_files_come_in_a_form_and_are_fetched_with_the_token(client: httpx.AsyncClient) -> None:
    sent = await client.post(
        url("sendPhoto"), data={"chat_id": str(ADA)}, files={"photo": ("qr.png", png(), "image/png")}
    )
    file_id = sent.json()["result"]["photo"][0]["file_id"]
    path = (await client.get(url("getFile"), params={"file_id": file_id})).json()["result"]["file_path"]
    found = await client.get(f"/file/bot{TOKEN}/{path}")
    assert (found.status_code, found.content) == (200, png())
    assert (await client.get(f"/file/bot42:OTHER/{path}")).status_code == 401
    assert (await client.get(f"/file/bot{TOKEN}/photos/none")).json() == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        (url("getMe", "42:OTHER"), 401, "Unauthorized"),
        (url("getMe", "nonsense"), 401, "Unauthorized"),
        (url("getNothing"), 404, "Not Found"),
        (url("sendMessage"), 400, "Bad Request: message text is empty"),
        (url("sendMessage") + "?text=x", 400, "Bad Request: chat_id is empty"),
    ],
)
async def test_refusals_have_the_envelope_of_the_bot_api(
    client: httpx.AsyncClient, path: str, status: int, description: str
) -> None:
    answer = await client.post(path)
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"'])
async def test_json_must_be_an_object(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post(url("getMe"), content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["description"] == "Bad Request: can't parse JSON object"


async def test_an_unknown_parameter_or_file_is_no_secret(client: httpx.AsyncClient) -> None:
    answer = await client.post(url("getMe"), data={"colour": "red"})
    assert answer.json()["description"] == 'Bad Request: parameter "colour" is not known to the playground'
    answer = await client.post(url("getMe"), files={"colour": b"red"})
    assert answer.json()["description"] == 'Bad Request: parameter "colour" is not known to the playground'
