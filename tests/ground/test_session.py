"""The session's short way against aiogram's own, over real sockets: the same calls, answers and errors."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from aiohttp import web

from bot.app import build_bot
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.telegram.session import GetRawUpdates, Session

ADA: Final = 1001
TOKEN: Final = "4200000003:token-of-the-session-tests"
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Avanti · 12,08 €", callback_data="a:1")],
        [InlineKeyboardButton(text="Sito", url="https://example.com/")],
    ]
)
SAID: Final[dict[str, Any]] = {
    "message_id": 7,
    "date": 1_795_428_000,
    "edit_date": 1_795_428_001,
    "chat": {"id": ADA, "type": "private", "first_name": "Ada"},
    "from": {"id": 42, "is_bot": True, "first_name": "Rinnovo"},
    "text": "Ciao",
    "has_protected_content": True,
    "entities": [{"type": "bold", "offset": 0, "length": 4}],
    "reply_markup": KEYBOARD.model_dump(exclude_none=True),
}
OFTEN: Final[tuple[TelegramMethod[Any], ...]] = (
    SendMessage(chat_id=ADA, text="<b>Ciao</b> ✓", reply_markup=KEYBOARD),
    SendMessage(chat_id=ADA, text="Ciao", protect_content=False, message_thread_id=0),
    SendMessage(chat_id=ADA, text="Ciao", parse_mode=None),
    EditMessageText(chat_id=ADA, message_id=7, text="Ciao", reply_markup=KEYBOARD),
    EditMessageText(inline_message_id="x", text=""),
    EditMessageReplyMarkup(chat_id=ADA, message_id=7),
    DeleteMessage(chat_id=ADA, message_id=7),
    AnswerCallbackQuery(callback_query_id="77"),
    AnswerCallbackQuery(callback_query_id="77", text="Fatto", show_alert=True),
    GetRawUpdates(offset=5, timeout=0, allowed_updates=["message", "callback_query"]),
)


class Server:
    """A Bot API that answers what a test tells it, and remembers what it was asked."""

    def __init__(self) -> None:
        """Answer `true` until told otherwise."""
        self.status = 200
        self.answer: bytes = b'{"ok": true, "result": true}'
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.asked: list[dict[str, Any]] = []
        self.kinds: list[str] = []

    def says(self, status: int, **envelope: Any) -> None:
        """Answer with this envelope from now on."""
        self.status, self.answer = status, json.dumps(envelope).encode()

    async def handle(self, request: web.Request) -> web.Response:
        """Note the parameters, as text, and answer."""
        self.kinds.append(request.content_type)
        if request.content_type == "application/json":
            given = {name: _as_form(value) for name, value in (await request.json()).items()}
        else:
            given = {name: str(value) for name, value in (await request.post()).items()}
        for name, value in given.items():
            if name in {"reply_markup", "link_preview_options", "allowed_updates"}:
                given[name] = json.loads(value)
        self.asked.append({"method": request.match_info["method"], **given})
        await self.may_answer.wait()
        return web.Response(status=self.status, body=self.answer, content_type="application/json")


def _as_form(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


class Both:
    """The same bot twice: with aiogram's session, and with ours."""

    def __init__(self, base: str) -> None:
        """Talk to the server at `base`."""
        api = TelegramAPIServer.from_base(base)
        self.theirs = build_bot(TOKEN, AiohttpSession(api=api))
        self.ours = build_bot(TOKEN, Session(api=api))

    async def call(self, method: TelegramMethod[Any]) -> tuple[Any, Any]:
        """Call it twice; return what came, an error too."""
        return await _outcome(self.theirs, method), await _outcome(self.ours, method)

    async def close(self) -> None:
        """Close the connections; aiogram's own way waits for those with encryption, of which there are none."""
        for bot in (self.theirs, self.ours):
            session = bot.session
            assert isinstance(session, AiohttpSession)
            await (await session.create_session()).close()


async def _outcome(bot: Bot, method: TelegramMethod[Any], patience: int | None = None) -> Any:
    try:
        return await bot(method, request_timeout=patience)
    except Exception as error:  # noqa: BLE001 - it is compared
        return error


@pytest.fixture
def server() -> Server:
    """A server that is not told anything yet."""
    return Server()


