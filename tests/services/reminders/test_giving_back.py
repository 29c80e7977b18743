"""A step that was planned, waited while no worker sent, and reached nobody, is noted as told no longer (DOMAIN.md 6).

Noted as told it would stand before a step that its reader still wants, or that comes anew. Paths through the machine's
year that were found by it, and their siblings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.reminders import LAST_DAY, MuteLevel
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result
from tests.services.reminders.conftest import Planning
from tests.services.reminders.year import Box, Year
from tests.support.databases import ReusedEngines
from tests.support.long_runs import long
from tests.support.ordering import chosen, place

FIRST, SECOND, ALONE = 1, 2, 3
"""Two chats of one customer, and one of another."""

Act = Callable[[Year, int], None]


@pytest.fixture
def year(fresh_files: Any, near_engines: ReusedEngines) -> Iterator[Year]:
    """A year that has not begun."""
    year = Year()
    year.url, year.engines = fresh_files(), near_engines
    yield year
    year.teardown()


def wants_only_the_last(year: Year, chat: int) -> None:
    year.somebody_mutes(chat=chat, number=0, level=MuteLevel.MOST)


def wants_none(year: Year, chat: int) -> None:
    year.somebody_mutes(chat=chat, number=0, level=MuteLevel.ALL)


def wants_none_and_then_only_the_last(year: Year, chat: int) -> None:
    year.somebody_mutes(chat=chat, number=0, level=MuteLevel.ALL)
    year.the_worker_looks()
    year.somebody_mutes(chat=chat, number=0, level=MuteLevel.MOST)


def wants_fewer(year: Year, chat: int) -> None:
    for step in (-7, -30, -60, -75):
        year.somebody_chooses_steps(chat=chat, step=step, wanted=False)


def heard(year: Year, box: Box) -> set[tuple[int, int]]:
    """Which chats heard which steps of a mailbox's present expiry."""
    return {
        (chat, step)
        for chat, mailbox, expiry, step in year.told
        if (mailbox, expiry) == (box.id, box.expires_on)
    }


@pytest.mark.parametrize("first", ["puts off", *long("mutes")])
def test_a_step_that_everybody_silenced_before_it_left_does_not_swallow_the_last_one(
    year: Year, first: str
) -> None:
    """Imported long after its expiry, planned, silenced by both of its chats before the worker came to send it.

    The chat that wants only the last steps heard nothing at all until five days before the deletion.
    """
    year.begin(shared=[-67], alone=[0])
    year.hours_pass(1)
    year.the_worker_dies_before_it_sends()
    for act in (first, "mutes" if first == "puts off" else "puts off"):
        if act == "mutes":
            year.somebody_mutes(chat=1, number=0, level=MuteLevel.MOST)
        else:
            year.somebody_puts_off(chat=2, number=0, days=11)
    year.the_worker_looks()
    assert (1, year.boxes[0].id, year.boxes[0].expires_on, 0) in year.told


@pytest.mark.parametrize(
    ("act", "planned_again"),
    [
        (wants_none_and_then_only_the_last, True),
        *long(
            (wants_only_the_last, False),
            (wants_only_the_last, True),
            (wants_none_and_then_only_the_last, False),
            (wants_fewer, False),
            (wants_fewer, True),
        ),
    ],
)
def test_a_step_that_was_overtaken_as_it_waited_does_not_swallow_the_one_that_is_wanted(
    year: Year, act: Act, *, planned_again: bool
) -> None:
    """Planned at -72 for -60, not sent; three days later, with -75 due, its chat wants less."""
    year.begin(shared=[120], alone=[-72])
    year.the_worker_dies_before_it_sends()
    year.hours_pass(72)
    if planned_again:
        year.the_worker_dies_before_it_sends()
    act(year, ALONE)
    year.the_worker_dies_before_it_sends()
    year.the_worker_looks()
    assert heard(year, year.boxes[1]) == {(ALONE, 0)}


