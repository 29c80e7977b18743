"""`people forget` is killed (SIGKILL) in the middle: nothing is half deleted, and typed again it deletes all."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Told, build_services
from bot.clock import ROME, SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.services.actor import Actor
from bot.services.surroundings import Surroundings
from tests.commands.test_operator_commands import clean
from tests.support import births
from tests.support.catalogue import example_catalogue
from tests.support.databases import PostgresqlDatabases
from tests.support.everything import everything, where
from tests.support.seed import Seed

pytestmark = pytest.mark.soak

WITHIN_SECONDS = 60


@pytest.fixture
def url(postgresql_databases: PostgresqlDatabases) -> Iterator[str]:
    """A database on a server, where one waits for another in the middle of a transaction."""
    with postgresql_databases.new() as url:
        yield url


@pytest.fixture
async def world(url: str) -> AsyncIterator[tuple[Database, dict[str, str]]]:
    """A customer with a chat that has a phrase and a renewal under way, and the environment of a command."""
    key = KeyRing.new_key()
    database = Database(url, KeyRing.parse(key))
    await database.start()
    surroundings = Surroundings(example_catalogue(), SystemClock(), ROME)
    services = build_services(database, surroundings, Told(mail=True))
    box = await Seed(database, surroundings).mailbox("rossi", address="rossi-q@pec.example")
    actor = Actor(7, "it")
    await services.linking.redeem(actor, (await services.linking.invite("rossi")).token)
    await services.wishes.set_phrase(actor, "gatto nero")
    await services.renewals.begin_with(actor, box)
    yield database, {"DATABASE_URL": url, "DATA_KEYS": key}
    await database.dispose()


def forget(folder: Path, environment: dict[str, str]) -> births.Born:
    """The operator's command, as a process."""
    with tempfile.TemporaryFile() as out:
        return births.start(
            "bot",
            *("people", "forget", "rossi", "--yes"),
            folder=folder,
            environment=clean() | environment,
            out=out.fileno(),
            err=out.fileno(),
        )


async def test_killed_in_the_middle_it_has_deleted_nothing(
    world: tuple[Database, dict[str, str]], tmp_path: Path
) -> None:
    database, environment = world
    before = await everything(database)
    async with database.write() as session:
        # Near the end it empties this table: there it waits until it is killed.
        await session.execute(text("LOCK TABLE email_change IN SHARE MODE"))
        born = forget(tmp_path, environment)
        waits = text(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'email_change'::regclass"
        )
        async with asyncio.timeout(WITHIN_SECONDS):
            while not (await session.execute(waits)).scalar_one():
                await asyncio.sleep(0.05)
        await born.end()
    assert await everything(database) == before

    assert await forget(tmp_path, environment).ended() == 0
    found = await everything(database)
    for word in ("rossi-q@pec.example", "gatto nero", "rossi@example.com", "Maria"):
        assert where(found, word) == set(), word
