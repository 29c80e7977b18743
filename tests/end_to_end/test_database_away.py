"""The database goes away while a tap is answered, or has the tables of an older version: no tap is swallowed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.db.upgrade import newest
from tests.support.databases import PostgresqlDatabases
from tests.support.long_runs import long
from tests.support.webs import Webs, webs_on

CHAT = 1001
_BLOCKED = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def plain(url: str) -> str:
    """The address as the driver takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """A PostgreSQL."""
    with postgresql_databases.new() as url:
        yield url


@pytest.mark.parametrize("command", ["run", *long("web", "worker")])
async def test_a_new_version_does_not_start_on_the_tables_of_an_older_one(
    command: str, url: str, tmp_path: Path
) -> None:
    await say_revision(url, "0016")
    async with webs_on(tmp_path, url) as webs:
        webs.start(0, command)
        assert await webs.ended(0) == 2
        (line,) = webs.log.splitlines()
    assert "older version (0016" in line
    assert "migrate" in line
    await say_revision(url, str(newest()))  # it is lent again


async def say_revision(url: str, revision: str) -> None:
    """Let the database say that its tables are those of this revision."""
    administrator: Any = await asyncpg.connect(plain(url))
    await administrator.execute("UPDATE alembic_version SET version_num = $1", revision)
    await administrator.close()


@pytest.fixture
async def web(tmp_path: Path, url: str) -> AsyncIterator[Webs]:
    """One that answers."""
    async with webs_on(tmp_path, url) as webs:
        webs.start(0)
        await webs.up(0)
        webs.world.open_chat(CHAT, "Prova", "it")
        webs.world.send_text(CHAT, "/help")
        await webs.bring_all()
        yield webs


@pytest.mark.soak
async def test_a_connection_that_is_lost_within_a_service_leaves_the_update_to_come_again(web: Webs) -> None:
    before = len(web.world.messages(CHAT))
    administrator: Any = await asyncpg.connect(plain(web.database_url))
    watcher: Any = await asyncpg.connect(plain(web.database_url))  # within a transaction nothing new is seen
    try:
        web.world.send_text(CHAT, "/orders")
        (update,) = web.updates()
        ended = 0
        async with administrator.transaction():
            # Orders are what the service reads; whoever reads the chat's state does not look at them.
            await administrator.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
            bringing = asyncio.create_task(web.bring(0, update))
            async with asyncio.timeout(60):
                while not bringing.done():  # what is read by one statement is asked for again, and once more
                    for row in await watcher.fetch(_BLOCKED):
                        ended += await watcher.fetchval("SELECT pg_terminate_backend($1)", row["pid"])
                    await asyncio.sleep(0.02)
            assert await bringing == 503
        assert ended
        assert len(web.world.messages(CHAT)) == before + 1, "nobody was told of it"
        assert await web.bring(0, update) == 200
        assert len(web.world.messages(CHAT)) == before + 2
    finally:
        await watcher.close()
        await administrator.close()
