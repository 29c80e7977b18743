"""What was signed and sent out shows a database that was computed anew (DOMAIN.md 7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import SignedDayRow, SignedHeadRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.evidence.document import SignedDay
from bot.domain.evidence.tree import EMPTY
from bot.services.evidence.reading import signed_heads
from bot.services.evidence.signing import is_genuine, sign_heads
from bot.services.evidence.writing import Entry, record
from tests.support.clock import FrozenClock

TODAY = date(2026, 11, 30)
ONE, OTHER = Chain(Subject.ORDER, 1), Chain(Subject.MAILBOX, 1)


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


async def add(database: Database, clock: FrozenClock, *chains: Chain) -> None:
    async with database.write() as session:
        await record(session, [Entry(chain, Kind.TOLD, {}) for chain in chains], clock.now())


async def sign(database: Database, clock: FrozenClock, day: date) -> SignedDay | None:
    async with database.write() as session:
        return await sign_heads(session, day, clock.now())


async def test_a_day_covers_every_chain_that_grew(database: Database, clock: FrozenClock) -> None:
    await add(database, clock, ONE, ONE, OTHER)
    first = await sign(database, clock, TODAY)
    await add(database, clock, ONE)
    second = await sign(database, clock, TODAY + timedelta(days=1))
    assert first is not None
    assert second is not None
    assert (first.count, first.before) == (2, EMPTY)
    assert (second.count, second.before) == (1, first.root)
    assert is_genuine(first)
    assert is_genuine(second)
    assert first.public == second.public
    async with database.read() as session:
        heads = await session.run_sync(lambda own: signed_heads(own.connection(), ONE))
    assert [head.sequence for head in heads] == [2, 3]


async def test_a_day_is_signed_once(database: Database, clock: FrozenClock) -> None:
    await add(database, clock, ONE)
    assert await sign(database, clock, TODAY) is not None
    await add(database, clock, ONE)
    assert await sign(database, clock, TODAY) is None
    assert await sign(database, clock, TODAY - timedelta(days=1)) is None
    async with database.read() as session:
        assert len((await session.scalars(select(SignedDayRow))).all()) == 1
        assert len((await session.scalars(select(SignedHeadRow))).all()) == 1


async def test_a_day_without_news_is_signed_too(database: Database, clock: FrozenClock) -> None:
    signed = await sign(database, clock, TODAY)
    assert signed is not None
    assert (signed.count, signed.root) == (0, EMPTY)


@pytest.mark.parametrize(
    "change", [{"count": 2}, {"day": TODAY + timedelta(days=1)}, {"root": bytes(32)}, {"before": bytes(32)}]
)
async def test_another_day_has_not_this_signature(
    database: Database, clock: FrozenClock, change: dict[str, object]
) -> None:
    await add(database, clock, ONE)
    signed = await sign(database, clock, TODAY)
    assert signed is not None
    assert not is_genuine(replace(signed, **change))  # type: ignore[arg-type] # one field of it
