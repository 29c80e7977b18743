"""The faults of a life that are no fault of the bot: Telegram's, the mail server's, the operator's system's."""

import asyncio
import json
from collections import deque
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientPayloadError, ServerDisconnectedError
from aiosmtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientRefused,
    SMTPServerDisconnected,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.playground.errors import BotApiError
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.sending.mail.composing import Envelope
from bot.services.sending.notifier.requesting import Requests
from tests.simulation.journal import Journal, alive
from tests.support.faults import _STATUS, Fault
from tests.support.mail_server import Taken

_SILENT_SECONDS = 15.0
_CHANGES_NOTHING = frozenset({"getMe", "getUpdates"})

MAIL_FAULTS = ("away", "later", "no such mailbox", "full", "lost before", "lost after", "lost after, taken")
"""What the mail server does to a mail."""


TAPPING: ContextVar[int] = ContextVar("tapping", default=0)
"""Whose update is being processed."""


@dataclass(slots=True)
class Weather:
    """Which faults come next, for each of those to whom the bot speaks; a clear sky when none waits.

    `bounces` are addresses that take no mail for good, `greylisted` those that take none for now.
    """

    pushes: deque[Fault] = field(default_factory=deque)
    chats: deque[Fault] = field(default_factory=deque)
    mails: deque[str] = field(default_factory=deque)
    events: deque[int] = field(default_factory=deque)
    bounces: set[str] = field(default_factory=set)
    greylisted: set[str] = field(default_factory=set)
    letters: list[Taken] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """What the operator's system was told, by `webhook-id`."""

    def clear(self) -> None:
        """Nothing fails any more, but for addresses that do not exist."""
        for waiting in (self.pushes, self.chats, self.mails, self.events):
            waiting.clear()
        self.greylisted.clear()


def _envelope(fault: Fault) -> tuple[int, str]:
    if fault is Fault.BAD_GATEWAY:
        return 502, "<html>Bad gateway</html>"
    status, parameters = _STATUS[fault]
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": f"Error {status}"}
    return status, json.dumps(body if parameters is None else body | {"parameters": parameters})


class TelegramOfChats(WorldSession):
    """What conversations speak to: the world, with faults, and with a count of what they did in each chat."""

    def __init__(self, world: World, weather: Weather, journal: Journal) -> None:
        """Fail as `weather` says."""
        super().__init__(world)
        self._weather = weather
        self._journal = journal

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> TelegramType:
        """Call the world, or fail before or after it."""
        if method.__api_method__ in _CHANGES_NOTHING:
            return await super().make_request(bot, method, timeout)
        chat = _chat_of(method)
        fault = self._weather.chats.popleft() if self._weather.chats else Fault.NONE
        if fault is not Fault.NONE:
            self._journal.faults[chat] += 1
        await asyncio.sleep(0)
        alive()
        if fault in _STATUS or fault is Fault.BAD_GATEWAY:
            status, content = _envelope(fault)
            self.check_response(bot, method, status, content)
        if fault in {Fault.RESET, Fault.CUT, Fault.SILENCE}:
            raise TelegramNetworkError(method, fault.value)
        try:
            result = await super().make_request(bot, method, timeout)
        finally:
            self._journal.said[chat] += 1  # what comes too late for Telegram was said all the same
        await asyncio.sleep(0)
        if fault.loses_answer:
            raise TelegramNetworkError(method, fault.value)
        return result


def _chat_of(method: TelegramMethod[Any]) -> int:
    """The chat of a call; an answer to a tap names none, and counts for the chat that taps."""
    chat = getattr(method, "chat_id", None)
    return int(chat) if chat is not None else TAPPING.get()


