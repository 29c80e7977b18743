"""The notice of an automatic renewal: owed, so that no wish, no hour and no holiday keeps it back (DOMAIN.md 6)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.tables import CaseRow, OwedNoticeRow
from bot.domain.reminders import MuteLevel, Subject, full_ladder
from bot.services.actor import Actor
from bot.services.reminders.mail_codes import unsubscribe_code
from bot.services.reminders.owed import forget_notices
from bot.services.reminders.preferences import About
from tests.services.reminders.conftest import Office, Planning
from tests.support.long_runs import long

CHAT = 7
DAY = timedelta(days=1)


async def notices(planning: Planning) -> list[OwedNoticeRow]:
    """The record of notices, in the order in which they were written."""
    async with planning.database.read() as session:
        return list((await session.scalars(select(OwedNoticeRow).order_by(OwedNoticeRow.id))).all())


async def cases(planning: Planning) -> list[CaseRow]:
    """What waits in the office."""
    async with planning.database.read() as session:
        return list((await session.scalars(select(CaseRow).order_by(CaseRow.id))).all())


def _steps_off(planning: Planning, actor: Actor, _: int, __: int) -> list[object]:
    wishes = planning.services.wishes
    return [
        wishes.want_step(actor, step, wanted=False, sure=True)
        for step in full_ladder(planning.surroundings.catalogue.rules)
    ]


SILENCES: dict[str, Callable[[Planning, Actor, int, int], list[object]]] = {
    "only the last ones": lambda at, actor, box, _: [at.services.wishes.mute(actor, box, MuteLevel.MOST)],
    "mute": lambda at, actor, box, _: [at.services.wishes.mute(actor, box, MuteLevel.ALL)],
    "steps off": _steps_off,
    "put off past the charge": lambda at, actor, box, _: [
        at.services.wishes.snooze(actor, About(box), at.seed.today + 44 * DAY)
    ],
    "unsubscribed": lambda at, _, __, customer: [
        at.services.mail_wishes.choose(unsubscribe_code(at.database.keys, customer), MuteLevel.ALL)
    ],
}
"""What a customer may wish with a chat, for a mailbox."""


async def test_no_silence_keeps_it_back(office: Office) -> None:
    planning = office(mail=True)
    customers = range(1, len(SILENCES) + 1)
    for customer, silence in zip(customers, SILENCES.values(), strict=True):
        name, chat = f"cliente{customer}", 10 * customer
        box = await planning.seed.mailbox(name, expires_in=45, auto_renew=True)
        actor = await planning.join(name, chat)
        for wish in silence(planning, actor, box, customer):
            await wish  # type: ignore[misc] # coroutines of several results
    planning.clock.advance(9 * DAY)
    assert await planning.plan() == 0
    planning.clock.advance(DAY)
    assert await planning.plan() == 2 * len(SILENCES)
    letters = await planning.letters()
    told = sorted((each.customer_id, each.chat_id or 0) for each in letters)
    assert told == [(customer, chat) for customer in customers for chat in (0, 10 * customer)]
    assert all(each.owed and each.subject is Subject.AUTOMATIC for each in letters)
    for _ in range(9):
        planning.clock.advance(DAY)
        assert await planning.plan() == 0, "once"


async def test_it_goes_to_every_reachable_chat_and_by_email(office: Office) -> None:
    planning = office(mail=True)
    await planning.seed.mailbox("rossi", expires_in=35, auto_renew=True)
    for chat in (7, 8, 9):
        await planning.join("rossi", chat)
    await planning.lose(8)
    await planning.plan()
    assert {row.chat_id for row in await notices(planning)} == {7, 9, None}
    assert [row.channel for row in await notices(planning)].count("mail") == 1


@pytest.mark.parametrize("hour", [3, *long(10, 23)])
async def test_too_late_already_it_is_told_at_once_and_noted(planning: Planning, hour: int) -> None:
    planning.clock.moment = datetime(2026, 12, 8, hour, tzinfo=UTC)  # a holiday, too
    await planning.seed.mailbox("rossi", expires_in=20, auto_renew=True)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
    (notice,) = await notices(planning)
    assert notice.late
    assert notice.due_by == notice.expires_on - timedelta(days=30)
    (case,) = await cases(planning)
    assert (case.kind, case.subject, case.facts["why"]) == ("notice", "rossi", "late")
    assert case.due_on == notice.expires_on - timedelta(days=7)
    assert await planning.plan() == 0


async def test_with_a_night_and_a_holiday_before_the_next_opening_it_leaves_at_night(
    planning: Planning,
) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=200)
    await planning.join("rossi", CHAT)
    expires_on = date(2027, 1, 7)
    planning.clock.moment = datetime(2026, 12, 7, 18, tzinfo=UTC)  # seven in the evening
    await planning.change_mailbox(
        box, expires_on=expires_on, auto_renew=True, remind_on=planning.surroundings.today()
    )
    planning.clock.advance(timedelta(hours=2))  # the worker was away until nine
    assert await planning.plan() == 1
    (notice,) = await notices(planning)
    assert not notice.late


async def test_before_it_presses_it_waits_for_the_hours(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=36, auto_renew=True)
    await planning.join("rossi", CHAT)
    planning.clock.moment = datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert await planning.plan() == 0
    planning.clock.moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert await planning.plan() == 1
    (notice,) = await notices(planning)
    assert not notice.late
    assert await cases(planning) == []


async def test_who_has_no_way_at_all_is_a_case_and_is_told_once_there_is_one(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=35, auto_renew=True)
    assert await planning.plan() == 0
    (case,) = await cases(planning)
    (nobody,) = await notices(planning)
    assert (nobody.channel, nobody.outcome) == ("none", "failed")
    assert case.facts["why"] == "undelivered"
    assert case.due_on == nobody.due_by
    assert await planning.plan() == 0
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
    assert [row.chat_id for row in await notices(planning)] == [None, CHAT]


async def test_what_was_announced_is_kept_when_the_outbox_forgets(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=35, auto_renew=True)
    await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.deliver()
    today, catalogue = planning.surroundings.today(), planning.surroundings.catalogue
    assert await forget_notices(planning.database, catalogue, today.replace(year=today.year + 10)) == 0
    (notice,) = await notices(planning)
    assert notice.mailbox_id == box
    assert await forget_notices(planning.database, catalogue, today.replace(year=today.year + 11)) == 1


async def test_after_a_renewal_the_next_expiry_has_a_notice_of_its_own(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=35, auto_renew=True)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
    await planning.deliver()
    expires_on = planning.seed.today + timedelta(days=35 + 365)
    await planning.change_mailbox(box, expires_on=expires_on, remind_on=planning.seed.today)
    assert await planning.plan() == 0
    planning.clock.advance(timedelta(days=365))
    assert await planning.plan() == 1
