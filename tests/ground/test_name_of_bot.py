"""The bot's own name, which links in e-mails are made with, while Telegram answers, does not, or takes its time."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import TelegramServerError
from aiogram.methods import TelegramMethod

from bot.running.delivering import NAME_REST, NameOfBot
from tests.support.clock import FrozenClock
from tests.support.telegram import OfflineSession, offline_bot


class Telegram(OfflineSession):
    """Tells the bot who it is, unless it is away."""

    def __init__(self) -> None:
        """Begin there."""
        super().__init__()
        self.away = False
        self.hangs = False
        self.answers["GetMe"] = self._me

    async def _me(self, method: TelegramMethod[Any]) -> dict[str, Any]:
        if self.hangs:
            await asyncio.Event().wait()
        if self.away:
            raise TelegramServerError(method=method, message="bad gateway")
        return {"id": 42, "is_bot": True, "first_name": "Rinnovo", "username": "rinnovo_bot"}


async def test_it_is_asked_once(clock: FrozenClock) -> None:
    telegram = Telegram()
    name = NameOfBot(offline_bot(telegram), clock)
    assert {*await asyncio.gather(name(), name(), name())} == {"rinnovo_bot"}
    assert len(telegram.calls) == 1


async def test_while_telegram_is_away_it_is_left_alone_for_a_while(clock: FrozenClock) -> None:
    telegram = Telegram()
    telegram.away = True
    name = NameOfBot(offline_bot(telegram), clock)
    assert [await name() for _ in range(5)] == [None] * 5
    assert len(telegram.calls) == 1, "five hundred waiting e-mails do not ask five hundred times"
    telegram.away = False
    assert await name() is None
    clock.advance(NAME_REST)
    assert await name() == "rinnovo_bot"


async def test_a_telegram_that_says_nothing_is_not_waited_for(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running.delivering._NAME_SECONDS", 0.05)
    telegram = Telegram()
    telegram.hangs = True
    name = NameOfBot(offline_bot(telegram), clock)
    assert {*await asyncio.gather(*(name() for _ in range(20)))} == {None}
    assert len(telegram.calls) == 1
