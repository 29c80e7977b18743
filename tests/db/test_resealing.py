"""Everything is sealed anew with the first key while the bot runs, on both databases and in Redis (DOMAIN.md 7)."""

import os
import signal
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
from redis.asyncio import Redis
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Executable,
    LargeBinary,
    delete,
    insert,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import sealed_columns
from bot.db.append_only import APPEND_ONLY, RESEALING
from bot.db.base import Encrypted, EncryptedJson, UtcDateTime
from bot.db.engine import Database, sqlite_engine
from bot.db.keys import KeyRing, bind_ring
from bot.db.metadata import metadata
from bot.db.postgresql import postgresql_engine
from bot.db.resealing import Resealing, StillSealedWithOld
from bot.db.sealed_columns import sealed_tables
from bot.db.tables import CustomerRow, OutboxRow, WithdrawalRow
from bot.db.tables_ground import NoteRow
from bot.db.url import parse_database_url
from tests.support import births
from tests.support.births import ROOT
from tests.support.databases import ReusedEngines
from tests.support.ground import on_both
from tests.support.long_runs import long

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
ROWS = 3
"""In each table."""
UNSEALED = {
    "name_index",
    "known_by",
    "digest",
    "email_index",
    "identity_index",
    "address_index",
    "link",
    "public",
    "root",
    "before",
    "signature",
    "salt",
    "token_hash",
    "code_hash",
    "link_hash",
}
"""Bytes that are digests, indexes and what is public; `secret.sealed` is sealed anew whenever a database is opened."""


class Filled(NamedTuple):
    """A database in which every table with sealed columns has rows, all sealed with the old key."""

    url: str
    old: str
    engines: ReusedEngines

    async def opened(self, *keys: str) -> Database:
        """The same database by a process with these keys."""
        database = Database(self.url, KeyRing(keys), self.engines.on(self.url))
        await database.start()
        return database


def value(column: Column[Any], number: int) -> Any:
    """Something that the column takes."""
    if isinstance(column.type, Encrypted):
        return f"segreto {number}"
    if isinstance(column.type, EncryptedJson):
        return {"segreto": number}
    for kind, each in (
        (UtcDateTime, NOW),
        (Date, date(2026, 11, number)),
        (Boolean, False),
        (LargeBinary, bytes([number])),
        (JSON, []),
    ):
        if isinstance(column.type, kind):
            return each
    return number if column.type.python_type is int else f"{number}"


def unbound(url: str, ring: KeyRing) -> AsyncEngine:
    """An engine that checks no references."""
    parsed = parse_database_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = sqlite_engine(parsed, begin="BEGIN", foreign_keys=False)
    else:
        engine = postgresql_engine(parsed)
    bind_ring(engine.dialect, ring)
    return engine


