"""What an earlier release announced of automatic renewals counts after an upgrade (DOMAIN.md 6, decision 006)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.tables import CaseRow, OutboxRow, OwedNoticeRow
from bot.domain.reminders import Subject
from bot.services.reminders.letters import Entry, Letter
from bot.services.reminders.planner import Reminders
from bot.services.vitals import Vitals
from tests.services.reminders.conftest import Planning
from tests.support.long_runs import long

AGO = timedelta(days=10)


async def announced(planning: Planning, box: int, expires_on: date, **changes: Any) -> None:
    """A notice as the earlier release left it in the outbox, ten days ago: a reminder among the others."""
    subject = changes.pop("subject", Subject.AUTOMATIC)
    letter = Letter(1, subject, (Entry(box, expires_on, 30),), "20261113-0a1b2c3d", 7)
    at = planning.clock.now() - AGO
    values = {"state": "sent", "created_at": at, "settled_at": at} | changes
    async with planning.database.write() as session:
        session.add(
            OutboxRow(
                key=letter.key,
                channel="telegram",
                chat_id=7,
                payload=letter.payload(),
                due_at=at,
                attempts=1,
                **values,
            )
        )


async def upgraded(planning: Planning) -> int:
    """The first planning of a process after the upgrade."""
    return await Reminders(planning.database, planning.surroundings, Vitals(), mail=False).run()


async def kept(planning: Planning) -> list[OwedNoticeRow]:
    async with planning.database.read() as session:
        return list((await session.scalars(select(OwedNoticeRow).order_by(OwedNoticeRow.id))).all())


async def cases(planning: Planning) -> list[CaseRow]:
    async with planning.database.read() as session:
        return list((await session.scalars(select(CaseRow))).all())


async def test_what_was_announced_in_time_is_on_record_and_not_announced_again(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=20, auto_renew=True)
    await planning.join("rossi", 7)
    expires_on = planning.seed.today + timedelta(days=20)
    await announced(planning, box, expires_on)
    for _ in range(2):
        assert await upgraded(planning) == 0
    (notice,) = await kept(planning)
    assert (notice.mailbox_id, notice.expires_on, notice.channel, notice.chat_id) == (
        box,
        expires_on,
        "telegram",
        7,
    )
    assert (notice.outcome, notice.late, notice.due_by) == ("sent", False, expires_on - timedelta(days=30))
    assert notice.settled_at == planning.clock.now() - AGO
    assert notice.words is None
    assert await cases(planning) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "unknown"},
        {"subject": Subject.RENEW},
        *long({"state": "unreachable"}, {"state": "due", "settled_at": None}),
    ],
    ids=["unknown", "another reminder", "unreachable", "still waiting"],
)
async def test_what_is_not_known_to_have_been_announced_is_announced_late_and_is_a_case(
    planning: Planning, changes: dict[str, Any]
) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=20, auto_renew=True)
    await planning.join("rossi", 7)
    await announced(planning, box, planning.seed.today + timedelta(days=20), **changes)
    assert await upgraded(planning) == 1
    (notice,) = await kept(planning)
    assert notice.late
    (case,) = await cases(planning)
    assert case.facts["why"] == "late"


async def test_what_was_announced_of_another_expiry_is_none_of_this_one(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=35, auto_renew=True)
    await planning.join("rossi", 7)
    await announced(planning, box, planning.seed.today - timedelta(days=330))
    assert await upgraded(planning) == 1
    assert [notice.expires_on for notice in await kept(planning)] == [
        planning.seed.today - timedelta(days=330),
        planning.seed.today + timedelta(days=35),
    ]
