"""Entries that wait for a person, and what that person decides of them (DOMAIN.md 8).

Each is decided once, whoever decides it at the same time. The errors::

    EntryRefused
    ├── NoSuchEntry     nothing waits, or waited, under this number
    ├── EntryDecided    it was decided already
    ├── EntryChanged    it stands otherwise by now than when it was proposed: it is shown anew
    ├── OrderNeeded     no order is proposed: one has to be named
    └── NotForAnOrder   it is money that went back: it is registered with the payment that it belongs to
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.order_number import one_number_in
from bot.domain.statements.entry import EntryKind
from bot.domain.statements.proposal import Heap
from bot.services.errors import ServiceError
from bot.services.payments.ledger import hold_payment
from bot.services.payments.numbers import named_in
from bot.services.payments.payments import Payments
from bot.services.statements.book import source_of
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.kept import Kept, State, kept_of
from bot.services.statements.looking_again import LookingAgain
from bot.services.statements.registering import (
    Entered,
    held_entry,
    is_new_money,
    register_kept,
    still_stands,
)
from bot.services.statements.taking_back import TakingBack
from bot.services.statements.telling import StatementNotices
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


class EntryRefused(ServiceError):
    """The decision cannot be taken; nothing was changed."""


class NoSuchEntry(EntryRefused):
    """No entry that waits, or waited, has this number."""


class EntryDecided(EntryRefused):
    """Somebody decided it before: `state` says what, `at` when."""

    def __init__(self, state: State, at: datetime | None) -> None:
        super().__init__(state.value)
        self.state = state
        self.at = at


class EntryChanged(EntryRefused):
    """Its order was paid meanwhile, or asks for another amount: what is proposed now is to be looked at first."""


class OrderNeeded(EntryRefused):
    """No order is proposed for it, or none has the number that was named."""


class NotForAnOrder(EntryRefused):
    """It went back: `payment` is the payment that it is proposed to belong to, None where none is known."""

    def __init__(self, kept: Kept) -> None:
        super().__init__("money that went back")
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits.

    Attributes:
        id: its number.
        statement_id: of its statement, `file` that one's name.
        heap: where it was judged to belong.
        kept: what the bank says, and what is proposed.
    """

    id: int
    statement_id: int
    file: str
    heap: Heap
    kept: Kept


