"""What the planner writes: once, for whole customers, in one transaction with what was told (DOMAIN.md 6)."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.app import Told, build_services
from bot.db.tables import OutboxRow, SnoozeRow
from bot.domain.catalogue import RemindByMail
from bot.domain.reminders import MuteLevel, Subject
from bot.services.reminders import letters, planner
from bot.services.reminders.preferences import About
from tests.services.reminders.conftest import Office, Planning
from tests.support.catalogue import example_catalogue
from tests.support.ground import on_both
from tests.support.long_runs import long

CHAT = 7


async def test_one_message_speaks_of_all_that_is_due_of_a_customer(planning: Planning) -> None:
    boxes = [await planning.seed.mailbox("rossi", expires_in=days) for days in (30, 15, 200, 12)]
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
    (letter,) = await planning.letters()
    assert [entry.mailbox_id for entry in letter.entries] == [boxes[3], boxes[1], boxes[0]], (
        "the soonest first"
    )
    assert [entry.step for entry in letter.entries] == [15, 15, 30]
    assert letter.chat_id == CHAT


async def test_planned_twice_is_planned_once(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
    assert await planning.plan() == 0
    await planning.change_mailbox(box, remind_on=planning.surroundings.today())
    assert await planning.plan() == 0, "looking once too often changes nothing"
    assert await planning.keys() == [(box, planning.seed.today + timedelta(days=15), 15)]


async def test_the_next_look_is_the_day_of_the_next_step(planning: Planning) -> None:
    boxes = {left: await planning.seed.mailbox("rossi", expires_in=left) for left in (200, 15, 0, -85, -91)}
    await planning.join("rossi", CHAT)
    await planning.plan()
    looks, today = await planning.looks(), planning.seed.today
    assert looks[boxes[200]] == today + timedelta(days=110)
    assert looks[boxes[15]] == today + timedelta(days=8)
    assert looks[boxes[0]] == today + timedelta(days=7)
    assert looks[boxes[-85]] == today + timedelta(days=5), "the last day"
    assert looks[boxes[-91]] is None


@pytest.mark.parametrize(
    ("hour", "minute", "planned"), [(7, 59, 0), (18, 59, 1), (19, 0, 0), *long((8, 0, 1), (23, 30, 0))]
)
async def test_outside_of_the_hours_of_rome_nothing_is_planned(
    planning: Planning, hour: int, minute: int, planned: int
) -> None:
    await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    planning.clock.moment = datetime(2026, 11, 23, hour, minute, tzinfo=UTC)  # an hour earlier than Rome
    assert await planning.plan() == planned


async def test_on_a_holiday_only_what_is_urgent_is_planned_and_the_rest_the_day_after(
    planning: Planning,
) -> None:
    planning.clock.moment = datetime(2026, 12, 8, 10, tzinfo=UTC)
    near = await planning.seed.mailbox("rossi", expires_in=3)
    far = await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    await planning.plan()
    planning.clock.advance(timedelta(days=1))
    await planning.plan()
    first, second = await planning.letters()
    assert [entry.mailbox_id for entry in first.entries] == [near]
    assert [entry.mailbox_id for entry in second.entries] == [far]


async def test_after_a_downtime_only_the_most_urgent_step_is_told(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=90)
    await planning.join("rossi", CHAT)
    await planning.plan()
    planning.clock.advance(timedelta(days=81))
    await planning.plan()
    assert [step for _, _, step in await planning.keys()] == [90, 15]
    assert len(await planning.letters()) == 2
    assert (await planning.looks())[box] == planning.seed.today + timedelta(days=2)


@pytest.mark.parametrize("most", [4, *long(letters.MOST_MAILBOXES)])
async def test_more_than_one_order_can_hold_makes_several_messages(
    planning: Planning, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(letters, "MOST_MAILBOXES", most)
    for _ in range(most + 1):
        await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 2
    assert [len(letter.entries) for letter in await planning.letters()] == [most, 1]


async def test_batches_keep_customers_whole(planning: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "CUSTOMERS", 2)
    monkeypatch.setattr(planner, "MAILBOXES", 3)
    for customer in ("rossi", "verdi", "bianchi", "neri"):
        for days in (15, 15):
            await planning.seed.mailbox(customer, expires_in=days)
        await planning.join(customer, ord(customer[0]))
    assert await planning.plan() == 4
    assert [len(letter.entries) for letter in await planning.letters()] == [2, 2, 2, 2]


async def test_a_customer_with_more_mailboxes_than_a_batch_holds_is_planned_to_the_end(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "MAILBOXES", 3)
    for _ in range(7):
        await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    await planning.plan()
    assert sum(len(letter.entries) for letter in await planning.letters()) == 7


@on_both
@pytest.mark.parametrize("customers", [5, *long(30)])
async def test_workers_that_plan_at_once_write_each_reminder_once(planning: Planning, customers: int) -> None:
    for number in range(customers):
        await planning.seed.mailbox(f"cliente{number}", expires_in=15)
        await planning.join(f"cliente{number}", 1000 + number)
    others = [build_services(planning.database, planning.surroundings, Told()) for _ in range(3)]
    await asyncio.gather(planning.plan(), *(other.reminders.run() for other in others))
    await planning.plan()
    readers = [letter.chat_id for letter in await planning.letters()]
    assert sorted(reader or 0 for reader in readers) == [1000 + number for number in range(customers)]


async def test_what_cannot_be_written_leaves_nothing_half_written(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)

    async def fail(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(planner, "look_on", fail)
    with pytest.raises(ConnectionError):
        await planning.plan()
    assert (await planning.letters(), await planning.keys()) == ([], [])
    monkeypatch.undo()
    assert await planning.plan() == 1


async def test_two_chats_of_a_customer_are_both_told_and_who_joins_later_is_not(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=15)
    for chat in (1, 2):
        await planning.join("rossi", chat)
    await planning.plan()
    await planning.join("rossi", 3)
    await planning.plan()
    assert [letter.chat_id for letter in await planning.letters()] == [1, 2]


async def test_what_one_chat_muted_the_other_hears(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=15)
    quiet, other = await planning.join("rossi", 1), await planning.join("rossi", 2)
    await planning.services.wishes.mute(quiet, box, MuteLevel.ALL)
    await planning.plan()
    assert [letter.chat_id for letter in await planning.letters()] == [other.chat_id]


async def test_without_anybody_to_tell_nothing_is_noted_and_who_comes_is_told(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=15)
    assert await planning.plan() == 0
    assert await planning.keys() == []
    planning.clock.advance(timedelta(days=2))
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1


async def test_without_a_chat_an_e_mail_goes_out_with_a_link(office: Office) -> None:
    planning = office(mail=True)
    box = await planning.seed.mailbox("rossi", expires_in=15)
    assert await planning.plan() == 1
    async with planning.database.read() as session:
        row = (await session.execute(select(OutboxRow))).scalar_one()
    assert (row.channel, row.chat_id, row.bulk) == ("mail", None, True)
    token = row.payload["token"]
    actor = await planning.join("rossi", CHAT)
    linked = await planning.services.linking.redeem(actor, token)
    assert getattr(linked, "mailbox_id", None) == box
    await planning.plan()
    assert len(await planning.letters()) == 1, "the step was told by e-mail"


async def test_a_chat_that_is_gone_is_replaced_by_e_mail(office: Office) -> None:
    planning = office(mail=True)
    await planning.seed.mailbox("rossi", expires_in=30)
    await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.lose(CHAT)
    planning.clock.advance(timedelta(days=16))
    await planning.plan()
    assert [letter.chat_id for letter in await planning.letters()] == [CHAT, None]


async def test_the_operator_may_want_e_mails_for_all(office: Office) -> None:
    catalogue = example_catalogue()
    rules = replace(catalogue.rules, remind_by_mail=RemindByMail.ALWAYS)
    planning = office(mail=True, catalogue=replace(catalogue, rules=rules))
    await planning.seed.mailbox("rossi", expires_in=15)
    await planning.join("rossi", CHAT)
    await planning.plan()
    assert [letter.chat_id for letter in await planning.letters()] == [CHAT, None]


async def test_a_chat_may_want_e_mail_too(office: Office) -> None:
    planning = office(mail=True)
    await planning.seed.mailbox("rossi", expires_in=15)
    actor = await planning.join("rossi", CHAT)
    await planning.services.wishes.want_mail(actor, on=True)
    await planning.plan()
    assert [letter.chat_id for letter in await planning.letters()] == [CHAT, None]


async def test_a_day_that_was_asked_for_is_told_once_and_forgotten(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=30)
    actor = await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.deliver()
    until = planning.seed.today + timedelta(days=3)
    await planning.services.wishes.snooze(actor, About(box), until)
    assert (await planning.looks())[box] == planning.seed.today
    assert await planning.plan() == 0
    assert (await planning.looks())[box] == until
    planning.clock.advance(timedelta(days=3))
    assert await planning.plan() == 1
    assert (await planning.letters())[-1].entries[0].step is None
    async with planning.database.read() as session:
        assert (await session.execute(select(SnoozeRow))).first() is None


async def test_a_snooze_of_the_old_expiry_says_nothing_of_the_new_one(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=30)
    actor = await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.services.wishes.snooze(actor, About(box), planning.seed.today + timedelta(days=3))
    await planning.change_mailbox(
        box, expires_on=planning.seed.today + timedelta(days=395), remind_on=planning.seed.today
    )
    planning.clock.advance(timedelta(days=3))
    assert await planning.plan() == 0


async def test_a_changed_ladder_is_followed_from_the_next_start_on(office: Office) -> None:
    first = office()
    box = await first.seed.mailbox("rossi", expires_in=50)
    await first.join("rossi", CHAT)
    await first.plan()
    assert (await first.looks())[box] == first.seed.today + timedelta(days=20)
    catalogue = example_catalogue()
    rules = replace(catalogue.rules, ladder_before=(90, 50, 0))
    second = office(catalogue=replace(catalogue, rules=rules))
    assert await second.plan() == 1
    assert [step for _, _, step in await second.keys()] == [60, 50]


async def test_mailboxes_from_before_there_were_reminders_are_found(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=15)
    far = await planning.seed.mailbox("rossi", expires_in=300)
    await planning.join("rossi", CHAT)
    for each in (box, far):
        await planning.change_mailbox(each, remind_on=None)
    assert await planning.plan() == 1
    assert (await planning.looks())[far] == planning.seed.today + timedelta(days=210)


async def test_several_subjects_make_a_message_each(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=15)
    await planning.seed.mailbox("rossi", expires_in=30, auto_renew=True)
    await planning.seed.mailbox("rossi", expires_in=30, plan="domain")
    await planning.join("rossi", CHAT)
    await planning.plan()
    assert {letter.subject for letter in await planning.letters()} == {
        Subject.RENEW,
        Subject.AUTOMATIC,
        Subject.OWN_DOMAIN,
    }


async def test_who_switches_the_automatic_renewal_off_needs_no_reminder_of_the_same_step(
    planning: Planning,
) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=45, auto_renew=True)
    actor = await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.services.auto_renewal.set_auto_renewal(actor, box, on=False)
    assert await planning.plan() == 0
    planning.clock.advance(timedelta(days=16))
    assert await planning.plan() == 1


async def test_the_planner_finds_what_is_due_by_an_index(planning: Planning) -> None:
    async with planning.database.read() as session:
        if session.get_bind().dialect.name != "sqlite":
            return  # a planner that goes by statistics: an empty table is read as it is
        plan = await session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT customer_id FROM mailbox WHERE remind_on <= '2026-11-23' "
                "ORDER BY remind_on, customer_id LIMIT 500"
            )
        )
        steps = [row[-1] for row in plan]
    assert steps == ["SEARCH mailbox USING COVERING INDEX ix_mailbox_remind_on (remind_on<?)"]


async def test_a_reminder_that_could_not_leave_before_it_was_put_off_is_said_once(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=30)
    actor = await planning.join("rossi", CHAT)
    await planning.plan()  # and Telegram is away for days
    await planning.services.wishes.snooze(actor, About(box), planning.seed.today + timedelta(days=9))
    planning.clock.advance(timedelta(days=9))
    await planning.plan()
    assert [entry.step for letter in await planning.letters() for entry in letter.entries] == [30]
    async with planning.database.read() as session:
        assert (await session.execute(select(SnoozeRow))).first() is None
