"""What a planned reminder did not tell in the end: its reader has silenced it since, or the chat is gone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MailboxRow, OutboxRow, ReminderRow, SnoozeRow
from bot.db.upsert import insert_if_absent
from bot.services.reminders.letters import WITH_LINK, Entry, Letter, link_for
from bot.services.reminders.standing import read_standing
from bot.services.sending.outbox import Channel, Message, Result, put_many
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again

_HEARD_OR_WAITING: Final = ("due", "claimed", Result.SENT.value, Result.UNKNOWN.value)


class Untold:
    """Sees to it that somebody else hears of it, where anybody can."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """`mail` says whether e-mail is set up, which takes over from a chat that is gone."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def give_back(self, letter: Letter, key: str) -> None:
        """Steps that their reader has silenced since the plan: where nobody else hears of them, they are told no more.

        A chat that wants only the last steps may have missed one of those for a step that nobody heard in the end.
        """
        async with self._database.write() as session:
            silenced = (await read_standing(session, self._surroundings, [letter])).silenced(letter)
            if not silenced:
                return
            heard = await _entries_of_others(session, letter, key)
            untold = [entry for entry in silenced if entry not in heard]
            if untold:
                await self._leave_untold(session, untold, letter.chat_id)

    async def find_other_readers(self, letter: Letter, chat_id: int) -> None:
        """A chat is gone: let an e-mail say what it did not hear, or else let the planner tell whoever comes.

        What another chat of the customer hears of is told; what is left may be told again.
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
                await self._leave_untold(session, list(unheard), chat_id)

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
        self, session: AsyncSession, entries: Sequence[Entry], chat_id: int | None
    ) -> None:
        """Nobody heard of these: they are due again for whoever can be reached next.

        A day that was asked for is asked for again in the chat `chat_id`, which had asked.
        """
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        for entry in entries:
            if entry.step is not None:
                await session.execute(
                    delete(ReminderRow).where(
                        ReminderRow.mailbox_id == entry.mailbox_id,
                        ReminderRow.expires_on == entry.expires_on,
                        ReminderRow.step == entry.step,
                    )
                )
            else:
                put_off = {"chat_id": chat_id, "mailbox_id": entry.mailbox_id, "until": today}
                await insert_if_absent(session, SnoozeRow, put_off | {"expires_on": entry.expires_on})
        # Also for a chat that is there, and has less to hear: it may have missed an earlier step for this one.
        ids = [entry.mailbox_id for entry in entries]
        await look_again(session, catalogue, today, MailboxRow.id.in_(ids))


async def written(session: AsyncSession, letters: Sequence[Letter]) -> set[str]:
    """The keys of those of these messages that are in the outbox, whatever became of them."""
    keys = [letter.key for letter in letters]
    if not keys:
        return set()
    return set(await session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))


async def _entries_of_others(session: AsyncSession, letter: Letter, key: str) -> set[Entry]:
    """What other messages of the same plan have told, or may still tell."""
    about = letter.order or letter.customer_id
    rows = await session.execute(
        select(OutboxRow.payload, OutboxRow.chat_id).where(
            OutboxRow.key.like(f"remind:{about}:%:{letter.plan}-%"),
            OutboxRow.key != key,
            OutboxRow.state.in_(_HEARD_OR_WAITING),
        )
    )
    return {entry for payload, chat_id in rows for entry in Letter.read(payload, chat_id).entries}
