"""What is remembered of reminders for expiries of long ago is forgotten, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import ReminderRow
from bot.services.reminders import outlook
from bot.services.reminders.outlook import KEEP_TOLD, forget_told
from bot.services.surroundings import Surroundings
from tests.support.seed import Seed


async def test_what_was_told_of_old_expiries_is_forgotten(
    each_database: Database, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlook, "_AT_A_TIME", 2)
    seed = Seed(each_database, surroundings)
    today = surroundings.today()
    mailboxes = [await seed.mailbox("rossi") for _ in range(5)]
    kept_days = {today, today + timedelta(days=30), today - KEEP_TOLD}
    old_days = {today - KEEP_TOLD - timedelta(days=1), today - timedelta(days=800)}
    async with each_database.write() as session:
        session.add_all(
            ReminderRow(mailbox_id=mailbox, expires_on=day, step=step, told_at=surroundings.now())
            for mailbox in mailboxes
            for day in kept_days | (old_days if mailbox != mailboxes[0] else set())
            for step in (30, -7)
        )
    assert await forget_told(each_database, today) == 4 * 2 * 2
    assert await forget_told(each_database, today) == 0
    async with each_database.read() as session:
        left = (await session.execute(select(ReminderRow.mailbox_id, ReminderRow.expires_on))).all()
    assert len(left) == 5 * 3 * 2
    assert {row.expires_on for row in left} == kept_days
