"""PostgreSQL behind pgbouncer, as hosted databases hand it out."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, make_url, select, text

from bot.db.chat_units import Change, ChatKey, Record
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import ChatRow
from bot.db.turns import Turn
from bot.db.upgrade import needs_upgrade, upgrade
from bot.services.at_hand import READ_BESIDE
from bot.services.sending.outbox import Channel, Outbox, put
from tests.support.clock import FrozenClock
from tests.support.databases import PostgresqlDatabases
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.pooler import pgbouncer, why_no_pgbouncer

CLIENTS = 6
ROUNDS = 5


@pytest.fixture(
    params=[
        *long((("session", ""),), (("transaction", ""),)),
        ("transaction", "?pgbouncer=true&sslmode=disable"),
    ]
)
def pooled(
    request: pytest.FixtureRequest, postgresql_databases: PostgresqlDatabases, tmp_path: Path
) -> Iterator[str]:
    """The address of an empty database behind pgbouncer, in both of the modes that are in use, as hosts write it."""
    mode, said = request.param
    if (reason := why_no_pgbouncer()) is not None:
        pytest.skip(reason)
    with postgresql_databases.new(empty=True) as direct, pgbouncer(tmp_path, mode) as place:
        host, _, port = place.partition(":")
        url = make_url(direct).set(host=host, port=int(port))
        yield f"{url.render_as_string(hide_password=False)}{said}"


async def test_everything_works_behind_a_pooler(pooled: str, keys: KeyRing, clock: FrozenClock) -> None:
    """Tables are made, and several processes do the same things at once on the connections that they share."""
    await upgrade(pooled)
    assert not await needs_upgrade(pooled)
    processes = [Database(pooled, keys) for _ in range(2)]
    try:
        for database in processes:
            await database.start()
        await asyncio.gather(
            *(_write_and_read(processes[client % 2], clock, client) for client in range(CLIENTS))
        )
        async with processes[0].read() as session:
            assert await session.scalar(select(func.count(ChatRow.id))) == CLIENTS * ROUNDS
        found = await asyncio.gather(
            *(_tap(processes[client % 2], clock, client) for client in range(CLIENTS))
        )
        assert found == [ROUNDS] * CLIENTS
        outbox = Outbox(processes[1], clock)
        assert len(await outbox.claim(Channel.TELEGRAM, CLIENTS * ROUNDS * 2)) == CLIENTS * ROUNDS
    finally:
        for database in processes:
            await database.dispose()


async def _write_and_read(database: Database, clock: FrozenClock, client: int) -> None:
    for number in range(ROUNDS):
        chat_id = client * ROUNDS + number + 1
        async with database.write() as session:
            session.add(ChatRow(id=chat_id, language="it", created_at=clock.now()))
            await session.flush()
            await put(
                session,
                key=f"test:{chat_id}",
                channel=Channel.TELEGRAM,
                payload={"message": "test"},
                now=clock.now(),
                chat_id=chat_id,
            )
        async with database.read() as session:
            found = await session.get_one(ChatRow, chat_id)
            assert found.language == "it"
            await session.execute(text("SELECT pg_sleep(0.005)"))


async def _tap(database: Database, clock: FrozenClock, client: int) -> int:
    """The chat's version after some taps: each reads by one statement and writes by another, prepared nowhere."""
    backing, chat = SqlBacking(database, clock, READ_BESIDE), ChatKey(42, client)
    key = StorageKey(bot_id=42, chat_id=client, user_id=client)
    for number in range(ROUNDS):
        update_id = client * ROUNDS + number
        loaded = await backing.load(chat, update_id)
        assert loaded.records.get(key, Record()).state == (str(number) if number else None)
        records = {key: Record(str(number + 1))}
        assert await backing.save(Change(chat, records, update_id, loaded.version, Turn(client)))
    return (await backing.load(chat, None)).version


@on_both
async def test_without_a_pooler_plans_are_not_compiled(each_database: Database) -> None:
    """Compiling a plan costs more than our short queries do."""
    async with each_database.read() as session:
        connection = await session.connection()
        if connection.dialect.name == "postgresql":
            assert await session.scalar(text("SHOW jit")) == "off"
            assert await session.scalar(text("SHOW application_name")) == "rinnovo"
        else:
            assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
