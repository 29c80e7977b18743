"""What is registered of a statement that was read to its end: one entry, one transaction (DOMAIN.md 8)."""

from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind
from bot.domain.statements.judging import judge
from bot.domain.statements.proposal import Heap
from bot.services.payments.payments import Payments
from bot.services.statements.book import load_book, source_of
from bot.services.statements.kept import State, kept_of
from bot.services.statements.registering import (
    held_entry,
    register_certain,
    register_kept,
    register_reversal,
    still_stands,
)
from bot.services.statements.report import Counts
from bot.services.statements.telling import StatementNotices
from bot.services.surroundings import Surroundings

_AT_A_TIME: Final = 200


class Listener(Protocol):
    """Follows a run."""

    def read(self, position: int, size: int) -> None:
        """So many bytes of the file were read."""
        ...

    def registered(self) -> None:
        """One more entry was registered."""
        ...


class Unheard:
    """Follows a run without a word."""

    def read(self, position: int, size: int) -> None:
        """Say nothing."""

    def registered(self) -> None:
        """Say nothing."""


class Settling:
    """Registers what was read."""

    def __init__(
        self, database: Database, surroundings: Surroundings, payments: Payments, notices: StatementNotices
    ) -> None:
        """Register by `payments` on `database`; `notices` end the case of what was decided."""
        self._database = database
        self._surroundings = surroundings
        self._payments = payments
        self._notices = notices

    async def certain(self, row: StatementRow, listener: Listener) -> None:
        """Register what is certain of a statement: the credits first, by which its reversals are known."""
        await self._credits(row, listener)
        await self._reversals(row, listener)
        await self._earlier_reversals(row)

    async def _credits(self, row: StatementRow, listener: Listener) -> None:
        """Register the credits that are certain, each by itself: whoever dies in between has lost nothing."""
        source = source_of(row.format)
        while entries := await self._in_state(row.id, State.CERTAIN, kind=EntryKind.CREDIT):
            for entry_id in entries:
                async with self._database.write() as session:
                    entry = await held_entry(session, entry_id)
                    if entry is not None and entry.state == State.CERTAIN.value:
                        await register_certain(
                            session, self._payments, self._surroundings, entry, source, row.taken_by
                        )
                listener.registered()

    async def _reversals(self, row: StatementRow, listener: Listener) -> None:
        """Judge the reversals anew, and register those that are certain."""
        book: Book | None = None
        while entries := await self._in_state(row.id, State.CERTAIN):
            if book is None:
                async with self._database.read() as session:
                    book = await load_book(session, self._surroundings)
            for entry_id in entries:
                async with self._database.write() as session:
                    await self._reversal(session, row, entry_id, book)
                listener.registered()

    async def _reversal(self, session: AsyncSession, row: StatementRow, entry_id: int, book: Book) -> None:
        entry = await held_entry(session, entry_id)
        if entry is not None and entry.state == State.CERTAIN.value:
            await self._judge_reversal(session, row, entry, book)

    async def _judge_reversal(
        self, session: AsyncSession, row: StatementRow, entry: StatementEntryRow, book: Book
    ) -> None:
        before, said = Heap(entry.heap), kept_of(entry).entry
        await register_reversal(
            session,
            self._payments,
            self._surroundings,
            entry,
            book,
            source_of(row.format),
            row.taken_by,
        )
        if (after := Heap(entry.heap)) is not before:
            statement = await session.get_one(StatementRow, row.id, with_for_update=True)
            counts = Counts.read(statement.counts)
            counts.heaps[before].take(said)
            counts.heaps[after].add(said)
            statement.counts = counts.to_json()

    async def _earlier_reversals(self, row: StatementRow) -> None:
        """Look once more at what went back by other files that came before the one with its payment."""
        async with self._database.read() as session:
            found = await session.execute(
                select(StatementEntryRow.id, StatementRow)
                .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
                .where(
                    StatementEntryRow.state == State.PROPOSED.value,
                    StatementEntryRow.content.is_not(None),
                    StatementEntryRow.kind == EntryKind.REVERSAL.value,
                    StatementEntryRow.heap == Heap.UNKNOWN.value,
                    StatementEntryRow.statement_id != row.id,
                    StatementRow.finished_at.is_not(None),
                )
                .order_by(StatementEntryRow.id)
            )
            waiting = [(entry_id, statement) for entry_id, statement in found]
            if not waiting:
                return
            book = await load_book(session, self._surroundings)
        for entry_id, statement in waiting:
            async with self._database.write() as session:
                entry = await held_entry(session, entry_id)
                if entry is None or entry.state != State.PROPOSED.value:
                    continue
                if judge(kept_of(entry).entry, book, source_of(statement.format)).payment is None:
                    continue
                await self._judge_reversal(session, statement, entry, book)
                await self._notices.decided(session, statement.id)

    async def likely(self, row: StatementRow, by: str, listener: Listener) -> int:
        """Register the likely entries of a statement, each for the order that is proposed; return how many."""
        confirmed = 0
        for entry_id in await self._in_state(row.id, State.PROPOSED, Heap.LIKELY):
            async with self._database.write() as session:
                entry = await held_entry(session, entry_id)
                if entry is None or entry.state != State.PROPOSED.value:
                    continue
                kept = kept_of(entry)
                if kept.order is None or not await still_stands(
                    session, self._surroundings, entry, source_of(row.format)
                ):
                    continue
                await register_kept(
                    session, self._payments, self._surroundings, entry, kept, kept.order.number, by
                )
                await self._notices.decided(session, row.id)
            confirmed += 1
            listener.registered()
        return confirmed

    async def _in_state(
        self, statement_id: int, state: State, heap: Heap | None = None, kind: EntryKind | None = None
    ) -> list[int]:
        query = select(StatementEntryRow.id).where(
            StatementEntryRow.statement_id == statement_id,
            StatementEntryRow.state == state.value,
            StatementEntryRow.content.is_not(None),
        )
        if kind is not None:
            query = query.where(StatementEntryRow.kind == kind.value)
        query = query.limit(_AT_A_TIME) if heap is None else query.where(StatementEntryRow.heap == heap.value)
        async with self._database.read() as session:
            return list((await session.execute(query.order_by(StatementEntryRow.position))).scalars())
