"""What was kept for its years goes, says so, and leaves the chain whole (DOMAIN.md 7)."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.evidence.chain import Chain, Erased, Kind, Subject
from bot.domain.evidence.checking import check
from bot.services.evidence import erasing
from bot.services.evidence.erasing import erase_what_is_over
from bot.services.evidence.reading import chain_of
from bot.services.evidence.writing import Entry, Kept, record
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

MAILBOX = Chain(Subject.MAILBOX, 1)
RULES = example_catalogue().rules


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


async def write(database: Database, clock: FrozenClock, *kept: Kept) -> None:
    async with database.write() as session:
        await record(session, [Entry(MAILBOX, Kind.TOLD, {"words": "-"}, each) for each in kept], clock.now())


async def erase(database: Database, clock: FrozenClock) -> int:
    return await erase_what_is_over(database, RULES, clock.now().date(), clock.now())


async def stands(database: Database) -> list[str]:
    """What is left of each content, once the chain was checked."""
    async with database.read() as session:
        found = await session.run_sync(lambda own: chain_of(own.connection(), MAILBOX))
    assert found is not None
    head, kept = found
    assert [each.flaw for each in check(MAILBOX, kept, head) if each.flaw is not None] == []
    return [content.reason if isinstance(content, Erased) else record.kind.value for record, content in kept]


async def test_reminders_go_after_their_years_and_evidence_after_its_own(
    database: Database, clock: FrozenClock
) -> None:
    await write(database, clock, Kept.REMINDER, Kept.EVIDENCE, Kept.REMINDER)
    clock.advance(timedelta(days=365 * RULES.reminder_years))
    assert await erase(database, clock) == 0
    clock.advance(timedelta(days=3))
    assert await erase(database, clock) == 2
    assert await erase(database, clock) == 0
    assert await stands(database) == ["retention", "told", "retention", "erased"]
    clock.advance(timedelta(days=366 * (RULES.evidence_years - RULES.reminder_years) + 3))
    assert await erase(database, clock) == 1
    assert await stands(database) == ["retention"] * 3 + ["erased"] * 2


async def test_many_go_in_batches(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "BATCH", 2)
    await write(database, clock, *[Kept.REMINDER] * 5)
    clock.advance(timedelta(days=366 * RULES.reminder_years + 3))
    assert await erase(database, clock) == 5
    assert await stands(database) == ["retention"] * 5 + ["erased"] * 3
