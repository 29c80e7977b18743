"""Whatever is recorded stands in its chain, once, whoever else writes at the same moment (DOMAIN.md 7)."""

import asyncio

import pytest
from sqlalchemy import func, select, text

from bot.db.engine import Database
from bot.db.tables import ContentRow, RecordRow
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.domain.evidence.checking import Flaw
from bot.services.evidence.reading import chain_of, check_all
from bot.services.evidence.writing import Entry, record
from tests.support.clock import FrozenClock
from tests.support.ground import on_both

ORDER, MAILBOX = Chain(Subject.ORDER, 1), Chain(Subject.MAILBOX, 1)


def entry(chain: Chain, words: str) -> Entry:
    return Entry(chain, Kind.TOLD, {"words": words})


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


async def told(database: Database, chain: Chain) -> list[str]:
    async with database.read() as session:
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    return [content.value["words"] for _, content in found[1] if isinstance(content, Content)]


async def flaws(database: Database) -> list[Flaw | None]:
    async with database.read() as session:
        found = await session.run_sync(lambda own: list(check_all(own.connection())))
    return [each.flaw for findings in found for each in findings]


async def test_entries_follow_each_other_in_their_chains(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        await record(session, [entry(ORDER, "a"), entry(MAILBOX, "b"), entry(ORDER, "c")], clock.now())
    async with database.write() as session:
        await record(session, [entry(ORDER, "d")], clock.now())
    assert await told(database, ORDER) == ["a", "c", "d"]
    assert await told(database, MAILBOX) == ["b"]
    assert await flaws(database) == []


async def test_what_is_undone_leaves_no_record(database: Database, clock: FrozenClock) -> None:
    async def write_and_fail() -> None:
        async with database.write() as session:
            await record(session, [entry(ORDER, "a")], clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(RecordRow)) == 0


@on_both
async def test_writers_of_one_moment_follow_each_other(database: Database, clock: FrozenClock) -> None:
    async def write(number: int) -> None:
        both = [entry(ORDER, f"{number}"), entry(MAILBOX, f"{number}")]
        async with database.write() as session:
            await record(session, both if number % 2 else both[::-1], clock.now())

    await asyncio.gather(*(write(number) for number in range(8)))
    assert sorted(await told(database, ORDER)) == [f"{number}" for number in range(8)]
    assert await flaws(database) == []


async def test_a_content_that_somebody_changed_in_the_database_is_found(
    database: Database, clock: FrozenClock
) -> None:
    async with database.write() as session:
        await record(session, [entry(ORDER, "a"), entry(ORDER, "b")], clock.now())
    async with database.write() as session:
        row = await session.get_one(ContentRow, {"chain_id": 1, "sequence": 1})
        row.content = {"words": "z"}
    assert await flaws(database) == [Flaw.CONTENT_CHANGED]


async def test_words_are_not_in_the_database_as_they_are(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        await record(session, [entry(ORDER, "Maria Esempio")], clock.now())
    async with database.read() as session:
        stored = await session.scalar(text("SELECT content FROM evidence_content"))
    assert b"Maria" not in bytes(stored)
