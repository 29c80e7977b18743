"""Paid, and renewed where the mailbox lives: what imports show of completed renewals (DOMAIN.md 5).

A renewal waits to be seen until an import gives its new expiry. One that is made later than the provider has to catch
up, and still gives the old expiry, opens a case; the mailbox keeps the customer's date. The case ends by itself when
the new expiry is seen, or when nobody waits for it any more.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.engine import Database
from bot.db.tables import CaseRow, MailboxRow, OrderItemRow, OrderRow
from bot.db.tables_ground import NoteRow
from bot.db.upsert import upsert
from bot.domain.cases import CaseKind
from bot.domain.orders import OrderStatus
from bot.domain.paid import PaidRenewal, Sight, last_due
from bot.domain.withdrawal import asked_on
from bot.services.cases import IS_OPEN, Case, open_case, renewal_key, resolve_case
from bot.services.importing.judging import ImportRow
from bot.services.importing.measures import Measures
from bot.services.importing.stored import Stored
from bot.services.payments.ledger import paid_for
from bot.services.surroundings import Surroundings

_LAST_IMPORT: Final = "last_import"
"""The note that says when the last import was made."""

_SEEN: Final = "the mailbox file shows the new expiry"
_MOOT: Final = "the payment went back, the order was withdrawn, or the file gives another date, which counts"


@dataclass(slots=True)
class Sights:
    """What the rows of a batch show of renewals that are still to be seen."""

    measures: Measures
    _seen: list[tuple[int, PaidRenewal]] = field(default_factory=list)
    _moot: list[tuple[int, PaidRenewal]] = field(default_factory=list)
    _overdue: list[tuple[int, PaidRenewal, ImportRow]] = field(default_factory=list)

    def look(self, row: ImportRow, stored: Stored) -> None:
        """Look at what a row, as it stands in the file, says of its mailbox."""
        mailbox = stored.mailboxes.get(row.address)
        if mailbox is None:
            return
        for renewal in stored.renewals.get(mailbox.id, ()):
            if renewal.seen:
                continue
            match stored.sight(renewal, row, self.measures):
                case Sight.SEEN:
                    self._seen.append((mailbox.id, renewal))
                case Sight.MOOT:
                    self._moot.append((mailbox.id, renewal))
                case Sight.OVERDUE:
                    self._overdue.append((mailbox.id, renewal, row))

    async def write(self, session: AsyncSession) -> None:
        """Note what was seen, open the cases of what is overdue, and close those that need nobody any more."""
        for mailbox_id, renewal in (*self._seen, *(each for each in self._moot if each[1].holds)):
            order = select(OrderRow.id).where(OrderRow.number == renewal.order).scalar_subquery()
            await session.execute(
                update(OrderItemRow)
                .where(OrderItemRow.mailbox_id == mailbox_id, OrderItemRow.order_id == order)
                .values(seen_at=self.measures.now)
                .execution_options(synchronize_session=False)
            )
        await self._close(session)
        for mailbox_id, renewal, row in self._overdue:
            await open_case(session, _case(mailbox_id, renewal, row, self.measures), self.measures.now)

    async def _close(self, session: AsyncSession) -> None:
        over = {_key(*each): _SEEN for each in self._seen} | {_key(*each): _MOOT for each in self._moot}
        if not over:
            return
        kind = CaseKind.NOT_RENEWED
        still_open = await session.execute(
            select(CaseRow.key).where(CaseRow.kind == kind.value, CaseRow.key.in_(over), IS_OPEN)
        )
        for key in still_open.scalars():
            await resolve_case(session, kind, key, over[key], self.measures.now)


def _key(mailbox_id: int, renewal: PaidRenewal) -> str:
    return renewal_key(renewal.order, mailbox_id)


def _case(mailbox_id: int, renewal: PaidRenewal, row: ImportRow, measures: Measures) -> Case:
    said = row.mailbox.expires_on
    return Case(
        kind=CaseKind.NOT_RENEWED,
        key=_key(mailbox_id, renewal),
        subject=renewal.order,
        facts={
            "customer": row.customer,
            "mailbox": row.address,
            "completed_on": renewal.completed_on.isoformat(),
            "new_expiry": renewal.new_expiry.isoformat(),
            "said": said.isoformat(),
            "imported_on": measures.today.isoformat(),
        },
        # From the day after the expiry that the provider has, the mailbox sends no more.
        due_on=said,
    )


async def note_import(database: Database, now: datetime) -> None:
    """Remember that an import was made, at this instant."""
    async with database.write() as session:
        await upsert(session, NoteRow, [{"name": _LAST_IMPORT, "text": now.isoformat()}])


@dataclass(frozen=True, slots=True)
class ToBeSeen:
    """How the completed renewals stand that no import has shown yet, and what imports have not named.

    Attributes:
        last_import: when the last one was made, an instant in UTC; None before the first.
        waiting: renewals, counted by mailbox, that are still to be seen.
        unchecked: those of them that the provider should have caught up with, and of which no import since could tell.
        gone: mailboxes that are marked gone.
    """

    last_import: datetime | None
    waiting: int
    unchecked: int
    gone: int = 0


class SeenRenewals:
    """Whether what was paid is seen renewed, and whether anybody has looked."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Look into `database`."""
        self._database = database
        self._surroundings = surroundings

    async def standing(self) -> ToBeSeen:
        """What waits to be seen."""
        surroundings = self._surroundings
        day = last_due(surroundings.today(), surroundings.catalogue.rules.provider_days)
        async with self._database.read() as session:
            note = await session.get(NoteRow, _LAST_IMPORT)
            found = await session.execute(
                select(
                    OrderRow.completed_at,
                    OrderRow.renew_after,
                    func.min(OrderItemRow.old_expiry),
                    func.count(),
                )
                .join(OrderItemRow, OrderItemRow.order_id == OrderRow.id)
                .where(
                    OrderItemRow.seen_at.is_(None),
                    ~OrderItemRow.open,
                    OrderRow.status == OrderStatus.COMPLETED.value,
                    paid_for(OrderRow) >= OrderRow.due,
                )
                .group_by(OrderRow.id, OrderRow.completed_at, OrderRow.renew_after)
            )
            rows = [
                (asked_on(rome_day(completed_at), after, old_expiry), count)
                for completed_at, after, old_expiry, count in found
                if completed_at is not None
            ]
            gone = await session.scalar(
                select(func.count()).select_from(MailboxRow).where(MailboxRow.gone_on.is_not(None))
            )
        last = None if note is None else datetime.fromisoformat(note.text)
        return ToBeSeen(
            last_import=last,
            waiting=sum(count for _, count in rows),
            unchecked=sum(
                count
                for asked, count in rows
                if asked <= day and (last is None or not _looked(last, asked, surroundings))
            ),
            gone=gone or 0,
        )


def _looked(last: datetime, asked: date, surroundings: Surroundings) -> bool:
    """Whether the last import was made late enough to tell of what the provider was asked for on that day."""
    made_on = rome_day(last)
    due = last_due(made_on, surroundings.catalogue.rules.provider_days)
    return asked <= due
