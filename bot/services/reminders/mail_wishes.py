"""What the reference e-mail wants to hear: all reminders, only the last ones, or none (DOMAIN.md 6).

Whoever has one of the e-mails may ask, by the code in it, and the operator for any customer. It is the customer's wish,
apart from those of chats: also what a chat asked to have by e-mail beside comes no more once it is unsubscribed.

Each change of it has a number. Silence is confirmed by e-mail, with a link that undoes this one change and no later
one, and told to the customer's chats: who asked may not be the customer.
"""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, MailboxRow
from bot.domain.mailboxes import first_deleted
from bot.domain.reminders import MuteLevel, either_silence
from bot.services.errors import NotYours
from bot.services.reminders.batch import MAIL_MUTES
from bot.services.reminders.mail_codes import (
    Undoing,
    customer_of_code,
    undo_code,
    undoing_of_code,
    unsubscribe_code,
)
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again


@dataclass(frozen=True, slots=True)
class MailWish:
    """What a customer wants to hear by e-mail.

    Attributes:
        level: how much silence, None for none.
        language: that of the customer's e-mails.
        plan_id: of the plans of the customer's mailboxes that whose mailboxes are deleted first; None without any.
    """

    level: MuteLevel | None
    language: str
    plan_id: str | None


@dataclass(frozen=True, slots=True)
class Undo:
    """What an undo link finds: how things stand, and the level that it would bring back, or brought back just now.

    `stands` is whether the wish that it undoes is still the last one: otherwise it changes nothing.
    """

    wish: MailWish
    back: MuteLevel | None
    stands: bool


class MailWishes:
    """Keeps what each customer wants to be reminded of by e-mail."""

    def __init__(
        self, database: Database, surroundings: Surroundings, notices: Notices, *, web: str | None
    ) -> None:
        """Keep it in `database`; the day of `surroundings` is that from which more comes again.

        `notices` confirms silence, with a link to undo it on the pages at `web`, where the bot has any.
        """
        self._database = database
        self._surroundings = surroundings
        self._notices = notices
        self._web = web

    async def read(self, code: str) -> MailWish:
        """The wish of the customer of an unsubscribe code.

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.read() as session:
            return await self._wish(session, await self._by_code(session, code))

    async def choose(self, code: str, level: MuteLevel | None) -> MailWish:
        """Let e-mail reminders stop (`ALL`), come only at the last (`MOST`), or come again (None).

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.write() as session:
            return await self._keep(session, await self._by_code(session, code, lock=True), level)

    async def choose_for(self, customer: str, level: MuteLevel | None) -> MailWish:
        """The same for the operator: `customer` is the operator's own code, or one of an e-mail.

        A code of an e-mail may be the last word of what a mail program wrote as its subject.

        Raises:
            NotYours: it is neither.
        """
        code = (customer.split() or [""])[-1]
        async with self._database.write() as session:
            try:
                row = await self._by_code(session, code, lock=True)
            except NotYours:
                query = select(CustomerRow).where(CustomerRow.code == customer).with_for_update()
                found = (await session.execute(query)).scalar_one_or_none()
                if found is None:
                    raise
                row = found
            return await self._keep(session, row, level)

    async def stop(self, code: str) -> MailWish:
        """What the unsubscribe button of a mail program asks for: only the last ones, however often it is pressed.

        The last words before the expiry and the deletion are not silenced by one tap (DOMAIN.md 6); who chose no
        e-mails at all is not sent more by it.

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.write() as session:
            row = await self._by_code(session, code, lock=True)
            level = either_silence(MAIL_MUTES[row.mail_reminders], MuteLevel.MOST)
            return await self._keep(session, row, level)

    async def look_back(self, code: str) -> Undo:
        """What the link of an undo code would change now.

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.read() as session:
            return await self._undo(session, *(await self._by_undo(session, code)))

    async def undo(self, code: str) -> Undo:
        """Bring back what was before the wish of an undo code, if no later wish has been made since.

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.write() as session:
            row, undoing = await self._by_undo(session, code, lock=True)
            found = await self._undo(session, row, undoing)
            if not found.stands:
                return found
            return replace(found, wish=await self._keep(session, row, found.back))

    async def _undo(self, session: AsyncSession, row: CustomerRow, undoing: Undoing) -> Undo:
        stands = row.mail_wish == undoing.wish
        return Undo(await self._wish(session, row), MAIL_MUTES[undoing.word], stands)

    async def _by_undo(
        self, session: AsyncSession, code: str, *, lock: bool = False
    ) -> tuple[CustomerRow, Undoing]:
        undoing = undoing_of_code(self._database.keys, code)
        if undoing is None:
            raise NotYours
        row = await session.get(CustomerRow, undoing.customer_id, with_for_update=lock)
        if row is None or row.forgotten_on is not None:
            raise NotYours
        return row, undoing

    async def _by_code(self, session: AsyncSession, code: str, *, lock: bool = False) -> CustomerRow:
        customer_id = customer_of_code(self._database.keys, code)
        row = (
            None if customer_id is None else await session.get(CustomerRow, customer_id, with_for_update=lock)
        )
        if row is None or row.forgotten_on is not None:
            raise NotYours
        return row

    async def _keep(self, session: AsyncSession, row: CustomerRow, level: MuteLevel | None) -> MailWish:
        if level is not MuteLevel.ALL:
            # What was silenced until now may be due today.
            catalogue, today = self._surroundings.catalogue, self._surroundings.today()
            await look_again(session, catalogue, today, MailboxRow.customer_id == row.id)
        before, wanted = row.mail_reminders, _WORDS[level]
        if wanted != before:
            row.mail_reminders = wanted
            row.mail_wish += 1
            if level is MuteLevel.ALL:
                await self._confirm(session, row, before)
        return await self._wish(session, row)

    async def _confirm(self, session: AsyncSession, row: CustomerRow, before: str) -> None:
        keys = self._database.keys
        undo = undo_code(keys, Undoing(row.id, row.mail_wish, before))
        await self._notices.mail_silenced(
            session,
            row,
            code=unsubscribe_code(keys, row.id),
            undo_url=None if self._web is None else f"{self._web}/reminders/undo/{undo}",
        )

    async def _wish(self, session: AsyncSession, row: CustomerRow) -> MailWish:
        plans = await session.scalars(
            select(MailboxRow.plan_id).where(MailboxRow.customer_id == row.id).distinct()
        )
        first = first_deleted(plans, self._surroundings.catalogue)
        return MailWish(MAIL_MUTES[row.mail_reminders], row.language, first)


_WORDS = {level: word for word, level in MAIL_MUTES.items()}
