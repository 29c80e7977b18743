"""The lease of the one process that asks Telegram for updates."""

import json
from datetime import datetime, timedelta

from bot.db.database_clock import database_now
from bot.db.engine import Database
from bot.db.tables_ground import NoteRow
from bot.running.one_poller import LEASE, PollersLease
from tests.support.ground import on_both


def lease_of(database: Database, process: str) -> PollersLease:
    """The lease as this process sees it."""
    lease = PollersLease(database)
    lease._process = process
    return lease


async def let_it_be_over(database: Database) -> None:
    """Whoever holds it has not renewed it for as long as it lasts."""
    async with database.write() as session:
        note = await session.get_one(NoteRow, "poller")
        over = await database_now(session) - timedelta(seconds=1)
        note.text = json.dumps(json.loads(note.text) | {"until": over.isoformat()})


@on_both
async def test_one_has_it_until_it_lets_go(each_database: Database) -> None:
    first, second = lease_of(each_database, "first"), lease_of(each_database, "second")
    assert await first.take()
    assert not await second.take()
    await second.leave()
    assert await first.take(), "who has it renews it, and who has it not lets nothing go"
    await first.leave()
    assert await second.take()


async def test_of_a_dead_process_it_is_taken_when_it_is_over(each_database: Database) -> None:
    first, second = lease_of(each_database, "first"), lease_of(each_database, "second")
    assert await first.take()
    async with each_database.read() as session:
        until = json.loads((await session.get_one(NoteRow, "poller")).text)["until"]
        left = datetime.fromisoformat(until) - await database_now(session)
    assert timedelta(0) < left <= LEASE
    await let_it_be_over(each_database)
    assert await second.take()
    assert not await first.take()


async def test_run_is_all_there_is_and_takes_it_at_once(each_database: Database) -> None:
    first, second = lease_of(each_database, "first"), lease_of(each_database, "second")
    assert await first.take()
    assert await second.take(at_once=True)
    assert not await first.take()
