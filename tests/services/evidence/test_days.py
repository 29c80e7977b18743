"""What was signed is checked with the database: each day's root made anew, its signature, and the days before it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.evidence.heads import DayFlaw
from bot.services.evidence.days import check_days
from bot.services.evidence.signing import sign_heads
from bot.services.evidence.writing import Entry, record
from tests.support.clock import FrozenClock
from tests.support.ground import on_both

TODAY = date(2026, 11, 30)


@pytest.fixture
async def database(each_database: Database, clock: FrozenClock) -> Database:
    """Three signed days, of which the second had no news."""
    for days, grown in enumerate((3, 0, 5)):
        async with each_database.write() as session:
            chains = [Chain(Subject.ORDER, number) for number in range(1, grown + 1)]
            await record(session, [Entry(chain, Kind.TOLD, {}) for chain in chains], clock.now())
            await sign_heads(session, TODAY + timedelta(days=days), clock.now())
    return each_database


async def flaws(database: Database) -> list[Sequence[DayFlaw]]:
    async with database.read() as session:
        return [flaws for _, flaws in await session.run_sync(lambda own: list(check_days(own.connection())))]


async def tamper(database: Database, statement: str) -> None:
    """Change what a trigger forbids to change, as whoever owns the database can."""
    async with database.write() as session:
        if session.get_bind().dialect.name == "sqlite":
            triggers = await session.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'evidence_%'")
            )
            for name in triggers.all():
                await session.execute(text(f"DROP TRIGGER {name}"))
        else:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text(statement))


@on_both
async def test_nothing_is_wrong_with_what_was_signed(database: Database) -> None:
    assert await flaws(database) == [[], [], []]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM evidence_head WHERE day_id = 1 AND place = 2", [[DayFlaw.HEADS], [], []]),
        ("UPDATE evidence_head SET sequence = 9 WHERE day_id = 3 AND place = 0", [[], [], [DayFlaw.HEADS]]),
        ("UPDATE evidence_day SET count = 4 WHERE id = 1", [[DayFlaw.HEADS, DayFlaw.SIGNATURE], [], []]),
        ("DELETE FROM evidence_day WHERE id = 2", [[], [DayFlaw.BEFORE]]),
        ("UPDATE evidence_day SET signature = root WHERE id = 2", [[], [DayFlaw.SIGNATURE], []]),
    ],
)
async def test_each_way_to_change_it_is_found(
    database: Database, statement: str, found: list[list[DayFlaw]]
) -> None:
    await tamper(database, statement)
    assert await flaws(database) == found
