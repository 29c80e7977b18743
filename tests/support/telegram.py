"""A Telegram that answers as a test tells it: the real ``Bot`` of aiogram, on a session that goes nowhere."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Update

from bot.telegram.reading import read_update

TOKEN = "42:sample-token-for-tests"
USER = {"id": 7, "is_bot": False, "first_name": "Prova", "language_code": "it"}
CHAT = {"id": 7, "type": "private", "first_name": "Prova"}

Answer = Callable[[TelegramMethod[Any]], Awaitable[Any]]


class OfflineSession(BaseSession):
    """Records every call; answers as the test told it to, or else with the plainest success."""

    def __init__(self) -> None:
        """Begin with no calls and no special answers."""
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.answers: dict[str, Answer] = {}
        self._message_ids = count(100)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 (aiogram's signature)
        """Answer one call."""
        del timeout
        self.calls.append(method)
        name = type(method).__name__
        if name in self.answers:
            result = await self.answers[name](method)
        else:
            result = self._plain(method)
        content = json.dumps({"ok": True, "result": result})
        return self.check_response(bot=bot, method=method, status_code=200, content=content).result

    def _plain(self, method: TelegramMethod[Any]) -> Any:
        if isinstance(method, SendMessage):
            return self._message(next(self._message_ids), method)
        if isinstance(method, EditMessageText):
            return self._message(method.message_id, method)
        return True

    def _message(self, message_id: int | None, method: SendMessage | EditMessageText) -> dict[str, Any]:
        date = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
        return {"message_id": message_id, "date": date, "chat": CHAT, "text": method.text}

    async def stream_content(
        self,
        *_args: Any,
        **_kwargs: Any,
    ) -> AsyncGenerator[bytes, None]:
        """Nothing can be downloaded: every file is empty."""
        yield b""

    async def close(self) -> None:
        """Nothing to close."""


def offline_bot(session: OfflineSession | None = None) -> Bot:
    """Return a bot that talks to nobody."""
    return Bot(TOKEN, session=session or OfflineSession(), default=DefaultBotProperties(parse_mode="HTML"))


def raw_message(update_id: int, text: str, *, user: int = 7) -> dict[str, Any]:
    """Return an update in which a user writes in a private chat, as Telegram sends it."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()),
            "chat": {**CHAT, "id": user},
            "from": {**USER, "id": user},
            "text": text,
        },
    }


def raw_tap(update_id: int, data: str, *, user: int = 7, message_id: int = 100) -> dict[str, Any]:
    """Return an update in which a user taps an inline button, as Telegram sends it."""
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "from": {**USER, "id": user},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message_id,
                "date": int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()),
                "chat": {**CHAT, "id": user},
                "text": "a window",
            },
        },
    }


def parsed(bot: Bot, raw: dict[str, Any]) -> Update:
    """Return the update as aiogram reads it, bound to the bot."""
    return read_update(raw, bot)
