"""Telegram is slow for one chat: the others are answered at once, and a killed process loses nothing of anybody's."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.tables_ground import WaitingUpdateRow
from bot.db.upgrade import upgrade
from bot.playground.errors import not_found
from bot.playground.files import Upload
from bot.texts import Texts
from tests.end_to_end.conftest import Outside
from tests.support.process import DeadlyWorld, bot_process

pytestmark = pytest.mark.soak

SLOW = 1001
OTHERS = range(2001, 2151)


class SlowWorld(DeadlyWorld):
    """A Telegram that does not answer what is said in one chat, for as long as it is told."""

    def __init__(self, token: str) -> None:
        """Begin with answers for all."""
        super().__init__(token)
        self.answers = asyncio.Event()
        self.answers.set()
        self.held = 0

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer; what was held up is not done any more, since nobody waits for it."""
        if params.get("chat_id") == str(SLOW) and not self.answers.is_set():
            self.held += 1
            await self.answers.wait()
            raise not_found()
        return await super().call(method, params, files)


@pytest.fixture
async def outside(tmp_path: Path, texts: Texts) -> AsyncIterator[Outside]:
    """A process that talks to a slow Telegram."""
    async with bot_process(tmp_path, SlowWorld) as (world, process):
        await upgrade(process.database_url)
        yield Outside(world, process, texts)


async def stored(outside: Outside) -> int:
    """How many updates the bot keeps itself."""
    async with outside.office() as office, office.database.read() as session:
        return await session.scalar(select(func.count()).select_from(WaitingUpdateRow)) or 0


async def test_one_slow_chat_holds_up_nobody_and_loses_nothing_when_the_process_is_killed(
    outside: Outside,
) -> None:
    world = outside.world
    assert isinstance(world, SlowWorld)
    for chat_id in (SLOW, *OTHERS):
        world.open_chat(chat_id, "Prova", "it")
    world.answers.clear()
    for text in ("/aiuto", "/privacy"):
        world.send_text(SLOW, text)
    for chat_id in OTHERS:
        world.send_text(chat_id, "/aiuto")
    await outside.process.start()

    async with asyncio.timeout(60):
        while not all(said(world, chat_id) for chat_id in OTHERS):
            await asyncio.sleep(0.05)
        # All are confirmed, since those of the slow chat are kept by the bot.
        while world.waiting_updates:
            await asyncio.sleep(0.05)
        while await stored(outside) != 2:
            await asyncio.sleep(0.1)
    assert said(world, SLOW) == []
    assert world.held == 1

    await outside.process.kill()
    world.answers.set()
    await outside.process.start()
    async with asyncio.timeout(60):
        while len(said(world, SLOW)) < 2:
            await asyncio.sleep(0.05)
        while await stored(outside):
            await asyncio.sleep(0.1)
    helped, private = said(world, SLOW)
    assert helped == said(world, OTHERS[0])[0]
    assert private != helped
    assert [len(said(world, chat_id)) for chat_id in OTHERS] == [1] * len(OTHERS)


def said(world: SlowWorld, chat_id: int) -> list[str]:
    """What the bot has said in a chat."""
    return [message.text for message in world.messages(chat_id) if message.sender == world.bot]