@pytest.mark.soak
@pytest.mark.parametrize(
    ("hours", "second", "hears"),
    [
        (0, wants_only_the_last, {(FIRST, 0), (SECOND, 0)}),
        (72, wants_none, {(FIRST, 0)}),
        *long((72, wants_only_the_last, {(FIRST, 0), (SECOND, 0)}), (0, wants_none, {(FIRST, 0)})),
    ],
)
def test_so_it_is_where_both_chats_have_silenced_what_is_judged_beside_each_other(
    year: Year, hours: int, second: Act, hears: set[tuple[int, int]]
) -> None:
    """Neither of the two messages counts on the other one: both are judged before either is settled."""
    year.begin(shared=[-72], alone=[120])
    year.the_worker_dies_before_it_sends()
    if hours:
        year.hours_pass(hours)
    wants_only_the_last(year, FIRST)
    second(year, SECOND)
    year.the_worker_looks()
    assert heard(year, year.boxes[0]) == hears


def test_what_waits_for_its_hour_is_not_given_up_however_old_it_is(year: Year) -> None:
    """Nobody sent for six days, and the worker is back on a Sunday before the hours of reminders."""
    year.begin(shared=[120], alone=[46])
    year.the_worker_dies_before_it_sends()
    year.hours_pass(6 * 24 - 4)
    year.the_worker_looks()
    assert heard(year, year.boxes[1]) == set()
    year.hours_pass(27)
    year.the_worker_looks()
    assert heard(year, year.boxes[1]) == {(ALONE, 60)}


def test_what_another_chat_has_heard_stays_told(year: Year) -> None:
    """The chat that wants only the last steps hears no older one after another chat heard the present step."""
    year.begin(shared=[-72], alone=[120])
    year.the_worker_dies_before_it_sends()
    wants_only_the_last(year, FIRST)
    year.the_worker_looks()
    assert heard(year, year.boxes[0]) == {(SECOND, -60)}
    year.the_worker_looks()
    assert heard(year, year.boxes[0]) == {(SECOND, -60)}


@pytest.mark.parametrize(
    ("left", "step"),
    [(-90, LAST_DAY), *long((7, 7), (0, 0), (-72, -60))],
)
def test_an_expiry_that_moved_away_as_its_step_waited_is_told_of_when_it_comes_back(
    year: Year, left: int, step: int
) -> None:
    year.begin(shared=[120], alone=[left])
    year.the_worker_dies_before_it_sends()
    year.an_import_moves_an_expiry(number=1, days=300, look=True)
    assert heard(year, year.boxes[1]) == set()
    year.an_import_moves_an_expiry(number=1, days=left, look=True)
    assert heard(year, year.boxes[1]) == {(ALONE, step)}


def test_so_is_an_end(year: Year) -> None:
    year.begin(shared=[120], alone=[-91])
    year.the_worker_dies_before_it_sends()
    year.an_import_moves_an_expiry(number=1, days=300, look=True)
    assert not year.ended
    year.an_import_moves_an_expiry(number=1, days=-91, look=True)
    box = year.boxes[1]
    assert year.ended == {(ALONE, box.id, box.expires_on)}


@pytest.mark.parametrize(("left", "step"), [(-72, -60), *long((0, 0), (-90, LAST_DAY))])
def test_what_waited_as_a_mailbox_was_let_renew_itself_is_told_as_it_is_now(
    year: Year, left: int, step: int
) -> None:
    """No payment came for it: that is not the same message, and it was not told."""
    year.begin(shared=[120], alone=[left])
    year.the_worker_dies_before_it_sends()
    year.somebody_switches_automatic_renewal(chat=ALONE, number=0, on=True, look=True)
    assert heard(year, year.boxes[1]) == {(ALONE, step)}