@pytest.fixture
async def both(server: Server) -> AsyncIterator[Both]:
    """Both bots, and the server that they talk to."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    bots = Both(f"http://{host}:{port}")
    yield bots
    await bots.close()
    await runner.cleanup()


@pytest.mark.parametrize("method", OFTEN, ids=lambda method: type(method).__name__)
async def test_what_is_asked_is_what_aiogram_asks(
    both: Both, server: Server, method: TelegramMethod[Any]
) -> None:
    await both.call(method)
    theirs, ours = server.asked
    assert ours == theirs
    assert server.kinds[1] == "application/json"


async def test_what_needs_a_form_goes_as_aiogram_sends_it(both: Both, server: Server) -> None:
    await both.call(SendMessage(chat_id=ADA, text="x", reply_parameters=ReplyParameters(message_id=6)))
    await both.call(SendMessage(chat_id=ADA, text="x", link_preview_options=LinkPreviewOptions(url="y")))
    await both.call(GetMe())
    assert server.asked[1::2] == server.asked[::2]
    assert "application/json" not in server.kinds


@pytest.mark.parametrize("method", [OFTEN[0], OFTEN[3], OFTEN[5]], ids=lambda method: type(method).__name__)
async def test_a_message_comes_back_with_what_its_callers_read(
    both: Both, server: Server, method: TelegramMethod[Any]
) -> None:
    server.says(200, ok=True, result=SAID)
    theirs, ours = await both.call(method)
    assert isinstance(ours, Message)
    left_out = {"entities", "from_user", "reply_markup"}
    assert ours.model_dump(exclude=left_out) == theirs.model_dump(exclude=left_out)
    assert (ours.content_type, ours.bot) == (theirs.content_type, both.ours)
    assert (ours.reply_markup, ours.entities) == (None, None)


@pytest.mark.parametrize("method", [OFTEN[3], OFTEN[6], OFTEN[7]], ids=lambda method: type(method).__name__)
async def test_done_is_true(both: Both, method: TelegramMethod[Any]) -> None:
    assert await both.call(method) == (True, True)


async def test_updates_come_as_they_are(both: Both, server: Server) -> None:
    updates = [{"update_id": 5, "message": SAID}, {"update_id": 6, "something": {"new": [1]}}]
    server.says(200, ok=True, result=updates)
    assert await both.call(GetRawUpdates()) == (updates, updates)


@pytest.mark.parametrize("method", [OFTEN[3], OFTEN[7], OFTEN[9]], ids=lambda method: type(method).__name__)
@pytest.mark.parametrize(
    ("status", "parameters", "description"),
    [
        (400, None, "Bad Request: message is not modified"),
        (400, {"migrate_to_chat_id": -100}, "Bad Request: group chat was upgraded"),
        (401, None, "Unauthorized"),
        (403, None, "Forbidden: bot was blocked by the user"),
        (404, None, "Not Found"),
        (409, None, "Conflict: terminated by other getUpdates request"),
        (413, None, "Request Entity Too Large"),
        (418, None, "I'm a teapot"),
        (429, {"retry_after": 3}, "Too Many Requests: retry after 3"),
        (500, None, "Internal Server Error: restart"),
        (502, None, "Bad Gateway"),
        (200, None, "refused with 200"),
    ],
)
async def test_refusals_are_aiograms(
    both: Both,
    server: Server,
    method: TelegramMethod[Any],
    status: int,
    parameters: dict[str, int] | None,
    description: str,
) -> None:
    server.says(status, ok=False, error_code=status, description=description, parameters=parameters)
    assert_same_errors(*await both.call(method))


@pytest.mark.parametrize("method", [OFTEN[3], OFTEN[7], OFTEN[9]], ids=lambda method: type(method).__name__)
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Bad Gateway</html>",
        b"[]",
        b'{"ok": true, "result": {"message_id": "x"}}',
        b'{"ok": true, "result": 5.5}',
        b'{"ok": true}',
    ],
)
async def test_answers_that_cannot_be_read_are_told_alike(
    both: Both, server: Server, method: TelegramMethod[Any], answer: bytes
) -> None:
    server.answer = answer
    theirs, ours = await both.call(method)
    assert type(ours) is type(theirs)
    server.status = 502
    theirs, ours = await both.call(method)
    assert type(ours) is type(theirs)


async def test_an_answer_that_is_no_text_is_an_error_of_aiogram_at_least(both: Both, server: Server) -> None:
    server.answer = b"\xff{}"
    _, ours = await both.call(OFTEN[7])
    assert type(ours) is ClientDecodeError  # aiogram's own session lets a UnicodeDecodeError through


async def test_silence_and_a_dead_server_are_network_errors(both: Both, server: Server) -> None:
    server.may_answer.clear()
    silent = (_outcome(bot, OFTEN[7], 1) for bot in (both.theirs, both.ours))
    assert_same_errors(*await asyncio.gather(*silent))
    server.may_answer.set()
    for bot in (both.theirs, both.ours):
        bot.session.api = TelegramAPIServer.from_base("http://127.0.0.1:9")
    assert_same_errors(*await both.call(OFTEN[7]))


def assert_same_errors(theirs: Any, ours: Any) -> None:
    """One error twice."""
    assert isinstance(theirs, Exception)
    assert (type(ours), str(ours), vars(ours).keys()) == (type(theirs), str(theirs), vars(theirs).keys())


async def test_the_playground_takes_both(world_with_ada: World) -> None:
    async with serve_playground(world_with_ada) as base:
        both = Both(base)
        for bot in (both.theirs, both.ours):
            sent = await bot.send_message(ADA, "<b>uno</b>", reply_markup=KEYBOARD)
            shown = world_with_ada.last_answer(ADA)
            assert (shown.message_id, shown.text, len(shown.buttons)) == (sent.message_id, "uno", 2)
        await both.ours.edit_message_text("due", chat_id=ADA, message_id=sent.message_id)
        await both.ours.send_photo(ADA, BufferedInputFile(PNG, "qr.png"), caption="<b>QR</b>")
        assert world_with_ada.message(ADA, sent.message_id).text == "due"
        assert world_with_ada.last_answer(ADA).content.has_media
        await both.close()


@pytest.fixture
def world_with_ada() -> World:
    """A Telegram in which Ada has written."""
    world = World(TOKEN)
    world.open_chat(ADA, "Ada")
    world.send_text(ADA, "/start")
    return world


PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
