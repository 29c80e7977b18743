"""The end of a mailbox: told once, the day after its last one, and what was begun for it ends (DOMAIN.md 6)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.tables import DraftRow
from bot.domain.reminders import MuteLevel, Subject
from tests.services.reminders.conftest import Office, Planning
from tests.support.long_runs import long
from tests.support.ordering import chosen

CHAT = 7


async def subjects(planning: Planning) -> list[Subject]:
    """What every letter in the outbox is about."""
    return [letter.subject for letter in await planning.letters()]


async def test_the_end_is_told_once_the_day_after_the_last_one(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=-85)
    await planning.join("rossi", CHAT)
    await planning.plan()
    for _ in range(5):
        planning.clock.advance(timedelta(days=1))
        await planning.plan()
    assert Subject.DELETED not in await subjects(planning), "the last day is still one"
    for _ in range(8):
        planning.clock.advance(timedelta(days=1))
        await planning.plan()
    assert (await subjects(planning)).count(Subject.DELETED) == 1


@pytest.mark.parametrize(("left", "told"), [(-97, 1), (-98, 0), *long((-90, 0), (-91, 1), (-290, 0))])
async def test_of_what_went_long_ago_nothing_is_told(planning: Planning, left: int, told: int) -> None:
    await planning.seed.mailbox("rossi", expires_in=left)
    await planning.join("rossi", CHAT)
    await planning.plan()
    assert (await subjects(planning)).count(Subject.DELETED) == told


async def test_a_mailbox_on_its_own_domain_ends_elsewhere(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", plan="domain", expires_in=-91)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 0


async def test_the_last_day_and_the_end_are_not_muted(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=-85)
    actor = await planning.join("rossi", CHAT)
    await planning.services.wishes.mute(actor, box, MuteLevel.ALL)
    await planning.services.wishes.want_step(actor, -85, wanted=False, sure=True)
    await planning.plan()
    assert await subjects(planning) == []
    planning.clock.advance(timedelta(days=5))
    await planning.plan()
    assert await subjects(planning) == [Subject.RENEW], "the last day"
    planning.clock.advance(timedelta(days=1))
    await planning.plan()
    assert await subjects(planning) == [Subject.RENEW, Subject.DELETED]


async def test_by_mail_where_no_chat_is_reached(office: Office) -> None:
    planning = office(mail=True)
    await planning.seed.mailbox("rossi", expires_in=-91)
    await planning.plan()
    (letter,) = await planning.letters()
    assert (letter.subject, letter.chat_id, letter.token) == (Subject.DELETED, None, None)


async def test_a_renewal_is_no_end(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=-90)
    await planning.join("rossi", CHAT)
    await planning.plan()
    written = len(await planning.letters())
    await planning.change_mailbox(box, expires_on=planning.seed.today + timedelta(days=275))
    planning.clock.advance(timedelta(days=1))
    await planning.plan()
    assert len(await planning.letters()) == written


async def test_what_was_begun_ends_with_the_last_mailbox_in_it(planning: Planning) -> None:
    first = await planning.seed.mailbox("rossi", plan="pro", expires_in=-89)
    second = await planning.seed.mailbox("rossi", plan="pro", expires_in=-88)
    actor = await planning.join("rossi", CHAT)
    await chosen(planning.services, actor, [first, second])
    await planning.plan()
    seen: list[str] = []
    for _ in range(3):
        planning.clock.advance(timedelta(days=1))
        await planning.plan()
        async with planning.database.read() as session:
            seen += (await session.scalars(select(DraftRow.status))).all()
    assert seen == ["open", "open", "discarded"]
