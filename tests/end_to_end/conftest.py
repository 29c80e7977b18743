"""A bot in a process of its own, with customers in its database."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import make_url

from bot.app import build_conversation
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables_ground import WaitingUpdateRow
from bot.db.upgrade import upgrade
from bot.demo.walkthrough_phone import Phone
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts, Translator
from tests.support.catalogue import example_catalogue
from tests.support.process import BotProcess, DeadlyWorld, bot_process
from tests.support.seed import Seed

_KEPT = f"SELECT count(*) FROM {WaitingUpdateRow.__tablename__}"
PATIENCE_SECONDS = 60
"""A process starts within a few seconds; on a busy machine it may take many."""


@dataclass(frozen=True, slots=True)
class Office:
    """The operator's side: the database that the process works on, opened beside it."""

    database: Database
    services: Services
    seed: Seed


@dataclass(frozen=True, slots=True)
class Outside:
    """A process (not started yet), the Telegram that it talks to, and the operator's office."""

    world: DeadlyWorld
    process: BotProcess
    texts: Texts

    @asynccontextmanager
    async def office(self) -> AsyncIterator[Office]:
        """Open the database beside the process, for the length of an ``async with`` block."""
        database = Database(self.process.database_url, KeyRing.parse(self.process.data_key))
        clock = SystemClock()
        surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
        await database.start()
        try:
            conversation = build_conversation(database, surroundings, self.texts, clock)
            yield Office(database, conversation.services, Seed(database, surroundings))
        finally:
            await database.dispose()

    async def wait_for_rest(self) -> None:
        """Wait until the bot is done with every update: what it has shown it has also kept.

        What takes it long it keeps itself, and confirms it before it is done.
        """
        path = make_url(self.process.database_url).database
        assert path is not None
        with closing(sqlite3.connect(path)) as looking:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while self.world.waiting_updates or looking.execute(_KEPT).fetchone() != (0,):
                    await asyncio.sleep(0.01)

    def phone(self, chat_id: int, language: str) -> Phone:
        """Somebody's phone, in a chat that nobody has used yet."""
        self.world.open_chat(chat_id, "Prova", language)
        return Phone(self.world, chat_id, patience=PATIENCE_SECONDS)

    def say(self, language: str) -> Translator:
        """The words of the bot."""
        return self.texts.translator(language)


@pytest.fixture
async def outside(tmp_path: Path, texts: Texts) -> AsyncIterator[Outside]:
    """A migrated database, and everything around a process that works on it."""
    async with bot_process(tmp_path) as (world, process):
        await upgrade(process.database_url)
        yield Outside(world, process, texts)