class Proposals:
    """Where entries wait."""

    def __init__(
        self, database: Database, surroundings: Surroundings, payments: Payments, notices: StatementNotices
    ) -> None:
        """Decide on `database`; what is confirmed goes into the ledger of `payments`."""
        self._database = database
        self._surroundings = surroundings
        self._payments = payments
        self._notices = notices
        self._taking_back = TakingBack(database, surroundings, payments, notices)
        self._looking = LookingAgain(database, surroundings)

    async def waiting(
        self, limit: int, statement_id: int | None = None, after: int = 0
    ) -> tuple[tuple[Waiting, ...], int]:
        """The entries that wait, in the order of their files, judged anew, and how many there are in all.

        What is proposed of them now is stored: a decision is taken on what was shown.

        Args:
            limit: how many at most.
            statement_id: those of one statement alone.
            after: those with a number above this one.
        """
        taken = select(StatementRow.id).where(StatementRow.finished_at.is_not(None))
        wanted = [
            StatementEntryRow.state == State.PROPOSED.value,
            StatementEntryRow.content.is_not(None),
            StatementEntryRow.statement_id.in_(taken),
        ]
        if statement_id is not None:
            wanted.append(StatementEntryRow.statement_id == statement_id)
        async with self._database.read() as session:
            total = await session.scalar(select(func.count()).select_from(StatementEntryRow).where(*wanted))
            found = await session.execute(
                select(StatementEntryRow, StatementRow)
                .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
                .where(*wanted, StatementEntryRow.id > after)
                .order_by(StatementEntryRow.id)
                .limit(limit)
            )
            rows = [(row, statement) for row, statement in found]
        await self._looking.look([(row, source_of(statement.format)) for row, statement in rows])
        return tuple(_waiting(row, statement.name) for row, statement in rows), total or 0

    async def one(self, entry_id: int) -> Waiting:
        """One entry that waits, judged anew.

        Raises:
            NoSuchEntry, EntryDecided: see there.
        """
        async with self._database.read() as session:
            row = _undecided(await session.get(StatementEntryRow, entry_id))
            statement = await session.get_one(StatementRow, row.statement_id)
        await self._looking.look([(row, source_of(statement.format))])
        return _waiting(row, statement.name)

    async def confirm(self, entry_id: int, by: str, order: str | None = None) -> Entered:
        """Register an entry, judged by the ledger as any payment is.

        Args:
            entry_id: its number.
            by: who decides, as `StatementEntryRow.decided_by`.
            order: the number of the order that it pays, as a person types it; without it, the one that is proposed.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchEntry, EntryDecided, EntryChanged, OrderNeeded, NotForAnOrder: see there.
        """
        entered = None
        async with self._database.write() as session:
            row = _undecided(await held_entry(session, entry_id))
            kept = kept_of(row)
            if kept.entry.kind is EntryKind.REVERSAL and kept.payment is None:
                raise NotForAnOrder(kept)
            await hold_payment(session, kept.payment_id)
            number = await _number(session, kept, order)
            if await self._stands(session, row, None if order is None else number):
                entered = await register_kept(
                    session, self._payments, self._surroundings, row, kept, number, by
                )
                await self._notices.decided(session, row.statement_id)
        if entered is None:
            raise EntryChanged
        if kept.entry.kind is EntryKind.CREDIT:
            await self._taking_back.of_payment(kept, entered.order, by)
        _log.info("statement_entry_confirmed", entry=entry_id, outcome=entered.outcome.value)
        return entered

    async def _stands(self, session: AsyncSession, row: StatementEntryRow, named: str | None) -> bool:
        """Whether nothing was told meanwhile that speaks against it; else it is proposed anew."""
        statement = await session.get_one(StatementRow, row.statement_id)
        source = source_of(statement.format)
        if named is None:
            gone = await GoneBack.load(session, self._database.keys)
            return await still_stands(session, self._surroundings, row, source, gone)
        return await is_new_money(session, self._surroundings, row, source, named)

    async def dismiss(self, entry_id: int, by: str) -> Waiting:
        """Note that an entry is no payment to be registered: it is forgotten, but that it was there.

        Raises:
            NoSuchEntry, EntryDecided: see there.
        """
        async with self._database.write() as session:
            row = _undecided(await held_entry(session, entry_id))
            statement = await session.get_one(StatementRow, row.statement_id)
            gone = _waiting(row, statement.name)
            row.state, row.content = State.DISMISSED.value, None
            row.decided_at, row.decided_by = self._surroundings.now(), by
            await session.flush()
            await self._notices.decided(session, row.statement_id)
        _log.info("statement_entry_dismissed", entry=entry_id)
        return gone


async def _number(session: AsyncSession, kept: Kept, order: str | None) -> str:
    """The order that a person says, or the one that is proposed.

    Raises:
        OrderNeeded: neither is there.
        InvalidOrderNumber: what was typed is no number.
    """
    if order is None:
        if kept.order is not None:
            return kept.order.number
        if kept.entry.kind is EntryKind.REVERSAL:
            return ""  # it goes back from where its payment was counted
        raise OrderNeeded
    number = one_number_in(order)
    if (await named_in(session, number)).count != 1:
        raise OrderNeeded
    return number


def _undecided(row: StatementEntryRow | None) -> StatementEntryRow:
    if row is None or row.state in {State.COUNTED.value, State.CERTAIN.value}:
        raise NoSuchEntry
    if row.state != State.PROPOSED.value:
        raise EntryDecided(State(row.state), row.decided_at)
    return row


def _waiting(row: StatementEntryRow, file: str) -> Waiting:
    return Waiting(row.id, row.statement_id, file, Heap(row.heap), kept_of(row))