def test_who_decides_to_renew_by_hand_is_not_told_what_waited(year: Year) -> None:
    year.begin(shared=[0], alone=[120])
    year.somebody_switches_automatic_renewal(chat=FIRST, number=0, on=True, look=False)
    year.the_worker_dies_before_it_sends()
    year.somebody_switches_automatic_renewal(chat=FIRST, number=0, on=False, look=False)
    year.told.clear()
    year.run(year.services.reminders.run())
    year.run(year.deliver())
    assert year.told == set()


@dataclass
class Chats:
    """Takes every message, and keeps what each reminder was about."""

    planning: Planning
    taken: list[tuple[int | None, str]] = field(default_factory=list)

    async def send(self, claimed: Claimed) -> Outcome:
        if "mailboxes" in claimed.payload:
            self.taken.append((claimed.chat_id, claimed.payload["message"]))
        return Outcome(Result.SENT)

    async def look(self) -> list[tuple[int | None, str]]:
        """Plan what is due and deliver all that waits; what was told of."""
        planning = self.planning
        outbox = Outbox(planning.database, planning.clock)
        sender = ReminderSender(
            self, planning.database, planning.surroundings, Addresses(_name, None), mail=False
        )
        self.taken.clear()
        await planning.plan()
        while claimed := await outbox.claim(Channel.TELEGRAM, 20):
            ready = await sender.judge(claimed)
            left = [each.leave if isinstance(each.leave, Outcome) else await each.leave() for each in ready]
            await outbox.settle_all(list(zip(claimed, left, strict=True)))
        return self.taken


async def _name() -> str:
    return "rinnovo_bot"


async def test_who_has_ordered_meanwhile_is_not_asked_to_pay_at_once(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=7)
    actor, chats = await planning.join("rossi", FIRST), Chats(planning)
    await planning.plan()
    await place(planning.services, actor, await chosen(planning.services, actor, [box]))
    assert await chats.look() == []
    planning.clock.advance(timedelta(days=4))
    assert await chats.look() == [(FIRST, "reminder-awaiting-payment")]


async def test_what_waited_about_an_order_that_was_cancelled_is_told_as_it_is_now(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=7)
    actor, chats = await planning.join("rossi", FIRST), Chats(planning)
    order = await place(planning.services, actor, await chosen(planning.services, actor, [box]))
    await planning.plan()
    await planning.services.orders.cancel(actor, order.number)
    assert await chats.look() == []
    assert await chats.look() == [(FIRST, "reminder-renew")]


@pytest.mark.soak
async def test_of_an_order_too_the_last_steps_are_not_swallowed(planning: Planning) -> None:
    """Both of its chats silence what waits about it, and are judged beside each other."""
    box = await planning.seed.mailbox("rossi", expires_in=-10)
    actor, other, chats = (
        await planning.join("rossi", FIRST),
        await planning.join("rossi", SECOND),
        Chats(planning),
    )
    await place(planning.services, actor, await chosen(planning.services, actor, [box]))
    await planning.plan()
    for each in (actor, other):
        await planning.services.wishes.mute(each, box, MuteLevel.MOST)
    await chats.look()
    assert sorted(await chats.look()) == [
        (FIRST, "reminder-awaiting-payment"),
        (SECOND, "reminder-awaiting-payment"),
    ]


@pytest.mark.soak
async def test_what_another_chat_has_heard_of_many_mailboxes_stays_told(planning: Planning) -> None:
    """Found by its key, whatever other mailboxes its message spoke of; on both databases."""
    boxes = [
        await planning.seed.mailbox("rossi", expires_in=-10, address=f"m{n}@pec.example") for n in range(3)
    ]
    actor, chats = await planning.join("rossi", FIRST), Chats(planning)
    await planning.join("rossi", SECOND)
    await planning.services.wishes.mute(actor, boxes[0], MuteLevel.ALL)
    await planning.plan()
    await planning.services.wishes.mute(actor, boxes[1], MuteLevel.MOST)
    await planning.services.wishes.mute(actor, boxes[2], MuteLevel.MOST)
    assert await chats.look() == [(SECOND, "reminder-renew")]
    assert await chats.look() == []