class TelegramOfPushes(BaseRequest):
    """What the notifier's library speaks to, in the place of `Requests`: the world, with faults."""

    __slots__ = ("_journal", "_weather", "_world")
    parse_json_payload = staticmethod(Requests.parse_json_payload)

    def __init__(self, world: World, weather: Weather, journal: Journal) -> None:
        """Fail as `weather` says."""
        self._world = world
        self._weather = weather
        self._journal = journal

    @property
    def read_timeout(self) -> float:
        """As in earnest."""
        return _SILENT_SECONDS

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_limits: Any, **_limited: Any
    ) -> tuple[int, bytes]:
        """Call the world, or fail before or after it.

        Raises:
            TimedOut, NetworkError: as `Requests`.
        """
        del method
        name = url.rpartition("/")[2]
        params = {} if request_data is None else request_data.json_parameters
        fault = self._weather.pushes.popleft() if self._weather.pushes else Fault.NONE
        await asyncio.sleep(0)
        alive()
        if fault in _STATUS or fault is Fault.BAD_GATEWAY:
            status, content = _envelope(fault)
            return status, content.encode()
        if fault is Fault.NONE or fault.loses_answer:
            answer = await self._answer(name, params, heard=fault is Fault.NONE)
            await asyncio.sleep(0)
            if fault is Fault.NONE:
                return answer
        else:
            self._journal.carry("telegram", arrived=False, heard=False)
        if fault in {Fault.SILENCE, Fault.ANSWER_SWALLOWED}:
            await asyncio.sleep(_SILENT_SECONDS)
            raise TimedOut from TimeoutError()
        broke = (
            ServerDisconnectedError() if fault in {Fault.RESET, Fault.ANSWER_RESET} else ClientPayloadError()
        )
        raise NetworkError(f"aiohttp.{type(broke).__name__}") from broke

    async def _answer(self, name: str, params: dict[str, str], *, heard: bool) -> tuple[int, bytes]:
        try:
            result = await self._world.call(name, params)
        except BotApiError as error:
            if not heard:  # nobody hears that it was refused
                self._journal.carry("telegram", arrived=False, heard=False)
            return error.error_code, json.dumps(error.envelope()).encode()
        says = name.lower().startswith(("send", "edit"))
        if says or not heard:
            self._journal.carry("telegram", arrived=says, heard=heard)
        return 200, json.dumps({"ok": True, "result": result}).encode()


class MailConnection:
    """In the place of the mailer's connection: a server that takes what it likes."""

    def __init__(self, weather: Weather, journal: Journal) -> None:
        """Fail as `weather` says."""
        self._weather = weather
        self._journal = journal
        self.is_open = False
        self.handed_over = False

    async def open(self) -> None:
        """Connect.

        Raises:
            SMTPConnectError: it is away.
        """
        await asyncio.sleep(0)
        if self._weather.mails and self._weather.mails[0] == "away":
            self._weather.mails.popleft()
            raise SMTPConnectError("away")
        self.is_open = True

    async def hand_over(self, envelope: Envelope) -> None:
        """Take a mail, or refuse it.

        Raises:
            SMTPException: as a server makes aiosmtplib raise.
        """
        self.handed_over = False
        to = envelope.recipient
        fault = self._weather.mails.popleft() if self._weather.mails else None
        if to in self._weather.bounces or fault == "no such mailbox":
            raise SMTPRecipientRefused(550, "5.1.1 no such user", to)
        if to in self._weather.greylisted or fault == "later":
            raise SMTPRecipientRefused(451, "4.7.1 later", to)
        await asyncio.sleep(0)
        alive()
        if fault in {"lost before", "away"}:
            raise SMTPServerDisconnected("lost")
        self.handed_over = True
        if fault == "full":
            raise SMTPDataError(552, "5.2.2 full")
        lost = fault in {"lost after", "lost after, taken"}
        taken = fault != "lost after"
        if taken:
            self._weather.letters.append(
                Taken(envelope.sender, to, envelope.content, encrypted=True, user=None)
            )
        self._journal.carry("mail", arrived=taken, heard=not lost)
        await asyncio.sleep(0)
        if lost:
            raise SMTPServerDisconnected("lost")

    async def quit(self) -> None:
        """Say goodbye."""
        self.is_open = False

    def close(self) -> None:
        """Hang up."""
        self.is_open = False


def operators_system(weather: Weather, journal: Journal) -> httpx.AsyncClient:
    """What events are posted to: it takes them, or answers as `weather` says; 0 stands for no answer."""

    async def take(request: httpx.Request) -> httpx.Response:
        status = weather.events.popleft() if weather.events else 200
        await asyncio.sleep(0)
        alive()
        took = status in {0, 200}
        if took:
            weather.told.append((request.headers["webhook-id"], json.loads(request.content)))
        journal.carry("event", arrived=took, heard=status == 200)
        if status == 0:
            raise httpx.ReadTimeout("silence", request=request)
        return httpx.Response(status)

    return httpx.AsyncClient(transport=httpx.MockTransport(cast("Any", take)))
