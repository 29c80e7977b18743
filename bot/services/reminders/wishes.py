"""What readers want to hear: muted mailboxes, other days, fewer steps, the security phrase, e-mail too (DOMAIN.md 6).

Wishes belong to a chat: what one person silences stays to be heard in the other chats of the same customer. Whatever
may make something due lets the planner look again.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import ChatRow, CustomerRow, MailboxRow, MuteRow, SnoozeRow
from bot.db.turns import once
from bot.db.upsert import upsert
from bot.domain.catalogue import Catalogue, RemindByMail
from bot.domain.mailboxes import is_over
from bot.domain.reminders import MuteLevel, full_ladder, last_steps, snooze_limit
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.errors import DayOutOfRange, NoMoreReminders, NotYours, SureNeeded, UnusablePhrase
from bot.services.people.binding import hold_customers
from bot.services.reminders.preferences import (
    About,
    ByMail,
    ReminderSettings,
    Silenced,
    SnoozeChoices,
    StepWish,
)
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again, look_again_for_chat, look_on

SHORTEST_PHRASE = 3
"""Characters below which nothing is recognised."""
LONGEST_PHRASE = 60
"""Characters of a security phrase: it stands under every message."""


class ReminderWishes:
    """Keeps what each chat wants to be told."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """Keep it in `database`; `mail` says whether e-mail is set up."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def read(self, actor: Actor) -> ReminderSettings:
        """The settings of a chat."""
        return await once((ReminderWishes.read, actor), lambda: self._read(actor))

    async def _read(self, actor: Actor) -> ReminderSettings:
        today, catalogue = self._surroundings.today(), self._surroundings.catalogue
        async with self._database.read() as session:
            chat = await session.get(ChatRow, actor.chat_id)
            boxes = (await session.execute(_owned(actor))).scalars().all()
            rows = await session.execute(
                select(MuteRow.mailbox_id, MuteRow.level).where(MuteRow.chat_id == actor.chat_id)
            )
            mutes = dict(rows.all())
            snoozes = {
                row.mailbox_id: row
                for row in (
                    await session.execute(select(SnoozeRow).where(SnoozeRow.chat_id == actor.chat_id))
                ).scalars()
            }
        off = frozenset() if chat is None else frozenset(chat.steps_off or ())
        last = last_steps(catalogue.rules)
        return ReminderSettings(
            steps=tuple(
                StepWish(step, step not in off, step in last) for step in full_ladder(catalogue.rules)
            ),
            mailboxes=tuple(
                _silenced(box, mutes.get(box.id), snoozes.get(box.id), catalogue, today)
                for box in boxes
                if not is_over(box, box.gone_on, catalogue, today)
            ),
            phrase=None if chat is None else chat.security_phrase,
            by_mail=self._by_mail(too=chat is not None and chat.mail_too),
        )

    async def mute(self, actor: Actor, mailbox_id: int, level: MuteLevel) -> Silenced:
        """Say no more about a mailbox in this chat, or only the last words; return it as it is silenced now.

        Raises:
            NotYours: the mailbox is not this chat's.
            NoMoreReminders: it is deleted or gone.
        """
        async with self._database.write() as session:
            box = await self._own(session, actor, mailbox_id)
            await upsert(
                session,
                MuteRow,
                [{"chat_id": actor.chat_id, "mailbox_id": mailbox_id, "level": level.value}],
            )
            await _drop_snoozes(session, actor, [mailbox_id])
            if level is MuteLevel.MOST:  # after none at all, the last ones are wanted again
                await self._look_at(session, [mailbox_id])
            return _silenced(box, level.value, None, self._surroundings.catalogue, self._surroundings.today())

    async def unmute(self, actor: Actor, mailbox_id: int) -> str:
        """Speak of a mailbox again; return its address.

        Raises:
            NotYours: the mailbox is not this chat's.
            NoMoreReminders: it is deleted or gone.
        """
        async with self._database.write() as session:
            box = await self._own(session, actor, mailbox_id)
            await session.execute(
                delete(MuteRow).where(MuteRow.chat_id == actor.chat_id, MuteRow.mailbox_id == mailbox_id)
            )
            await self._look_at(session, [mailbox_id])
            return box.address

    async def snooze_choices(self, actor: Actor, about: About) -> SnoozeChoices:
        """To which days a reminder about these mailboxes can be put off.

        Raises:
            NotYours: none of them is this chat's.
            NoMoreReminders: those that are, are deleted or gone.
        """
        async with self._database.read() as session:
            return await self._choices(session, actor, await self._about(session, actor, about, hold=False))

    async def snooze(self, actor: Actor, about: About, until: date) -> SnoozeChoices:
        """Remind this chat on that day instead; the last words before the expiry and the deletion come all the same.

        Of a mailbox that was muted altogether these are heard again, and that day's.

        Raises:
            NotYours: none of the mailboxes is this chat's.
            NoMoreReminders: those that are, are deleted or gone.
            DayOutOfRange: the day has passed, or is too late.
        """
        async with self._database.write() as session:
            boxes = await self._about(session, actor, about, hold=True)
            choices = await self._choices(session, actor, boxes)
            if not choices.first <= until <= choices.limit:
                raise DayOutOfRange(choices.first, choices.limit)
            await upsert(
                session,
                SnoozeRow,
                [
                    {
                        "chat_id": actor.chat_id,
                        "mailbox_id": box.id,
                        "expires_on": box.expires_on,
                        "until": until,
                    }
                    for box in boxes
                ],
            )
            ids = [box.id for box in boxes]
            await session.execute(
                update(MuteRow)
                .where(MuteRow.chat_id == actor.chat_id, MuteRow.mailbox_id.in_(ids))
                .values(level=MuteLevel.MOST.value)
                .execution_options(synchronize_session=False)
            )
            # Also of one that is far from its expiry: the planner has to learn of the day.
            await look_on(session, self._surroundings.today(), ids)
            return choices

    async def end_snooze(self, actor: Actor, mailbox_id: int) -> None:
        """Go back to the ladder.

        Raises:
            NotYours: the mailbox is not this chat's.
            NoMoreReminders: it is deleted or gone.
        """
        async with self._database.write() as session:
            await self._own(session, actor, mailbox_id)
            await _drop_snoozes(session, actor, [mailbox_id])
            await self._look_at(session, [mailbox_id])

    async def want_step(self, actor: Actor, step: int, *, wanted: bool, sure: bool = False) -> None:
        """Switch a step of the ladder on or off for this chat. A step that the ladder does not have changes nothing.

        Raises:
            SureNeeded: it is one of the last before the expiry or the deletion: only `sure` switches it off.
        """
        rules = self._surroundings.catalogue.rules
        if step not in full_ladder(rules):
            return
        if not wanted and not sure and step in last_steps(rules):
            raise SureNeeded
        async with self._database.write() as session:
            if wanted:
                await hold_customers(session, actor)
            chat = await self._chat(session, actor)
            off = set(chat.steps_off or ()) - {step} | (set() if wanted else {step})
            chat.steps_off = sorted(off, reverse=True) or None
            if wanted:
                await session.flush()
                today = self._surroundings.today()
                await look_again_for_chat(session, self._surroundings.catalogue, today, actor.chat_id)

    async def set_phrase(self, actor: Actor, phrase: str | None) -> str | None:
        """Choose the phrase by which genuine messages are known, or none; return it as it is kept.

        Raises:
            UnusablePhrase: it is too short, too long, or has several lines.
        """
        kept = None if phrase is None else usable_phrase(phrase)
        async with self._database.write() as session:
            (await self._chat(session, actor)).security_phrase = kept
        return kept

    async def want_mail(self, actor: Actor, *, on: bool) -> None:
        """Get e-mails beside the reminders of this chat, or not; what `mail_wishes` silences does not come."""
        async with self._database.write() as session:
            (await self._chat(session, actor)).mail_too = on

    async def _chat(self, session: AsyncSession, actor: Actor) -> ChatRow:
        return await session.get_one(ChatRow, actor.chat_id, with_for_update=True)

    async def _own(self, session: AsyncSession, actor: Actor, mailbox_id: int) -> MailboxRow:
        query = _held(_owned(actor)).where(MailboxRow.id == mailbox_id)
        row = (await session.execute(query)).scalar_one_or_none()
        if row is None:
            raise NotYours
        if self._over(row):
            raise NoMoreReminders
        return row

    def _over(self, row: MailboxRow) -> bool:
        return is_over(row, row.gone_on, self._surroundings.catalogue, self._surroundings.today())

    async def _about(
        self, session: AsyncSession, actor: Actor, about: About, *, hold: bool
    ) -> Sequence[MailboxRow]:
        query = _held(_owned(actor)) if hold else _owned(actor)
        if about.mailbox_id is not None:
            query = query.where(MailboxRow.id == about.mailbox_id)
        elif about.customer_id is not None and about.by is not None:
            query = query.where(
                MailboxRow.customer_id == about.customer_id, MailboxRow.expires_on <= about.by
            )
        else:
            raise NotYours
        rows = (await session.execute(query)).scalars().all()
        boxes = [row for row in rows if not self._over(row)]
        if not boxes:
            raise NoMoreReminders if rows else NotYours
        if about.mailbox_id is not None:
            return boxes
        # Nothing was said of those that are muted altogether.
        silent = await session.scalars(
            select(MuteRow.mailbox_id).where(
                MuteRow.chat_id == actor.chat_id, MuteRow.level == MuteLevel.ALL.value
            )
        )
        unheard = set(silent)
        return [box for box in boxes if box.id not in unheard] or boxes

    async def _choices(
        self, session: AsyncSession, actor: Actor, boxes: Sequence[MailboxRow]
    ) -> SnoozeChoices:
        today, catalogue = self._surroundings.today(), self._surroundings.catalogue
        limit = min(snooze_limit(box, catalogue, today) for box in boxes)
        off = await session.scalar(select(ChatRow.steps_off).where(ChatRow.id == actor.chat_id))
        last_come = not last_steps(catalogue.rules) <= set(off or ())
        return SnoozeChoices(
            tuple(box.address for box in boxes),
            today + timedelta(days=1),
            limit,
            last_come=last_come,
            automatic=any(box.auto_renew for box in boxes),
        )

    def _by_mail(self, *, too: bool) -> ByMail:
        if not self._mail:
            return ByMail.NEVER
        if self._surroundings.catalogue.rules.remind_by_mail is RemindByMail.ALWAYS:
            return ByMail.ALWAYS
        return ByMail.TOO if too else ByMail.UNREACHABLE

    async def _look_at(self, session: AsyncSession, mailbox_ids: Sequence[int]) -> None:
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        await look_again(session, catalogue, today, MailboxRow.id.in_(mailbox_ids))


