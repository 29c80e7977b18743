"""What a planned reminder did not tell in the end: it stands no longer for its reader, or the chat is gone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MailboxRow, OutboxRow, ReminderRow, RenewalDecisionRow, SnoozeRow, SwitchingRow
from bot.db.upsert import insert_if_absent
from bot.services.reminders.letters import WITH_LINK, Entry, Letter, link_for
from bot.services.reminders.standing import read_standing
from bot.services.sending.outbox import Channel, Claimed, Message, Result, put_many
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again

_HEARD: Final = frozenset({Result.SENT.value, Result.UNKNOWN.value})
_WAITING: Final = frozenset({"due", "claimed"})


class Untold:
    """Sees to it that somebody else hears of it, where anybody can."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """`mail` says whether e-mail is set up, which takes over from a chat that is gone."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def give_back(self, letter: Letter, row: Claimed) -> None:
        """Steps that stand no longer as a message of them leaves: where nobody else hears of them, they are not told.

        Noted as told they would stand before a step that is still wanted: a chat that wants only the last ones may have
        missed one for them, and an expiry that moved away may come back. Who has decided since to renew by hand knows
        of it. Other messages count while they stand: two that stand no longer do not count on each other.
        """
        async with self._database.write() as session:
            standing = await read_standing(session, self._surroundings, [letter])
            unsaid = set(standing.unsaid(letter))
            decided = await _decided_since(session, unsaid, row.created_at)
            untold = {entry for entry in unsaid if (entry.mailbox_id, entry.expires_on) not in decided}
            if not untold:
                return
            chats = [chat.id for chat in standing.batch.chats[letter.customer_id]]
            for other, arrived in await _letters_of_others(session, letter, row.key, chats):
                untold -= set(other.entries if arrived else standing.true_of(other))
            if untold:
                await self._leave_untold(session, untold, letter.chat_id, row.created_at)

    async def find_other_readers(self, letter: Letter, chat_id: int, planned_at: datetime) -> None:
        """A chat is gone: let an e-mail say what it did not hear, or else let the planner tell whoever comes.

        What another chat of the customer hears of is told; what is left may be told again. `planned_at` is when the
        message was written.
        """
        async with self._database.write() as session:
            standing = await read_standing(session, self._surroundings, [letter])
            found = ((entry, standing.box(letter, entry)) for entry in letter.entries)
            unheard = {
                entry: box
                for entry, box in found
                if box is not None and not standing.another_hears(entry, box, chat_id)
            }
            by_mail = replace(letter, chat_id=None, entries=tuple(unheard), instead=True)
            if self._mail and any(standing.holds(by_mail, entry, box) for entry, box in unheard.items()):
                await self._mail_instead(session, by_mail)
            elif unheard:
                await self._leave_untold(session, unheard.keys(), chat_id, planned_at)

    async def nobody_heard(self, letter: Letter, row: Claimed) -> None:
        """An e-mail came back: what nobody else heard of it is not told, and may be told to whoever comes.

        Nobody looks again because of it: the address would be tried at every look. Who binds a chat, or comes back to
        one, is looked at then; where nobody does, the next step has its own day.
        """
        async with self._database.write() as session:
            standing = await read_standing(session, self._surroundings, [letter])
            unheard = {entry for entry in letter.entries if entry.step is not None}
            chats = [chat.id for chat in standing.batch.chats[letter.customer_id]]
            for other, arrived in await _letters_of_others(session, letter, row.key, chats):
                unheard -= set(other.entries if arrived else standing.true_of(other))
            for entry in unheard:
                await _forget(session, entry, row.created_at)

    async def _mail_instead(self, session: AsyncSession, letter: Letter) -> None:
        if await written(session, [letter, replace(letter, instead=False)]):
            return
        token = None
        if letter.subject in WITH_LINK:
            token, row = link_for(self._surroundings, letter)
            session.add(row)
        message = Message(letter.key, Channel.MAIL, replace(letter, token=token).payload(), bulk=True)
        await put_many(session, [message], self._surroundings.now())

    async def _leave_untold(
        self, session: AsyncSession, entries: Collection[Entry], chat_id: int | None, planned_at: datetime
    ) -> None:
        """Nobody heard of these: they are due again for whoever can be reached next.

        A day that was asked for is asked for again in the chat `chat_id`, which had asked. What was planned anew
        since then stays as it is.
        """
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        for entry in entries:
            if entry.step is not None:
                await _forget(session, entry, planned_at)
            else:
                put_off = {"chat_id": chat_id, "mailbox_id": entry.mailbox_id, "until": today}
                await insert_if_absent(session, SnoozeRow, put_off | {"expires_on": entry.expires_on})
        # Also for a chat that is there, and has less to hear: it may have missed an earlier step for this one.
        ids = [entry.mailbox_id for entry in entries]
        await look_again(session, catalogue, today, MailboxRow.id.in_(ids))


async def _forget(session: AsyncSession, entry: Entry, planned_at: datetime) -> None:
    """A step is noted as told no longer, unless it was planned anew since."""
    await session.execute(
        delete(ReminderRow).where(
            ReminderRow.mailbox_id == entry.mailbox_id,
            ReminderRow.expires_on == entry.expires_on,
            ReminderRow.step == entry.step,
            ReminderRow.told_at <= planned_at,
        )
    )


async def written(session: AsyncSession, letters: Sequence[Letter]) -> set[str]:
    """The keys of those of these messages that are in the outbox, whatever became of them."""
    keys = [letter.key for letter in letters]
    if not keys:
        return set()
    return set(await session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))


async def _letters_of_others(
    session: AsyncSession, letter: Letter, key: str, chats: Iterable[int]
) -> list[tuple[Letter, bool]]:
    """The other messages of the same plan that have arrived, or wait to leave: each, and whether it has arrived."""
    readers = [letter.keys_to(chat_id) for chat_id in chats]
    readers += [letter.keys_to(None), letter.keys_to(None, instead=True)]
    rows = await session.execute(
        select(OutboxRow.payload, OutboxRow.chat_id, OutboxRow.state).where(
            # By ranges, for which the key has an index: what has arrived stays in the outbox for long.
            or_(*(OutboxRow.key.between(first, last) for first, last in readers)),
            OutboxRow.key != key,
            OutboxRow.state.in_(_HEARD | _WAITING),
        )
    )
    return [(Letter.read(payload, chat_id), state in _HEARD) for payload, chat_id, state in rows]


async def _decided_since(
    session: AsyncSession, entries: Collection[Entry], since: datetime
) -> set[tuple[int, date]]:
    """The mailboxes, each with its expiry, that somebody has decided since then to renew by hand, or after all."""
    ids = [entry.mailbox_id for entry in entries]
    by_hand = select(SwitchingRow.mailbox_id, SwitchingRow.expires_on).where(
        SwitchingRow.mailbox_id.in_(ids), SwitchingRow.to == "off", SwitchingRow.at >= since
    )
    after_all = select(RenewalDecisionRow.mailbox_id, RenewalDecisionRow.expires_on).where(
        RenewalDecisionRow.mailbox_id.in_(ids), RenewalDecisionRow.to == "go", RenewalDecisionRow.at >= since
    )
    rows = await session.execute(union_all(by_hand, after_all))
    return {(mailbox_id, expires_on) for mailbox_id, expires_on in rows}
