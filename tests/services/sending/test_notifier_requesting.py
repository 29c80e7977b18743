"""How the library's requests leave: what a message does not cost, and the ways that are not straight."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from telegram import Message
from telegram.error import RetryAfter

from bot.services.sending.ceiling import Places
from bot.services.sending.notifier.requesting import Requests
from bot.services.sending.notifier.sending_bot import SendingBot
from tests.support.faults import Request, answer, listening
from tests.support.running_bot import TOKEN

CHAT = {"id": 1001, "type": "private", "first_name": "Prova"}
SENT = {
    "message_id": 7,
    "date": 1_790_000_000,
    "chat": CHAT,
    "from": {"id": 42, "is_bot": True, "first_name": "Rinnovo"},
    "text": "Fatto",
    "entities": [{"type": "bold", "offset": 0, "length": 5}],
    "reply_markup": {"inline_keyboard": [[{"text": "Apri", "callback_data": "o:1"}]]},
}


class Telegram:
    """Says yes to everything, and keeps what it was asked."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.asked: list[Request] = []

    async def __call__(self, request: Request) -> bytes:
        """Answer."""
        self.asked.append(request)
        return answer(200, json.dumps({"ok": True, "result": SENT}).encode())


@pytest.fixture
async def telegram() -> Telegram:
    """A Telegram to be asked."""
    return Telegram()


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    """Where it is."""
    async with listening(telegram) as served:
        yield served


def bot_at(address: str) -> SendingBot:
    """A bot that sends there."""
    return SendingBot(TOKEN, address, places=Places(), connections=4)


class Lookout:
    """Notes every module that somebody looks for and that was not imported before."""

    def __init__(self) -> None:
        """Nothing was looked for yet."""
        self.looked_for: list[str] = []

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing; others are asked next."""
        self.looked_for.append(name)
        return None


async def test_a_message_looks_for_no_module(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is not there is searched for anew each time: that costs more than to write the message."""
    lookout = Lookout()
    async with bot_at(address) as bot:
        await bot.send_message(1, "Fatto")
        monkeypatch.setattr(sys, "meta_path", [lookout, *sys.meta_path])
        await bot.send_message(2, "Fatto")
        assert lookout.looked_for == []
        with pytest.raises(ImportError):
            __import__("a_module_that_is_not_there")
    assert lookout.looked_for == ["a_module_that_is_not_there"]


async def test_what_was_sent_is_not_read_back(address: str) -> None:
    async with bot_at(address) as bot:
        message = await bot.send_message(1001, "<b>Fatto</b>", parse_mode="HTML")
    assert isinstance(message, Message)
    assert (message.message_id, message.chat.id) == (7, 1001)
    assert (message.entities, message.reply_markup, message.from_user) == ((), None, None)


async def test_it_asks_in_json_by_the_names_of_the_bot_api(address: str, telegram: Telegram) -> None:
    async with bot_at(address) as bot:
        await bot.send_message(1001, "<b>Perché è così</b>", parse_mode="HTML")
    (request,) = telegram.asked
    assert request.head.startswith(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\n".encode())
    assert request.headers["content-type"] == "application/json"
    said = json.loads(request.body)
    assert (said["text"], said["parse_mode"]) == ("<b>Perché è così</b>", "HTML")
    assert int(said["chat_id"]) == 1001


async def test_a_pause_that_telegram_asks_for_is_heard() -> None:
    async def refuse(_request: Request) -> bytes:
        body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 3"}
        return answer(429, json.dumps(body | {"parameters": {"retry_after": 3}}).encode())

    async with listening(refuse) as address, Requests(address, 1) as requests:
        with pytest.raises(RetryAfter):
            await requests.post(f"{address}/bot{TOKEN}/sendMessage")


async def test_no_more_connections_are_open_than_are_needed() -> None:
    """Messages one after the other share one; of many at once no more leave than may."""
    at_once: list[int] = []
    open_now = 0
    two_are_here = asyncio.Event()

    async def slowly(_request: Request) -> bytes:
        nonlocal open_now
        open_now += 1
        at_once.append(open_now)
        if open_now == 2:
            two_are_here.set()
        async with asyncio.timeout(60):
            await two_are_here.wait()
        await asyncio.sleep(0.02)
        open_now -= 1
        return answer(200, json.dumps({"ok": True, "result": SENT}).encode())

    async with listening(slowly) as address, Requests(address, 2) as requests:
        await asyncio.gather(*(requests.post(f"{address}/bot{TOKEN}/sendMessage") for _ in range(6)))
    assert len(at_once) == 6
    assert max(at_once) == 2


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_stands_between(
    address: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, address)
    async with bot_at("http://telegram.example") as bot:
        await bot.send_message(1001, "Fatto")
    (request,) = telegram.asked
    assert request.head.startswith(b"POST http://telegram.example/bot")


async def test_where_no_proxy_is_wanted_none_stands_between(
    address: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    async with bot_at(address) as bot:
        await bot.send_message(1001, "Fatto")
    assert telegram.asked


async def test_nothing_is_asked_before_it_is_ready() -> None:
    with pytest.raises(RuntimeError, match="not initialized"):
        await Requests("http://127.0.0.1:9", 1).do_request("http://127.0.0.1:9/", "POST")
