"""What the reference e-mail wants to hear: all reminders, only the last ones, or none (DOMAIN.md 6).

Whoever has one of the e-mails may ask, by the code in it, and the operator for any customer. It is the customer's wish,
apart from those of chats: also what a chat asked to have by e-mail beside comes no more once it is unsubscribed.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CustomerRow, MailboxRow
from bot.domain.mailboxes import first_deleted
from bot.domain.reminders import MuteLevel
from bot.services.errors import NotYours
from bot.services.reminders.batch import MAIL_MUTES
from bot.services.reminders.telling import customer_of_code
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


class MailWishes:
    """Keeps what each customer wants to be reminded of by e-mail."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Keep it in `database`; the day of `surroundings` is that from which more comes again."""
        self._database = database
        self._surroundings = surroundings

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
        """What the unsubscribe button of a mail program asks for: fewer e-mails; from who has that already, none.

        The last words before the expiry and the deletion are not silenced by one tap (DOMAIN.md 6).

        Raises:
            NotYours: nobody has this code.
        """
        async with self._database.write() as session:
            row = await self._by_code(session, code, lock=True)
            level = MuteLevel.MOST if MAIL_MUTES[row.mail_reminders] is None else MuteLevel.ALL
            return await self._keep(session, row, level)

    async def _by_code(self, session: AsyncSession, code: str, *, lock: bool = False) -> CustomerRow:
        customer_id = customer_of_code(self._database.keys, code)
        row = (
            None if customer_id is None else await session.get(CustomerRow, customer_id, with_for_update=lock)
        )
        if row is None:
            raise NotYours
        return row

    async def _keep(self, session: AsyncSession, row: CustomerRow, level: MuteLevel | None) -> MailWish:
        if level is not MuteLevel.ALL:
            # What was silenced until now may be due today.
            catalogue, today = self._surroundings.catalogue, self._surroundings.today()
            await look_again(session, catalogue, today, MailboxRow.customer_id == row.id)
        row.mail_reminders = _WORDS[level]
        return await self._wish(session, row)

    async def _wish(self, session: AsyncSession, row: CustomerRow) -> MailWish:
        plans = await session.scalars(
            select(MailboxRow.plan_id).where(MailboxRow.customer_id == row.id).distinct()
        )
        first = first_deleted(plans, self._surroundings.catalogue)
        return MailWish(MAIL_MUTES[row.mail_reminders], row.language, first)


_WORDS = {level: word for word, level in MAIL_MUTES.items()}
