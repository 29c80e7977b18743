"""The planner: finds the reminders that are due, and writes each of them to the outbox once (DOMAIN.md 6).

`MailboxRow.remind_on` says on which day to look at a mailbox; what is found due is written in one transaction together
with the steps that were told and the next day to look. Any number of workers may plan: one does at a time.
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta

from sqlalchemy import Integer, bindparam, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import LinkTokenRow, MailboxRow, ReminderRow, SnoozeRow
from bot.db.tables_ground import NoteRow
from bot.db.upsert import insert_all_absent, upsert
from bot.domain.calendar import is_public_holiday
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import Expiring, is_deleted
from bot.domain.owed import next_way_at
from bot.domain.readers import audience
from bot.domain.reminders import (
    Due,
    Subject,
    first_look,
    full_ladder,
    hours_are_open,
    is_urgent,
    may_leave,
    next_look,
    subject_of,
)
from bot.services.beats import Beats
from bot.services.closing import end_drafts
from bot.services.reminders.batch import (
    Batch,
    Box,
    mailboxes_query,
    read_batch,
    read_waiting,
    to_box,
)
from bot.services.reminders.filling import SpacePlan, read_untold
from bot.services.reminders.letters import WITH_LINK, Entry, Letter, in_letters, link_for
from bot.services.reminders.owed import OwedPlan, pressing
from bot.services.reminders.taken_over import take_over
from bot.services.sending.outbox import Channel, Message, put_many
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.services.watching import look_on

CUSTOMERS = 500
"""Whose mailboxes are looked at in one transaction: nobody who taps meanwhile waits long."""
MAILBOXES = 5000
"""Mailboxes that are in memory at a time."""
_LADDER_NOTE = "reminder-ladder"
_LOCK = 0x52454D49
"""The advisory lock of the planner on PostgreSQL; SQLite has one writer anyway."""

_CUSTOMERS_DUE = (
    select(MailboxRow.customer_id)
    .where(MailboxRow.remind_on <= bindparam("today"))
    .order_by(MailboxRow.remind_on, MailboxRow.customer_id)
    .limit(bindparam("customers", type_=Integer))
)
_DUE = (
    select(MailboxRow.customer_id, MailboxRow.id)
    .where(MailboxRow.remind_on <= bindparam("today"), MailboxRow.customer_id.in_(_CUSTOMERS_DUE))
    .order_by(MailboxRow.customer_id, MailboxRow.id)
    .limit(bindparam("most", type_=Integer))
)
"""The mailboxes whose day has come: asked for every few seconds, and nearly always in vain."""


@dataclass(slots=True)
class _Plan:
    """What one transaction writes."""

    entries: dict[tuple[int | None, int, Subject, str | None], list[Entry]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By reader (a chat, None for e-mail), customer, subject and order."""
    told: list[Entry] = field(default_factory=list)
    woken: list[tuple[int, int]] = field(default_factory=list)
    looks: dict[date | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    owed: OwedPlan = field(default_factory=OwedPlan)
    space: SpacePlan = field(default_factory=SpacePlan)
    ended: list[int] = field(default_factory=list)
    """Mailboxes that were deleted, or are gone: renewals of them end."""

    def letters(self, name: str) -> list[Letter]:
        return self.owed.letters(name) + [
            Letter(customer_id, subject, portion, name, chat_id, order)
            for (chat_id, customer_id, subject, order), entries in self.entries.items()
            for portion in in_letters(entries)
        ]


class Reminders:
    """Plans the reminders of all customers."""

    def __init__(self, database: Database, surroundings: Surroundings, vitals: Vitals, *, mail: bool) -> None:
        """Plan for the mailboxes in `database`; `mail` says whether e-mail is set up."""
        self._database = database
        self._surroundings = surroundings
        self._vitals = vitals
        self._beats = Beats(database)
        self._mail = mail
        self._followed: str | None = None
        self._took_over = False

    async def run(self) -> int:
        """Write what is due now; outside of the hours of reminders only notices that cannot wait for them.

        The second time, nothing.

        Returns:
            How many messages were written.
        """
        surroundings = self._surroundings
        if not self._took_over:
            await take_over(self._database, surroundings)
            self._took_over = True
        here, rules = surroundings.here(), surroundings.catalogue.rules
        written = 0
        if not may_leave(here, rules, urgent=False):
            while (found := await self._plan_pressing()) is not None:
                written += found
        if not hours_are_open(here, rules):
            return written
        await self._follow_the_ladder()
        while (found := await self._plan_some()) is not None:
            written += found
        self._vitals.planned(written)
        await self._beats.planned()
        return written

    async def _plan_pressing(self) -> int | None:
        """Plan the notices of a number of mailboxes that cannot wait for the next opening; None when there are none."""
        async with self._database.write() as session:
            if not await _alone(session):
                return None
            found = await pressing(session, self._surroundings, MAILBOXES)
            ids = [mailbox_id for each in found.values() for mailbox_id in each]
            if not ids:
                return None
            plan, batch = _Plan(), await read_batch(session, await self._held(session, ids))
            for box in batch.boxes:
                plan.owed.judge(batch, box, self._surroundings, mail=self._mail)
            return await self._write(session, plan)

    async def _plan_some(self) -> int | None:
        """Plan for a number of customers, and return how many messages that makes; None when nobody is left."""
        async with self._database.write() as session:
            # 1. One worker plans at a time.
            if not await _alone(session):
                return None  # another worker is at it
            # 2. Mailboxes whose day has come are held, whole customers of them.
            boxes = await self._take(session)
            if not boxes:
                return None
            # 3. All that decides about them is read at once.
            batch = await read_batch(session, boxes)
            await read_waiting(session, batch, self._surroundings.today())
            # 4. What is due is written with the steps that were told and the next day to look: all of it, or nothing.
            space = SpacePlan(await read_untold(session, [box.id for box in boxes]))
            return await self._write(session, self._judge(batch, space))

    async def _take(self, session: AsyncSession) -> list[Box]:
        """The mailboxes to look at, whole customers only, so that one message speaks of all that is due."""
        today = self._surroundings.today()
        found = (
            await session.execute(_DUE, {"today": today, "customers": CUSTOMERS, "most": MAILBOXES + 1})
        ).all()
        if len(found) > MAILBOXES and found[0].customer_id != found[-1].customer_id:
            found = [row for row in found if row.customer_id != found[-1].customer_id]
        return await self._held(session, [row.id for row in found[:MAILBOXES]])

    async def _held(self, session: AsyncSession, ids: Sequence[int]) -> list[Box]:
        """These mailboxes, as they are until the transaction ends."""
        # Locked in the order of their ids, as everybody does who needs several; what is decided now is decided on what
        # they are now.
        rows = await session.execute(
            mailboxes_query(MailboxRow.id.in_(ids)).order_by(MailboxRow.id).with_for_update(of=MailboxRow)
        )
        return [to_box(row, self._surroundings.catalogue) for row in rows]

    def _judge(self, batch: Batch, space: SpacePlan) -> _Plan:
        plan = _Plan(space=space)
        today, catalogue = self._surroundings.today(), self._surroundings.catalogue
        holiday = is_public_holiday(today)
        for box in batch.boxes:
            if holiday and not is_urgent(box.watched, catalogue, today):
                plan.looks[today + timedelta(days=1)].append(box.id)
                continue
            snoozes = [
                until
                for chat in batch.chats[box.customer_id]
                if (until := batch.snoozes.get((chat.id, box.id)))
            ]
            look = next_look(box.watched, snoozes, catalogue, today)
            over = box.watched.gone or is_deleted(box.watched, catalogue, today)
            self._judge_box(plan, batch, box)
            if over:
                plan.ended.append(box.id)
            if not holiday:  # what cannot wait for the day after one was planned before
                plan.owed.judge(batch, box, self._surroundings, mail=self._mail)
            if holiday and box.id in space.untold and not box.watched.gone:
                look = today + timedelta(days=1)
            elif not over:
                space.judge(batch, box, self._surroundings, mail=self._mail)
            plan.looks[look].append(box.id)
        return plan

    def _judge_box(self, plan: _Plan, batch: Batch, box: Box) -> None:
        """Note what is due of a mailbox, and for whom."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        readers, told = batch.readers(box), batch.told_down_to.get(box.id)
        found = audience(box.watched, readers, batch.wishes_by_mail(box), told, catalogue, today)
        plan.woken += [
            (chat_id, box.id)
            for chat_id, reader in readers.items()
            if reader.reachable and (until := reader.wishes.snoozed_until) is not None and until <= today
        ]
        subject = subject_of(box.watched, catalogue, today)
        order = box.order_about(subject)
        to_tell: list[tuple[int | None, Due]] = list(found.chats.items())
        if found.mail is not None and self._mail:
            to_tell.append((None, found.mail))
        for chat_id, due in to_tell:
            entry = Entry(box.id, box.watched.expires_on, due.step)
            plan.entries[chat_id, box.customer_id, subject, order].append(entry)
            plan.told.append(entry)

    async def _write(self, session: AsyncSession, plan: _Plan) -> int:
        now = self._surroundings.now()
        name = f"{self._surroundings.today():%Y%m%d}-{secrets.token_hex(4)}"
        messages: list[Message] = []
        waiting: list[Message] = []
        tokens: list[LinkTokenRow] = []
        letters = plan.letters(name)
        for letter in letters:
            written = letter
            if letter.chat_id is None and letter.subject in WITH_LINK:
                token, row = link_for(self._surroundings, letter)
                tokens.append(row)
                written = replace(letter, token=token)
            (waiting if letter.instead else messages).append(
                Message(
                    key=letter.key,
                    channel=Channel.MAIL if letter.chat_id is None else Channel.TELEGRAM,
                    payload=written.payload(),
                    chat_id=letter.chat_id,
                    bulk=not letter.owed,
                )
            )
        messages += await plan.space.write(session, self._surroundings)
        await put_many(session, messages, now)
        next_way = next_way_at(self._surroundings.here())
        await put_many(session, waiting, now, not_before=next_way.astimezone(UTC))
        await plan.owed.write(session, letters, self._surroundings)
        session.add_all(tokens)
        steps = {
            (entry.mailbox_id, entry.expires_on, entry.step) for entry in plan.told if entry.step is not None
        }
        await insert_all_absent(
            session,
            ReminderRow,
            [
                {"mailbox_id": mailbox_id, "expires_on": expires_on, "step": step, "told_at": now}
                for mailbox_id, expires_on, step in sorted(steps)
            ],
        )
        if plan.woken:
            await session.execute(
                delete(SnoozeRow).where(tuple_(SnoozeRow.chat_id, SnoozeRow.mailbox_id).in_(plan.woken))
            )
        surroundings = self._surroundings
        await end_drafts(session, surroundings.catalogue, surroundings.today(), plan.ended)
        for day, mailbox_ids in plan.looks.items():
            await look_on(session, day, mailbox_ids)
        return len(letters)

    async def _follow_the_ladder(self) -> None:
        """After the operator has changed the ladder, look at every mailbox by the new one."""
        ladder = _ladder_note(self._surroundings.catalogue)
        if self._followed == ladder:
            return
        async with self._database.read() as session:
            note = await session.get(NoteRow, _LADDER_NOTE)
        if note is None or note.text != ladder:
            last = 0
            while (reached := await self._watch_anew(last)) is not None:
                last = reached
            async with self._database.write() as session:
                await upsert(session, NoteRow, [{"name": _LADDER_NOTE, "text": ladder}])
        self._followed = ladder

    async def _watch_anew(self, after: int) -> int | None:
        """Say of the mailboxes after an id when to look at them; the last of them, None when there are no more."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        looks: dict[date | None, list[int]] = defaultdict(list)
        async with self._database.write() as session:
            rows = (
                await session.execute(
                    select(MailboxRow.id, MailboxRow.plan_id, MailboxRow.expires_on)
                    .where(MailboxRow.id > after)
                    .order_by(MailboxRow.id)
                    .limit(MAILBOXES)
                    .with_for_update()
                )
            ).all()
            for mailbox_id, plan_id, expires_on in rows:
                looks[first_look(Expiring(plan_id, expires_on), catalogue, today)].append(mailbox_id)
            untold = await read_untold(session, [row.id for row in rows])
            for day, mailbox_ids in looks.items():
                await look_on(session, day, mailbox_ids)
            await look_on(session, today, untold)
        return rows[-1].id if rows else None


async def _alone(session: AsyncSession) -> bool:
    """Whether no other worker plans: it holds the lock until its transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


def _ladder_note(catalogue: Catalogue) -> str:
    """Everything by which the days of reminders change: the ladder, and each plan's own days until the deletion."""
    rules = catalogue.rules
    own = {plan.id: plan.deletion_days for plan in catalogue.plans.values() if plan.deletion_days is not None}
    plans = (own,) if own else ()
    return repr(
        (
            full_ladder(rules),
            rules.auto_renew_notice_days,
            rules.deletion_days,
            "owed",
            "last day",
            "end",
            *plans,
        )
    )
