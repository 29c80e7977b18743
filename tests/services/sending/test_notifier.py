"""The notifier over real HTTP: against the playground's Bot API, and with a network that fails in every way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import (
    ClientConnectionResetError,
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientHttpProxyError,
    ClientOSError,
    ClientPayloadError,
    ClientProxyConnectionError,
    ClientResponseError,
    ConnectionTimeoutError,
    InvalidURL,
    RequestInfo,
    ServerDisconnectedError,
    SocketTimeoutError,
)
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy
from sqlalchemy import select
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from yarl import URL

from bot.db.engine import Database
from bot.db.tables import ChatRow, OutboxRow
from bot.domain.catalogue import Catalogue
from bot.messages import ChatButton, ChatMessage
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.people.chats import Chats
from bot.services.sending.delivery import Delivery
from bot.services.sending.notifier import Notifier
from bot.services.sending.notifier.answers import UNREACHABLE, judge
from bot.services.sending.outbox import Channel, Claimed, Outbox, Result, put
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.texts import Safe, Texts, Translator
from tests.support.clock import FrozenClock
from tests.support.faults import Fault, FaultyNetwork, Request, answer, listening
from tests.support.process import free_port
from tests.support.running_bot import TOKEN

CHAT = 1001
PLACE = ConnectionKey(
    "api.telegram.org", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)
ASKED = RequestInfo(URL("https://api.telegram.org"), "POST", CIMultiDictProxy(CIMultiDict()))


def render(payload: Mapping[str, Any], translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """A message that shows what it was made from."""
    del catalogue
    rows = ((ChatButton("Apri", data="o:1"), ChatButton("Sito", url="https://example.com/")),)
    return ChatMessage(Safe(f"<b>{payload['text']}</b> {translator.locale}"), rows)


def claimed(text: str = "Fatto", chat_id: int | None = CHAT) -> Claimed:
    """A row that is to be sent now."""
    now = FrozenClock().now()
    until = now + timedelta(minutes=1)
    return Claimed(1, "key", Channel.TELEGRAM, chat_id, {"text": text}, now, 1, "worker", until)


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    """Where the Bot API is."""
    async with serve_playground(world) as served:
        yield served


@pytest.fixture
async def chat(world: World, database: Database, clock: FrozenClock) -> int:
    """An English-speaking chat that the bot knows."""
    world.open_chat(CHAT, "Prova", "en")
    world.send_text(CHAT, "/start")
    async with database.write() as session:
        session.add(ChatRow(id=CHAT, language="en", created_at=clock.now()))
    return CHAT


Notifying = Callable[..., AbstractAsyncContextManager[Notifier]]


@pytest.fixture
def notifying(database: Database, surroundings: Surroundings, texts: Texts) -> Notifying:
    """Opens a notifier at an address."""

    @asynccontextmanager
    async def opened(address: str, token: str = TOKEN) -> AsyncIterator[Notifier]:
        async with Notifier(token, address, database, surroundings, texts, render) as notifier:
            yield notifier

    return opened


async def test_a_message_arrives_in_the_language_of_its_chat_with_its_buttons(
    world: World, address: str, chat: int, notifying: Notifying
) -> None:
    async with notifying(address) as notifier:
        outcome = await notifier.send(claimed())
    assert outcome.result is Result.SENT
    message = world.messages(chat)[-1]
    assert message.text == "Fatto en"
    assert [entity.type for entity in message.content.text.entities] == ["bold"]
    assert [(button.text, button.callback_data, button.url) for button in message.buttons] == [
        ("Apri", "o:1", None),
        ("Sito", None, "https://example.com/"),
    ]


async def test_a_chat_that_blocked_the_bot_is_marked_until_its_user_comes_back(
    world: World,
    address: str,
    chat: int,
    notifying: Notifying,
    database: Database,
    surroundings: Surroundings,
) -> None:
    async def marked() -> bool:
        async with database.read() as session:
            return (await session.get_one(ChatRow, chat)).unreachable_at is not None

    world.block(chat)
    async with notifying(address) as notifier:
        outcome = await notifier.send(claimed())
        assert (outcome.result, outcome.reason) == (Result.UNREACHABLE, "bot was blocked by the user")
        assert await marked()
        world.unblock(chat)
        await Chats(database, surroundings).arrive(chat, "it")
        assert not await marked()
        assert (await notifier.send(claimed())).result is Result.SENT


async def test_an_unknown_chat_is_unreachable(address: str, notifying: Notifying) -> None:
    async with notifying(address) as notifier:
        assert (await notifier.send(claimed(chat_id=999))).result is Result.UNREACHABLE


async def test_a_message_that_telegram_refuses_has_failed_with_its_words(
    address: str, chat: int, notifying: Notifying, database: Database
) -> None:
    async with notifying(address) as notifier:
        outcome = await notifier.send(claimed("x" * 5000))
    assert outcome.result is Result.FAILED
    assert "too long" in (outcome.reason or "")
    async with database.read() as session:
        assert (await session.get_one(ChatRow, chat)).unreachable_at is None


async def test_without_telegram_it_starts_and_nothing_is_lost(notifying: Notifying) -> None:
    async with notifying(f"http://127.0.0.1:{free_port()}") as notifier:
        outcome = await notifier.send(claimed())
    assert outcome.result is Result.RETRY
    assert outcome.rest == timedelta(seconds=5)
    assert outcome.reason == "Telegram cannot be reached: ClientConnectorError"


async def test_a_refused_token_loses_no_message_and_is_not_told_to_anybody(
    address: str, chat: int, notifying: Notifying, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "4200000000:another-token-of-the-same-bot"
    async with notifying(address, wrong) as notifier:
        outcome = await notifier.send(claimed(chat_id=chat))
    assert (outcome.result, outcome.rest) == (Result.RETRY, timedelta(minutes=1))
    assert wrong not in f"{caplog.text} {outcome}"


class Scripted(FaultyNetwork):
    """A network with one fault."""

    def __init__(self, fault: Fault) -> None:
        """Do this to every request."""
        super().__init__()
        self._fault = fault

    async def decide(self, text: str) -> Fault:
        """The same each time."""
        del text
        return self._fault


@pytest.mark.parametrize(
    ("fault", "rests"),
    [
        (Fault.TOO_MANY_FOR_LONG, timedelta(seconds=12)),
        (Fault.SERVER_ERROR, None),
        (Fault.BAD_GATEWAY, timedelta(seconds=5)),
    ],
)
async def test_what_was_refused_by_whoever_answered_is_tried_again(
    address: str, chat: int, notifying: Notifying, fault: Fault, rests: timedelta | None
) -> None:
    network = Scripted(fault)
    async with network.before(address) as front, notifying(front) as notifier:
        outcome = await notifier.send(claimed(chat_id=chat))
    assert (outcome.result, outcome.rest, outcome.wait) == (Result.RETRY, rests, rests)
    assert outcome.reason
    assert TOKEN not in outcome.reason


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.ANSWER_RESET, Fault.CUT, Fault.ANSWER_CUT])
async def test_a_connection_that_breaks_after_the_request_leaves_it_unknown(
    world: World, address: str, chat: int, notifying: Notifying, fault: Fault
) -> None:
    before = len(world.messages(chat))
    network = Scripted(fault)
    async with network.before(address) as front, notifying(front) as notifier:
        outcome = await notifier.send(claimed(chat_id=chat))
    assert len(world.messages(chat)) - before == fault.loses_answer
    assert (outcome.result, outcome.rest) == (Result.UNKNOWN, timedelta(seconds=5))
    assert outcome.reason is not None
    assert outcome.reason.startswith("the connection broke (")
    assert TOKEN not in outcome.reason


async def test_a_connection_that_breaks_makes_one_copy_of_a_completion(
    world: World,
    address: str,
    chat: int,
    notifying: Notifying,
    database: Database,
    clock: FrozenClock,
) -> None:
    """Through the outbox and its senders: what may have arrived is recorded as such, and not sent again."""
    outbox, network, stop = Outbox(database, clock), Scripted(Fault.ANSWER_RESET), asyncio.Event()
    async with database.write() as session:
        await put(
            session,
            key="completed:R7K2M-4:1001",
            channel=Channel.TELEGRAM,
            payload={"text": "Rinnovo completato"},
            now=clock.now(),
            chat_id=chat,
        )
    async with network.before(address) as front, notifying(front) as notifier, asyncio.timeout(60):
        delivery = Delivery(
            outbox,
            {Channel.TELEGRAM: notifier},
            [],
            notifier,
            clock,
            Vitals(),
            tick=timedelta(milliseconds=20),
        )
        working = asyncio.create_task(delivery.run(stop))
        while (row := await the_row(database)).state in {"due", "claimed"}:
            await asyncio.sleep(0.01)
            if row.state == "due":
                clock.advance(timedelta(minutes=1))  # what is tried again has its turn
        stop.set()
        await working
    assert (row.state, row.attempts) == ("unknown", 1)
    assert [message.text for message in world.messages(chat)].count("Rinnovo completato it") == 0
    assert [message.text for message in world.messages(chat)].count("Rinnovo completato en") == 1


async def the_row(database: Database) -> OutboxRow:
    """The only row of the outbox, as it is now."""
    async with database.read() as session:
        return (await session.execute(select(OutboxRow))).scalar_one()


async def test_an_answer_that_cannot_be_read_is_not_asked_for_again(chat: int, notifying: Notifying) -> None:
    async def say_yes(_request: Request) -> bytes:
        return answer(200, b"<html>Welcome to the network of the airport</html>", kind="text/html")

    async with listening(say_yes) as front, notifying(front) as notifier:
        assert (await notifier.send(claimed(chat_id=chat))).result is Result.UNKNOWN


async def test_it_ticks(address: str, notifying: Notifying) -> None:
    ticked = asyncio.Event()
    async with notifying(address) as notifier, asyncio.timeout(60):
        notifier.every(timedelta(milliseconds=20), ticked.set)
        for _ in range(3):
            ticked.clear()
            await ticked.wait()


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """An error as the library raises it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (RetryAfter(timedelta(seconds=3)), Result.RETRY),
        (Conflict("Conflict: another"), Result.RETRY),
        (NetworkError("Bad Gateway"), Result.RETRY),
        (TimedOut(), Result.UNKNOWN),
        (caused(TimedOut(), TimeoutError()), Result.UNKNOWN),
        (caused(TimedOut(), SocketTimeoutError("")), Result.UNKNOWN),
        (caused(TimedOut(), ConnectionTimeoutError("")), Result.RETRY),
        (caused(NetworkError(""), ClientConnectorError(PLACE, OSError())), Result.RETRY),
        (caused(NetworkError(""), ClientConnectorDNSError(PLACE, OSError())), Result.RETRY),
        (caused(NetworkError(""), ClientConnectorSSLError(PLACE, OSError())), Result.RETRY),
        (caused(NetworkError(""), ClientConnectorCertificateError(PLACE, OSError())), Result.RETRY),
        (caused(NetworkError(""), ClientProxyConnectionError(PLACE, OSError())), Result.RETRY),
        (caused(NetworkError(""), ClientHttpProxyError(ASKED, (), status=407)), Result.RETRY),
        (caused(NetworkError(""), InvalidURL("")), Result.RETRY),
        (caused(NetworkError(""), ClientOSError()), Result.UNKNOWN),
        (caused(NetworkError(""), ConnectionResetError()), Result.UNKNOWN),
        (caused(NetworkError(""), ClientConnectionResetError()), Result.UNKNOWN),
        (caused(NetworkError(""), ServerDisconnectedError()), Result.UNKNOWN),
        (caused(NetworkError(""), ClientPayloadError()), Result.UNKNOWN),
        (caused(NetworkError(""), ClientResponseError(ASKED, ())), Result.UNKNOWN),
        (BadRequest("Bad Request: chat not found"), Result.UNREACHABLE),
        (BadRequest("Bad Request: message text is empty"), Result.FAILED),
        (Forbidden("Forbidden: user is deactivated"), Result.UNREACHABLE),
        (Forbidden("Forbidden: something that nobody has foreseen"), Result.FAILED),
        (caused(Forbidden("Forbidden (403)"), TelegramError("Invalid server response")), Result.RETRY),
        (TelegramError("Invalid server response"), Result.UNKNOWN),
    ],
)
def test_each_error_has_its_meaning(error: TelegramError, result: Result) -> None:
    outcome = judge(error)
    assert outcome.result is result
    assert outcome.reason


@pytest.mark.parametrize("phrase", sorted(UNREACHABLE))
def test_a_chat_that_is_gone_is_known_by_the_whole_sentence(phrase: str) -> None:
    assert judge(Forbidden(f"Forbidden: {phrase}")).result is Result.UNREACHABLE
    assert judge(BadRequest(f"Bad Request: {phrase}")).result is Result.UNREACHABLE
    assert judge(Forbidden(f"Forbidden: {phrase}, says nobody")).result is Result.FAILED
