"""A bot whose web side is served over real HTTP, with an operator's system that calls it."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from bot.app import Conversation, Told
from bot.db.engine import Database
from bot.runtime import Running
from bot.settings import load
from bot.texts import Texts
from tests.support.caller import SECRET, Caller, served
from tests.support.clock import FrozenClock
from tests.support.till import EVERYBODY


@pytest.fixture
def who_is_told() -> Told:
    """This bot tells everybody everything."""
    return EVERYBODY


@pytest.fixture
def running(
    conversation: Conversation, bot: Bot, database: Database, texts: Texts, clock: FrozenClock
) -> Running:
    """A bot that polls, and takes payment callbacks signed with `SECRET`."""
    settings = load({"PAYMENT_CALLBACK_SECRETS": SECRET}, env_file=None)
    return Running(settings, clock, database, conversation, bot, texts)


@pytest.fixture
async def caller(running: Running) -> AsyncIterator[Caller]:
    """The operator's system, and the bot that it calls."""
    async with served(running) as client:
        yield Caller(client)
