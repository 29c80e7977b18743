"""A year of reminders as a machine: clocks that jump, downtime, renewals, wishes, chats that come and go (DOMAIN.md 6).

The real planner, outbox and wishes over a real database, with a Telegram that notes what it is given. What must hold
for every message is checked as it is sent, what must have been told is checked after every look of the worker: above
all that the notice of an automatic renewal is never missing, and that nothing anybody wishes silences it.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import ChatRow, MailboxRow
from bot.domain.calendar import add_years, is_public_holiday, notice_date
from bot.domain.mailboxes import Expiring
from bot.domain.owed import is_owed, last_lawful_day, may_be_told, presses
from bot.domain.reminders import (
    LAST_DAY,
    MuteLevel,
    Subject,
    Watched,
    end_is_near,
    first_look,
    full_ladder,
    hours_are_open,
    is_urgent,
    ladder_of,
    last_steps,
    steps_of_declined,
)
from bot.services.actor import Actor
from bot.services.errors import CannotDecline, DayOutOfRange, NoMoreReminders
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.reminders.letters import Letter
from bot.services.reminders.preferences import About
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result
from bot.services.surroundings import Surroundings
from tests.services.importing.files import PERSON, Recorder, as_csv
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.databases import ReusedEngines
from tests.support.seed import Seed

T = TypeVar("T")

ROME = ZoneInfo("Europe/Rome")
CATALOGUE = example_catalogue()
RULES = CATALOGUE.rules
LADDER, LAST = full_ladder(RULES), last_steps(RULES)
SHARED, ALONE = "condivisa", "sola"
CHATS = {1: SHARED, 2: SHARED, 3: ALONE}

chats = st.sampled_from(sorted(CHATS))
numbers = st.integers(0, 5)


@dataclass(slots=True)
class Box:
    """A mailbox as the test knows it."""

    id: int
    customer: str
    expires_on: date
    address: str
    automatic: bool = False
    not_renewing: date | None = None

    @property
    def declined(self) -> bool:
        """Whether it is not renewed at the expiry that it has."""
        return self.not_renewing == self.expires_on

    def watched(self) -> Watched:
        """As the rules see it."""
        return Watched(
            self.expires_on,
            "pro",
            automatic=self.automatic,
            own_domain=False,
            has_open_order=False,
            declined=self.declined,
        )


class Year(RuleBasedStateMachine):
    """Two customers, one of them with two chats, and their mailboxes."""

    url: str
    engines: ReusedEngines

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = FrozenClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
        self.boxes: list[Box] = []
        self.told: set[tuple[int, int, date, int]] = set()
        """Chat, mailbox, expiry, step."""
        self.noticed: set[tuple[int, int, date]] = set()
        """Chat, mailbox, expiry: where a notice of an automatic renewal arrived."""
        self.ended: set[tuple[int, int, date]] = set()
        """Chat, mailbox, expiry: where the end arrived."""
        self.decided: dict[tuple[int, int, date, int], datetime] = {}
        """Chat, mailbox, expiry, step: when somebody decided to renew by hand, and so had no need of the step."""
        self.mutes: dict[tuple[int, int], MuteLevel] = {}
        self.snoozes: dict[tuple[int, int], tuple[date, date]] = {}
        self.off: dict[int, set[int]] = {chat: set() for chat in CHATS}
        self.blocked: set[int] = set()
        """Chats that cannot be written to, whether or not the bot has noticed."""

    def run(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return self.runner.run(wait())

    @property
    def today(self) -> date:
        return self.here.date()

    @property
    def here(self) -> datetime:
        return self.clock.now().astimezone(ROME)

    @initialize(
        shared=st.lists(st.integers(-95, 120), min_size=1, max_size=3),
        alone=st.lists(st.integers(-95, 120), min_size=1, max_size=2),
    )
    def begin(self, shared: list[int], alone: list[int]) -> None:
        self.run(self._begin({SHARED: shared, ALONE: alone}))

    async def _begin(self, left: dict[str, list[int]]) -> None:
        self.database = Database(self.url, KeyRing([KeyRing.new_key()]), self.engines.on(self.url))
        await self.database.start()
        surroundings = Surroundings(CATALOGUE, self.clock, ROME)
        self.services = build_services(self.database, surroundings, Told())
        self.outbox = Outbox(self.database, self.clock)
        self.sender = ReminderSender(self, self.database, surroundings, Addresses(_name, None), mail=False)
        seed = Seed(self.database, surroundings)
        for customer, each in left.items():
            for days in each:
                address = f"{customer}{len(self.boxes)}@pec.example"
                box_id = await seed.mailbox(customer, address=address, expires_in=days)
                self.boxes.append(Box(box_id, customer, self.today + timedelta(days=days), address))
        for chat, customer in CHATS.items():
            token = (await self.services.linking.invite(customer)).token
            await self.services.linking.redeem(Actor(chat, "it"), token)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.run(self.database.dispose())
        self.runner.close()

    # What happens

    @rule(hours=st.integers(1, 40))
    def hours_pass(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))

    @rule(days=st.integers(1, 90))
    def the_bot_is_down(self, days: int) -> None:
        self.clock.advance(timedelta(days=days))

    @rule(number=numbers, hour=st.integers(7, 21), look=st.booleans())
    def the_day_of_a_step_comes(self, number: int, hour: int, *, look: bool) -> None:
        box = self.boxes[number % len(self.boxes)]
        days = [box.expires_on - timedelta(days=step) for step in LADDER]
        days += [box.expires_on + timedelta(days=RULES.deletion_days + later) for later in (0, 1)]
        if box.automatic:
            days += [notice_date(box.expires_on, RULES), last_lawful_day(box.expires_on)]
        day = min((day for day in days if day > self.today), default=None)
        if day is not None:
            self.clock.moment = datetime.combine(day, time(hour), ROME)
        if look:
            self.the_worker_looks()

    @rule(chat=chats, number=numbers, on=st.booleans(), look=st.booleans())
    def somebody_switches_automatic_renewal(self, chat: int, number: int, *, on: bool, look: bool) -> None:
        box = self._of(chat, number)
        if not self.run(self.services.auto_renewal.set_auto_renewal(Actor(chat, "it"), box.id, on=on)):
            return
        box.automatic = on
        if on:
            box.not_renewing = None
        else:
            self._has_no_need_of_the_present_step(chat, box)
        if look:
            self.the_worker_looks()

    @rule(chat=chats, number=numbers, look=st.booleans())
    def somebody_does_not_renew(self, chat: int, number: int, *, look: bool) -> None:
        box = self._of(chat, number)
        try:
            self.run(self.services.declining.decline(Actor(chat, "it"), box.id))
        except CannotDecline:
            return
        if not box.declined:
            for reader in CHATS:
                self.snoozes.pop((reader, box.id), None)
        box.not_renewing = box.expires_on
        if look:
            self.the_worker_looks()

    @rule(chat=chats, number=numbers, look=st.booleans())
    def somebody_renews_after_all(self, chat: int, number: int, *, look: bool) -> None:
        box = self._of(chat, number)
        self.run(self.services.declining.take_back(Actor(chat, "it"), box.id))
        if box.declined:
            box.not_renewing = None
            self._has_no_need_of_the_present_step(chat, box)
        if look:
            self.the_worker_looks()

    def _has_no_need_of_the_present_step(self, chat: int, box: Box) -> None:
        """Who has just decided to renew by hand, or after all, knows of it."""
        left = (box.expires_on - self.today).days
        step = min((step for step in LADDER if step >= left), default=None)
        step = LAST_DAY if left == -RULES.deletion_days else step
        if step is not None and left >= -RULES.deletion_days:
            known = (chat, box.id, box.expires_on, step)
            if known not in self.told:
                self.decided[known] = self.clock.now()
            self.told.add(known)

    @rule()
    def the_worker_looks(self) -> None:
        self.run(self.services.reminders.run())
        self.run(self.deliver())
        while self.run(self.services.reminders.run()):  # it looks again and again, every minute
            self.run(self.deliver())
        self._check_that_all_was_told()

    @rule()
    def the_worker_dies_before_it_sends(self) -> None:
        self.run(self.services.reminders.run())

    @rule(number=numbers)
    def a_mailbox_is_renewed(self, number: int) -> None:
        box = self.boxes[number % len(self.boxes)]
        box.expires_on = add_years(box.expires_on, 1)
        changed = {
            "expires_on": box.expires_on,
            "remind_on": first_look(Expiring("pro", box.expires_on), CATALOGUE, self.today),
        }
        self.run(self._write(update(MailboxRow).where(MailboxRow.id == box.id).values(changed)))

    @rule(number=numbers, days=st.integers(-95, 120), look=st.booleans())
    def an_import_moves_an_expiry(self, number: int, days: int, *, look: bool) -> None:
        """Forwards or back, and perhaps to a day that it had before: a file is the operator's word."""
        box = self.boxes[number % len(self.boxes)]
        box.expires_on = self.today + timedelta(days=days)
        self.run(self._import(box))
        if look:
            self.the_worker_looks()

    async def _import(self, box: Box) -> None:
        row = PERSON | {
            "customer": box.customer,
            "reference_email": f"{box.customer}@example.com",
            "address": box.address,
            "plan": "standard",
            "expires_on": box.expires_on.isoformat(),
            "extra_mailbox_gb": "0",
            "used_mailbox_gb": "0",
            "used_archive_gb": "0",
            "usage_at": self.clock.now().isoformat(),
            "auto_renew": "true" if box.automatic else "false",
            "promo": "",
        }
        with NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(as_csv([row]))
            file.flush()
            with open_mailbox_file(Path(file.name)) as opened:
                report = await import_mailboxes(opened, self.database, self.services.surroundings, Recorder())
        assert (report.rows, report.refused) == (1, 0)

    @rule(chat=chats, number=numbers, level=st.sampled_from(MuteLevel))
    def somebody_mutes(self, chat: int, number: int, level: MuteLevel) -> None:
        box = self._of(chat, number)
        try:
            self.run(self.services.wishes.mute(Actor(chat, "it"), box.id, level))
        except NoMoreReminders:
            assert self._is_deleted(box)
            return
        self.mutes[chat, box.id] = level
        self.snoozes.pop((chat, box.id), None)

    @rule(chat=chats, number=numbers, look=st.booleans())
    def somebody_wants_to_hear_of_it_again(self, chat: int, number: int, *, look: bool) -> None:
        muted = [key for key in self.mutes if key[0] == chat]
        if not muted:
            return
        key = muted[number % len(muted)]
        try:
            self.run(self.services.wishes.unmute(Actor(chat, "it"), key[1]))
        except NoMoreReminders:
            assert self._is_deleted(next(box for box in self.boxes if box.id == key[1]))
            return
        del self.mutes[key]
        if look:
            self.the_worker_looks()

    @rule(chat=chats, number=numbers, days=st.integers(0, 30))
    def somebody_puts_off(self, chat: int, number: int, days: int) -> None:
        box, until = self._of(chat, number), self.today + timedelta(days=days)
        try:
            self.run(self.services.wishes.snooze(Actor(chat, "it"), About(box.id), until))
        except DayOutOfRange:
            return
        except NoMoreReminders:
            assert self._is_deleted(box)
            return
        assert until > self.today
        self.snoozes[chat, box.id] = (box.expires_on, until)
        if (chat, box.id) in self.mutes:
            self.mutes[chat, box.id] = MuteLevel.MOST

    @rule(chat=chats, step=st.sampled_from(LADDER), wanted=st.booleans())
    def somebody_chooses_steps(self, chat: int, step: int, *, wanted: bool) -> None:
        self.run(self.services.wishes.want_step(Actor(chat, "it"), step, wanted=wanted, sure=True))
        (self.off[chat].discard if wanted else self.off[chat].add)(step)

    @rule(chat=chats, number=numbers, hour=st.integers(9, 19), missed=st.booleans())
    def somebody_blocks_the_bot(self, chat: int, number: int, hour: int, *, missed: bool) -> None:
        self.blocked.add(chat)
        if missed:
            self.the_day_of_a_step_comes(number, hour, look=True)

    @rule(number=numbers, look=st.booleans())
    def somebody_comes_back(self, number: int, *, look: bool) -> None:
        if not self.blocked:
            return
        chat = sorted(self.blocked)[number % len(self.blocked)]
        self.blocked.discard(chat)
        self.run(self.services.chats.arrive(chat, "it"))
        if look:
            self.the_worker_looks()

    # What must hold

    async def send(self, claimed: Claimed) -> Outcome:
        """Take a message as Telegram does, and check it."""
        facts, chat = claimed.payload, claimed.chat_id
        assert chat is not None
        if chat in self.blocked:
            await self._write(
                update(ChatRow).where(ChatRow.id == chat).values(unreachable_at=self.clock.now())
            )
            return Outcome(Result.UNREACHABLE, "blocked")
        if "mailboxes" not in facts:
            return Outcome(Result.SENT)  # a chat was linked: no reminder
        letter = Letter.read(self.waiting[claimed.id], chat)
        if letter.owed:
            self._check_notice(letter, facts, chat)
            return Outcome(Result.SENT)
        if letter.subject is Subject.DELETED:
            self._check_end(facts, chat)
            return Outcome(Result.SENT)
        assert hours_are_open(self.here, RULES)
        steps = {entry.mailbox_id: (entry.expires_on, entry.step) for entry in letter.entries}
        said = facts["mailboxes"]
        urgent = any(
            is_urgent(Expiring("pro", date.fromisoformat(each["expires_on"])), CATALOGUE, self.today)
            for each in said
        )
        assert urgent or not is_public_holiday(self.today)
        for each in said:
            box = next(box for box in self.boxes if box.id == each["mailbox"])
            planned, step = steps[box.id]
            assert planned == box.expires_on == date.fromisoformat(each["expires_on"]), "renewed meanwhile"
            assert each["days"] == (box.expires_on - self.today).days
            assert each["days"] >= -RULES.deletion_days
            assert box.customer == CHATS[chat]
            is_last_day = step == LAST_DAY
            assert not box.declined or step is None or step in steps_of_declined(RULES)
            assert is_last_day or self.mutes.get((chat, box.id)) is not MuteLevel.ALL
            if step is None:
                expiry, until = self.snoozes.pop((chat, box.id))
                assert expiry == box.expires_on
                assert until <= self.today
                continue
            told = (chat, box.id, box.expires_on, step)
            # What waited as they decided may be true still, and leaves.
            waited = self.decided.pop(told, None)
            assert told not in self.told or (waited is not None and claimed.created_at <= waited)
            assert is_last_day or each["days"] <= step
            assert step not in self.off[chat]
            if (chat, box.id) in self.mutes or self._is_put_off(chat, box):
                assert is_last_day or step in LAST
            self.told.add(told)
            if not self._is_put_off(chat, box):
                self.snoozes.pop((chat, box.id), None)
        return Outcome(Result.SENT)

    def _check_notice(self, letter: Letter, facts: Mapping[str, Any], chat: int) -> None:
        """A notice is true, comes at a decent hour unless it presses, and once."""
        for each in facts["mailboxes"]:
            box = next(box for box in self.boxes if box.id == each["mailbox"])
            assert box.customer == CHATS[chat]
            assert each["expires_on"] == box.expires_on.isoformat()
            assert is_owed(box.watched(), CATALOGUE, self.today)
            assert (chat, box.id, box.expires_on) not in self.noticed
            self.noticed.add((chat, box.id, box.expires_on))
        decent = hours_are_open(self.here, RULES) and not is_public_holiday(self.today)
        boxes = [box for box in self.boxes if box.id in {each["mailbox"] for each in facts["mailboxes"]}]
        assert decent or any(presses(self.here, box.expires_on, RULES) for box in boxes), letter

    def _check_end(self, facts: Mapping[str, Any], chat: int) -> None:
        """The end is told at a decent hour, from the day after the last one, while it is news, and once."""
        assert hours_are_open(self.here, RULES)
        assert not is_public_holiday(self.today)
        for each in facts["mailboxes"]:
            box = next(box for box in self.boxes if box.id == each["mailbox"])
            assert box.customer == CHATS[chat]
            assert each["expires_on"] == box.expires_on.isoformat()
            assert not box.declined
            assert end_is_near(Expiring("pro", box.expires_on), CATALOGUE, self.today)
            assert (chat, box.id, box.expires_on) not in self.ended
            self.ended.add((chat, box.id, box.expires_on))

    def _check_that_ends_were_told(self) -> None:
        """Of what was deleted one reachable chat at least knows, whatever it wished."""
        if not hours_are_open(self.here, RULES) or is_public_holiday(self.today):
            return
        for box in self.boxes:
            reached = [chat for chat in CHATS.keys() - self.blocked if CHATS[chat] == box.customer]
            near = end_is_near(Expiring("pro", box.expires_on), CATALOGUE, self.today)
            if reached and near and not box.declined:
                assert any(
                    (mailbox, expiry) == (box.id, box.expires_on) for _, mailbox, expiry in self.ended
                ), box

    def _check_that_notices_were_given(self) -> None:
        """Of what renews itself one reachable chat at least knows, from the day on which that is owed."""
        for box in self.boxes:
            reached = [chat for chat in CHATS.keys() - self.blocked if CHATS[chat] == box.customer]
            if not reached or not is_owed(box.watched(), CATALOGUE, self.today):
                continue
            if may_be_told(self.here, box.expires_on, RULES):
                assert any(
                    (mailbox, expiry) == (box.id, box.expires_on) for _, mailbox, expiry in self.noticed
                ), (box, self.here)

    def _check_that_all_was_told(self) -> None:
        """Whoever is reached has heard of the step at which each mailbox stands, or another chat of theirs has."""
        self._check_that_notices_were_given()
        self._check_that_ends_were_told()
        if not hours_are_open(self.here, RULES):
            return
        for chat in CHATS.keys() - self.blocked:
            for box in self.boxes:
                left = (box.expires_on - self.today).days
                if box.customer != CHATS[chat] or not -RULES.deletion_days <= left:
                    continue
                if is_public_holiday(self.today) and not is_urgent(
                    Expiring("pro", box.expires_on), CATALOGUE, self.today
                ):
                    continue
                quiet = (chat, box.id) in self.mutes or self._is_put_off(chat, box)
                wanted = [
                    step
                    for step in ladder_of(box.watched(), RULES)
                    if step >= left
                    and step not in self.off[chat]
                    and ((chat, box.id) not in self.mutes or step in LAST)
                ]
                step = min(wanted, default=None)
                if left == -RULES.deletion_days and not box.declined:  # which nobody silences
                    self._check_heard(box, LAST_DAY)
                    continue
                if step is None or self.mutes.get((chat, box.id)) is MuteLevel.ALL:
                    continue
                if quiet and step not in LAST:
                    continue
                self._check_heard(box, step)

    def _check_heard(self, box: Box, step: int) -> None:
        """A chat of the mailbox's customer has heard of this step, or of one that is more urgent."""
        heard = {
            told
            for reader, mailbox, expiry, told in self.told
            if (mailbox, expiry) == (box.id, box.expires_on) and CHATS[reader] == box.customer
        }
        assert any(told <= step for told in heard), (box, step, heard)

    def _is_put_off(self, chat: int, box: Box) -> bool:
        expiry, until = self.snoozes.get((chat, box.id), (None, self.today))
        return expiry == box.expires_on and until > self.today

    def _of(self, chat: int, number: int) -> Box:
        own = [box for box in self.boxes if box.customer == CHATS[chat]]
        return own[number % len(own)]

    def _is_deleted(self, box: Box) -> bool:
        return self.today > box.expires_on + timedelta(days=RULES.deletion_days)

    async def deliver(self) -> None:
        """Send all that waits."""
        while claimed := await self.outbox.claim(Channel.TELEGRAM, 20):
            self.waiting: dict[int, Any] = {row.id: row.payload for row in claimed}
            # As a worker does: all of it is judged before any of it leaves, and nothing is settled before that.
            ready = await self.sender.judge(claimed)
            left = [each.leave if isinstance(each.leave, Outcome) else await each.leave() for each in ready]
            await self.outbox.settle_all(list(zip(claimed, left, strict=True)))

    async def _write(self, statement: Any) -> None:
        async with self.database.write() as session:
            await session.execute(statement)


async def _name() -> str:
    return "rinnovo_bot"
