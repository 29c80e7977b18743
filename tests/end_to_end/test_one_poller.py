"""Two `worker` without PUBLIC_URL: one asks Telegram, the other says what to set, and takes over when it is killed."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import PostgresqlDatabases
from tests.support.webs import Webs, webs_on

pytestmark = pytest.mark.soak

CHAT = 1001
_WITHIN = 60.0


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """A PostgreSQL."""
    with postgresql_databases.new() as url:
        yield url


async def answers(webs: Webs, number: int) -> None:
    """Wait for so many answers."""
    async with asyncio.timeout(_WITHIN):
        while sum(each.sender == webs.world.bot for each in webs.world.messages(CHAT)) < number:
            await asyncio.sleep(0.05)


async def test_one_asks_telegram_and_another_takes_over(tmp_path: Path, url: str) -> None:
    async with webs_on(tmp_path, url) as workers:
        workers.world.open_chat(CHAT, "Prova", "it")
        workers.world.send_text(CHAT, "/help")
        workers.start(0, "worker", PUBLIC_URL="")
        await answers(workers, 1)
        workers.start(1, "worker", PUBLIC_URL="")
        async with asyncio.timeout(_WITHIN):
            while "another_process_asks_telegram" not in workers.log:
                await asyncio.sleep(0.05)
        workers.world.send_text(CHAT, "/privacy")
        await answers(workers, 2)
        assert "PUBLIC_URL" in workers.log
        workers.send(0, signal.SIGKILL)
        await workers.ended(0)
        workers.world.send_text(CHAT, "/help")
        await answers(workers, 3)
        workers.send(1, signal.SIGTERM)
        assert await workers.ended(1) == 0
        assert workers.log.count("another_process_asks_telegram") == 1
