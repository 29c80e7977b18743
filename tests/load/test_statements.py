"""What is counted of SQLite is what SQLite is told, whatever way it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.db.engine import Database
from bot.db.keys import KeyRing
from tests.load.stage.statements import Eavesdropper
from tests.load.stage.ways import LONG_WAY
from tests.load.statements import measure


@pytest.fixture
def eavesdropper() -> Iterator[Eavesdropper]:
    """Somebody who listens."""
    someone = Eavesdropper()
    with someone.listening():
        yield someone


async def test_transactions_and_statements_are_counted_apart(
    eavesdropper: Eavesdropper, database_url: str
) -> None:
    database = Database(database_url, KeyRing([KeyRing.new_key()]))
    await database.start()
    eavesdropper.heard()
    async with database.read() as session:
        for _ in range(3):
            await session.execute(text("SELECT 1"))
    read = eavesdropper.heard()
    async with database.write() as session:
        await session.execute(text("DELETE FROM note"))
    written = eavesdropper.heard()
    await database.dispose()
    assert (read.statements, read.writes) == (3, 0)
    assert (written.statements, written.transactions, written.writes) == (1, 1, 1)


def test_a_connection_without_asyncio_is_heard_too(eavesdropper: Eavesdropper) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    engine.dispose()
    assert eavesdropper.heard().statements == 1


@pytest.mark.soak
async def test_every_tap_of_a_renewal_is_counted(tmp_path: Path) -> None:
    counted = await measure(tmp_path)
    assert [name for name, _ in counted][-len(LONG_WAY) + 1 :] == list(LONG_WAY[1:])
    for name, heard in counted:
        assert heard.statements > 0, name
        assert heard.transactions >= heard.writes, name
