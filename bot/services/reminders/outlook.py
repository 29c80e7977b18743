"""How many reminders the coming days will bring, what is not renewed or gone, and what of the told may be forgotten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select

from bot.db.engine import Database
from bot.db.tables import CustomerRow, MailboxRow, ReminderRow, RenewalDecisionRow
from bot.domain.mailboxes import deletion_date, is_deleted
from bot.services.surroundings import Surroundings

KEEP_TOLD: Final = timedelta(days=400)
"""After its expiry a step can be told for some months at most; a year is kept to answer who was told what."""
_AT_A_TIME: Final = 1000


@dataclass(frozen=True, slots=True)
class DayAhead:
    """What a day will bring: the mailboxes that are looked at, and the customers who own them.

    A customer's mailboxes make one message to each reader, so that messages are about as many as customers.
    """

    day: date
    mailboxes: int
    customers: int


@dataclass(frozen=True, slots=True)
class LeftToExpire:
    """A mailbox that its customer (by the operator's code) does not renew, since when, and its last day."""

    customer: str
    address: str
    expires_on: date
    last_day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class GoneMailbox:
    """A mailbox that is marked gone: its customer (by the operator's code), its expiry, since when, by what file."""

    customer: str
    address: str
    expires_on: date
    since: date
    by: str


class Outlook:
    """Looks ahead in the days on which the planner will look at mailboxes."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Look in `database`, from the day of `surroundings` on."""
        self._database = database
        self._surroundings = surroundings

    async def due(self, days: int) -> tuple[DayAhead, ...]:
        """The next `days` days, today being the first, with those that bring something.

        Today has all that is late, too. A mailbox counts on its next day only, not on later ones.
        """
        today = self._surroundings.today()
        query = (
            select(MailboxRow.remind_on, func.count(), func.count(MailboxRow.customer_id.distinct()))
            .where(MailboxRow.remind_on.is_not(None))
            .group_by(MailboxRow.remind_on)
            .order_by(MailboxRow.remind_on)
        )
        late = select(func.count(), func.count(MailboxRow.customer_id.distinct())).where(
            MailboxRow.remind_on <= today
        )
        async with self._database.read() as session:
            mailboxes, customers = (await session.execute(late)).one()
            ahead = await session.execute(
                query.where(MailboxRow.remind_on > today, MailboxRow.remind_on < today + timedelta(days=days))
            )
            found = [DayAhead(day, boxes, owners) for day, boxes, owners in ahead if day is not None]
        return (*((DayAhead(today, mailboxes, customers),) if mailboxes else ()), *found)

    async def left_to_expire(self) -> tuple[LeftToExpire, ...]:
        """The mailboxes that are not renewed and not deleted yet, the soonest expiry first."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        since = (
            select(func.max(RenewalDecisionRow.at))
            .where(
                RenewalDecisionRow.mailbox_id == MailboxRow.id,
                RenewalDecisionRow.expires_on == MailboxRow.expires_on,
                RenewalDecisionRow.to == "stop",
            )
            .scalar_subquery()
        )
        async with self._database.read() as session:
            rows = await session.execute(
                select(CustomerRow.code, MailboxRow, since)
                .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
                .where(MailboxRow.not_renewing == MailboxRow.expires_on, MailboxRow.gone_on.is_(None))
                .order_by(MailboxRow.expires_on, MailboxRow.id)
            )
            return tuple(
                LeftToExpire(code, box.address, box.expires_on, deletion_date(box, catalogue), at)
                for code, box, at in rows
                if not is_deleted(box, catalogue, today)
            )

    async def gone(self) -> tuple[GoneMailbox, ...]:
        """The mailboxes that are marked gone, the latest first; those of deleted customers are named no more."""
        async with self._database.read() as session:
            rows = await session.execute(
                select(
                    CustomerRow.code,
                    MailboxRow.address,
                    MailboxRow.expires_on,
                    MailboxRow.gone_on,
                    MailboxRow.gone_by,
                )
                .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
                .where(MailboxRow.gone_on.is_not(None), CustomerRow.forgotten_on.is_(None))
                .order_by(MailboxRow.gone_on.desc(), MailboxRow.id)
            )
            return tuple(
                GoneMailbox(code, address, expires_on, since, by or "")
                for code, address, expires_on, since, by in rows
                if since is not None
            )

    async def count_gone(self) -> int:
        """How many there are."""
        async with self._database.read() as session:
            count = await session.scalar(
                select(func.count())
                .select_from(MailboxRow)
                .join(CustomerRow, CustomerRow.id == MailboxRow.customer_id)
                .where(MailboxRow.gone_on.is_not(None), CustomerRow.forgotten_on.is_(None))
            )
        return count or 0


async def forget_told(database: Database, today: date) -> int:
    """Remove what is remembered of reminders for expiries more than `KEEP_TOLD` ago; return how many rows.

    What is to go is looked for while others write, and removed mailbox by mailbox, by the primary key.
    """
    removed, last = 0, 0
    is_old = ReminderRow.expires_on < today - KEEP_TOLD
    while True:
        async with database.read() as session:
            found = await session.execute(
                select(ReminderRow.mailbox_id)
                .where(is_old, ReminderRow.mailbox_id > last)
                .distinct()
                .order_by(ReminderRow.mailbox_id)
                .limit(_AT_A_TIME)
            )
            mailbox_ids = found.scalars().all()
        if not mailbox_ids:
            return removed
        last = mailbox_ids[-1]
        async with database.write() as session:
            gone = await session.execute(
                delete(ReminderRow)
                .where(ReminderRow.mailbox_id.in_(mailbox_ids), is_old)
                .returning(ReminderRow.step)
            )
            removed += len(gone.scalars().all())