@pytest.fixture(autouse=True)
def time_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows are looked at, on however busy a machine."""
    monkeypatch.setattr("bot.db.resealing.LOOKS_FOR", 60.0)


@pytest.fixture
async def filled(
    each_database_url: str, near_engines: ReusedEngines, reused_engines: ReusedEngines
) -> Filled:
    """Rows in each of them."""
    old = KeyRing.new_key()
    engine = unbound(each_database_url, KeyRing([old]))
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        for each in sealed_tables():
            rows = [
                {column.name: value(column, number) for column in each.table.columns}
                for number in range(1, ROWS + 1)
            ]
            await connection.execute(insert(each.table), rows)
    await engine.dispose()
    engines = near_engines if each_database_url.startswith("sqlite") else reused_engines
    return Filled(each_database_url, old, engines)


async def everything(database: Database) -> dict[str, list[Mapping[str, Any]]]:
    """All rows of tables with sealed columns, opened."""
    async with database.read() as session:
        return {
            each.name: [
                dict(row)
                for row in (await session.execute(select(each.table).order_by(*each.key))).mappings()
            ]
            for each in sealed_tables()
        }


def test_no_bytes_are_stored_of_which_nobody_said_whether_they_are_sealed() -> None:
    """A column that is sealed has the type by which it is found; what else is bytes is named here."""
    found = {
        column.name
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert found == UNSEALED | {"sealed"}
    assert {each.name for each in sealed_tables()} >= {"customer", "evidence_content", "withdrawal"}


async def test_afterwards_the_new_key_opens_everything_and_the_old_one_is_not_needed(filled: Filled) -> None:
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    before = await everything(database)
    needed = await Resealing(database, None).needed()
    assert needed.whole
    assert needed.finished is None
    assert needed.rows == {(2, each.name): ROWS for each in sealed_tables()}

    seen: list[int] = []
    done = await Resealing(database, None).run(NOW, seen.append)

    assert done.rows == sum(seen) == await Resealing(database, None).count()
    assert done.values == sum(ROWS * len(each.sealed) for each in sealed_tables())
    assert not done.lost
    needed = await Resealing(database, None).needed()
    assert (needed.rows, needed.whole, needed.finished) == ({}, True, NOW)
    assert (await Resealing(database, None).run(NOW)).values == 0, "what is new already stays"
    await database.dispose()
    alone = await filled.opened(new)
    assert await everything(alone) == before
    await alone.dispose()


@pytest.mark.parametrize("stops", [(7,), *long(((1, 7, 20),))])
async def test_a_run_that_was_killed_is_begun_again(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, stops: tuple[int, ...]
) -> None:
    """At whichever batch: what was written is whole, the rest is still opened by the old key."""
    monkeypatch.setattr(sealed_columns, "BATCH", 2)
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    before = await everything(database)

    class Killed(Exception):
        pass

    def until(stop: int) -> Any:
        left = [stop]

        def told(_: int) -> None:
            left[0] -= 1
            if not left[0]:
                raise Killed

        return told

    for stop in stops:
        with pytest.raises(Killed):
            await Resealing(database, None).run(NOW, until(stop))
        assert await everything(database) == before
    assert (await Resealing(database, None).needed()).rows
    await Resealing(database, None).run(NOW)
    await database.dispose()
    alone = await filled.opened(new)
    assert await everything(alone) == before
    await alone.dispose()


@pytest.mark.soak
async def test_a_process_that_is_killed_while_it_writes_leaves_all_readable_and_is_begun_again(
    filled: Filled,
) -> None:
    """SIGKILL within transactions, in evidence too: what was not committed is as it was, the rest is sealed anew."""
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    before = await everything(database)
    await database.dispose()

    async def rotated(**environment: str) -> int:
        process = births.start(
            "tests.support.resealing_worker",
            folder=ROOT,
            environment={
                "PATH": os.environ["PATH"],
                "DATABASE_URL": filled.url,
                "DATA_KEYS": f"{new},{filled.old}",
                **environment,
            },
        )
        return await process.ended()

    left: list[int] = []
    for statements in (1, 9, 24):
        assert await rotated(DIE_AFTER=str(statements)) == -signal.SIGKILL
        database = await filled.opened(new, filled.old)
        assert await everything(database) == before
        left.append(sum((await Resealing(database, None).needed()).rows.values()))
        async with database.read() as session:
            assert await session.get(NoteRow, RESEALING) is None, "evidence is protected as before"
        await database.dispose()
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1] > 0, "what was committed stays, and not all was"
    assert await rotated() == 0
    alone = await filled.opened(new)
    assert await everything(alone) == before
    await alone.dispose()


async def test_what_the_bot_writes_meanwhile_is_not_overwritten(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await filled.opened(KeyRing.new_key(), filled.old)
    write = Resealing._write

    async def meanwhile(self: Resealing, of: Any, changes: Any) -> None:
        if of.name == CustomerRow.__tablename__:
            async with database.write() as session:
                await session.execute(
                    update(CustomerRow).where(CustomerRow.id == 2).values(reference_email="nuova@example.com")
                )
                await session.execute(delete(CustomerRow).where(CustomerRow.id == 99))
        await write(self, of, changes)

    monkeypatch.setattr(Resealing, "_write", meanwhile)
    await Resealing(database, None).run(NOW)
    async with database.read() as session:
        told = list(await session.scalars(select(CustomerRow.reference_email).order_by(CustomerRow.id)))
    assert told == ["segreto 1", "nuova@example.com", "segreto 3"]
    await database.dispose()


async def test_a_process_that_still_writes_with_the_old_key_is_noticed(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    old = KeyRing([filled.old])
    count = Resealing._anew

    async def meanwhile(self: Resealing, of: Any, batch: Any, lost: Any) -> int:
        sealed = await count(self, of, batch, lost)
        if of.name == OutboxRow.__tablename__:
            async with database.write() as session:
                statement = text("UPDATE outbox SET payload = :payload WHERE id = 1")
                await session.execute(statement, {"payload": old.seal(b'"altro"')})
        return sealed

    monkeypatch.setattr(Resealing, "_anew", meanwhile)
    with pytest.raises(StillSealedWithOld, match="start every process"):
        await Resealing(database, None).run(NOW)
    needed = await Resealing(database, None).needed()
    assert needed.rows == {(2, "outbox"): 1}
    assert needed.finished is None
    await database.dispose()


@pytest.mark.soak
async def test_what_no_key_opens_is_counted_and_left_alone(filled: Filled) -> None:
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    async with database.write() as session:
        stranger = KeyRing([KeyRing.new_key()]).seal(b"x")
        await session.execute(
            text("UPDATE customer SET reference_email = :sealed WHERE id = 1"), {"sealed": stranger}
        )
    done = await Resealing(database, None).run(NOW)
    assert done.lost == {"customer.reference_email": 1}
    async with database.read() as session:
        stored = type_coerce(CustomerRow.reference_email, LargeBinary)
        assert await session.scalar(select(stored).where(CustomerRow.id == 1)) == stranger
    await database.dispose()


@on_both
async def test_evidence_stays_as_it_is_for_everybody_else(filled: Filled) -> None:
    """Only seals may change, and only for who has said so within the same transaction."""
    database = await filled.opened(KeyRing.new_key(), filled.old)
    protected = [each for each in sealed_tables() if each.name in APPEND_ONLY]
    assert {each.name for each in protected} >= {"order_method_change", "order_vat_decision", "withdrawal"}
    for each in protected:
        for change in (
            update(each.table).values({each.sealed[0].name: "altro"}),
            update(each.table).values(catalogue_version="altra"),
            delete(each.table),
        ):
            with pytest.raises(DBAPIError, match="is append-only"):
                async with database.write() as session:
                    await session.execute(change)
        for change in (update(each.table).values(catalogue_version="altra"), delete(each.table)):
            with pytest.raises(DBAPIError, match="is append-only"):
                await _pretending(database, change)
    await Resealing(database, None).run(NOW)
    async with database.read() as session:
        assert await session.get(NoteRow, RESEALING) is None
    with pytest.raises(DBAPIError, match="is append-only"):
        async with database.write() as session:
            await session.execute(update(WithdrawalRow).values(words="altre"))
    await database.dispose()


async def _pretending(database: Database, change: Executable) -> None:
    async with database.write() as session:
        await session.execute(insert(NoteRow).values(name=RESEALING, text=""))
        await session.execute(change)


async def test_conversations_in_redis_are_sealed_anew_with_the_time_they_have_left(
    filled: Filled, redis_url: str, bot_id: int
) -> None:
    new = KeyRing.new_key()
    database = await filled.opened(new, filled.old)
    client: Redis = Redis.from_url(redis_url)
    name, other = f"rinnovo:chat:{bot_id}:7:1", f"rinnovo:chat:{bot_id}:8:1"
    await client.set(name, KeyRing([filled.old]).seal(b"una conversazione"), ex=600)
    await client.set(other, b"di un altro")
    try:
        assert (await Resealing(database, redis_url).needed()).rows[2, "Redis"] == 1
        await Resealing(database, redis_url).run(NOW)
        stored: Any = await client.get(name)
        assert KeyRing([new]).open(stored) == b"una conversazione"
        assert 590 < await client.ttl(name) <= 600
        assert await client.get(other) == b"di un altro"
    finally:
        await client.delete(name, other)
        await client.aclose()
        await database.dispose()