def usable_phrase(text: str) -> str:
    """The phrase as it is kept: spaces folded.

    Raises:
        UnusablePhrase: it has less than `SHORTEST_PHRASE` characters, more than `LONGEST_PHRASE`, or several lines.
    """
    kept = " ".join(text.split())
    if "\n" in text.strip() or not SHORTEST_PHRASE <= len(kept) <= LONGEST_PHRASE:
        raise UnusablePhrase(SHORTEST_PHRASE, LONGEST_PHRASE)
    return kept


def _owned(actor: Actor) -> Select[MailboxRow]:
    return (
        select(MailboxRow)
        .where(may(actor.chat_id, Action.BE_REMINDED, MailboxRow.customer_id))
        .order_by(MailboxRow.expires_on, MailboxRow.id)
    )


def _held(owned: Select[MailboxRow]) -> Select[MailboxRow]:
    """The same for who writes a wish: the customer is not deleted before that is done."""
    return (
        owned.join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
        .where(CustomerRow.forgotten_on.is_(None))
        .with_for_update(read=True, of=CustomerRow)
    )


async def _drop_snoozes(session: AsyncSession, actor: Actor, mailbox_ids: Sequence[int]) -> None:
    await session.execute(
        delete(SnoozeRow).where(SnoozeRow.chat_id == actor.chat_id, SnoozeRow.mailbox_id.in_(mailbox_ids))
    )


def _silenced(
    box: MailboxRow, mute: str | None, snooze: SnoozeRow | None, catalogue: Catalogue, today: date
) -> Silenced:
    until = snooze.until if snooze is not None and snooze.expires_on == box.expires_on else None
    return Silenced(
        box.id,
        box.address,
        box.plan_id,
        box.expires_on,
        None if mute is None else MuteLevel(mute),
        until if until is not None and until > today else None,
        can_put_off=snooze_limit(box, catalogue, today) > today,
        automatic=box.auto_renew,
        declined=box.not_renewing == box.expires_on,
    )
