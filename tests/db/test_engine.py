"""Transactions: nothing is lost, nothing is half done, and reads change nothing, on both back ends."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import engine
from bot.db.engine import Database, SchemaMissing
from bot.db.keys import CannotOpen, KeyRing
from bot.db.tables_ground import ChatStateRow, SecretRow, SeenUpdateRow
from bot.db.upgrade import upgrade
from tests.support import hasty_sqlite
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long


def counter(clock: FrozenClock) -> ChatStateRow:
    """A row whose ``data`` holds a number."""
    return ChatStateRow(
        bot_id=1,
        chat_id=1,
        user_id=1,
        thread_id=0,
        business_connection_id="",
        destiny="default",
        state=None,
        data="0",
        updated_at=clock.now(),
    )


async def the_counter(session: AsyncSession, *, lock: bool = False) -> ChatStateRow:
    """Read the row back."""
    query = select(ChatStateRow)
    return (await session.execute(query.with_for_update() if lock else query)).scalar_one()


@pytest.mark.parametrize("number", [40, *long(200)])
async def test_hundreds_of_concurrent_increments_all_count(
    each_database: Database, clock: FrozenClock, number: int
) -> None:
    async with each_database.write() as session:
        session.add(counter(clock))

    async def increment() -> None:
        async with each_database.write() as session:
            row = await the_counter(session, lock=True)
            row.data = str(int(row.data) + 1)

    await asyncio.gather(*(increment() for _ in range(number)))
    async with each_database.read() as session:
        assert (await the_counter(session)).data == f"{number}"


@on_both
async def test_increments_from_two_processes_all_count(
    each_database_url: str, keys: KeyRing, clock: FrozenClock
) -> None:
    first, second = Database(each_database_url, keys), Database(each_database_url, keys)
    await first.start()
    await second.start()
    async with first.write() as session:
        session.add(counter(clock))

    async def increment(database: Database) -> None:
        async with database.write() as session:
            row = await the_counter(session, lock=True)
            row.data = str(int(row.data) + 1)

    await asyncio.gather(*(increment(database) for database in (first, second) for _ in range(25)))
    async with second.read() as session:
        assert (await the_counter(session)).data == "50"
    await first.dispose()
    await second.dispose()


async def test_a_block_that_raises_leaves_nothing(each_database: Database, clock: FrozenClock) -> None:
    async def fail_half_way() -> None:
        async with each_database.write() as session:
            session.add(counter(clock))
            await session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()
    async with each_database.read() as session:
        assert (await session.execute(select(ChatStateRow))).first() is None


async def test_a_read_can_change_nothing(each_database: Database, clock: FrozenClock) -> None:
    async with each_database.write() as session:
        session.add(counter(clock))
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with each_database.read() as session:
            await session.execute(update(ChatStateRow).values(data="7"))
    async with each_database.read() as session:
        assert (await the_counter(session)).data == "0"


async def test_a_read_sees_one_moment(each_database: Database, clock: FrozenClock) -> None:
    async with each_database.write() as session:
        session.add(counter(clock))
    async with each_database.read() as reading:
        assert await reading.scalar(select(ChatStateRow.data)) == "0"
        async with each_database.write() as session:
            await session.execute(update(ChatStateRow).values(data="1"))
        assert await reading.scalar(select(ChatStateRow.data)) == "0"
    async with each_database.read() as reading:
        assert await reading.scalar(select(ChatStateRow.data)) == "1"


async def test_reads_go_on_while_a_write_is_open(each_database: Database, clock: FrozenClock) -> None:
    async with each_database.write() as session:
        session.add(counter(clock))
        await session.flush()
        async with asyncio.timeout(60), each_database.read() as reading:
            assert await reading.scalar(select(ChatStateRow.data)) is None


async def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(
                text("INSERT INTO chat_customer (chat_id, customer_id, bound_at) VALUES (1, 1, '2026-01-01')")
            )


async def test_sqlite_loses_nothing_on_a_power_cut(
    database_url: str, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "configure_sqlite", hasty_sqlite.as_the_bot_does)
    database = Database(database_url, keys)  # as the bot opens it, without the haste of tests
    await database.start()
    async with database.write() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA synchronous")) == 2
    await database.dispose()


def let_everybody_read(file: Path) -> None:
    """As SQLite itself makes a file."""
    file.chmod(0o644)


async def test_the_file_is_its_owners_alone_also_where_an_older_version_made_it(
    database_url: str, keys: KeyRing, tmp_path: Path
) -> None:
    new = tmp_path / "new" / "rinnovo.db"
    await upgrade(f"sqlite:///{new}", "0001")
    old = Path(database_url.removeprefix("sqlite:///"))
    let_everybody_read(old)
    database = Database(database_url, keys)
    await database.start()
    files = [new, *old.parent.glob(f"{old.name}*")]
    assert {file.name for file in files} >= {new.name, old.name, f"{old.name}-wal", f"{old.name}-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    await database.dispose()


async def test_a_database_without_tables_says_what_to_do(tmp_path: Path, keys: KeyRing) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'folder' / 'empty.db'}", keys)
    with pytest.raises(SchemaMissing, match="migrate"):
        await database.start()
    await database.dispose()


async def test_the_blind_index_survives_a_restart_and_the_rotation_of_the_keys(
    each_database_url: str,
) -> None:
    old, new = KeyRing.new_key(), KeyRing.new_key()

    async def index_with(keys: list[str]) -> bytes:
        ring = KeyRing(keys)
        database = Database(each_database_url, ring)
        try:
            await database.start()
        finally:
            await database.dispose()
        return ring.index("anna@example.com")

    first = await index_with([old])
    assert await index_with([old]) == first
    assert await index_with([new, old]) == first
    assert await index_with([new]) == first
    with pytest.raises(CannotOpen, match="DATA_KEYS"):
        await index_with([old])


async def test_two_first_starts_at_once_agree_on_the_secret(each_database_url: str) -> None:
    key = KeyRing.new_key()
    rings = [KeyRing([key]) for _ in range(4)]
    databases = [Database(each_database_url, ring) for ring in rings]
    await asyncio.gather(*(database.start() for database in databases))
    assert len({ring.index("value") for ring in rings}) == 1
    async with databases[0].read() as session:
        assert len((await session.execute(select(SecretRow))).all()) == 1
    for database in databases:
        await database.dispose()


async def test_upgrading_twice_changes_nothing(database_url: str, keys: KeyRing, clock: FrozenClock) -> None:
    database = Database(database_url, keys)
    await database.start()
    async with database.write() as session:
        session.add(SeenUpdateRow(bot_id=1, update_id=1, seen_at=clock.now()))
    await database.dispose()
    await upgrade(database_url)
    await database.start()
    async with database.read() as session:
        assert (await session.execute(select(SeenUpdateRow))).scalar_one().update_id == 1
    await database.dispose()
