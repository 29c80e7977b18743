"""What is registered of a statement that was read to its end: one entry, one transaction (DOMAIN.md 8)."""

from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind
from bot.domain.statements.proposal import Heap, Reason
from bot.services.payments.payments import Payments
from bot.services.statements.book import load_book, source_of
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.kept import State, kept_of
from bot.services.statements.registering import (
    held_entry,
    register_certain,
    register_kept,
    still_stands,
)
from bot.services.statements.taking_back import TakingBack, recount
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
        self._taking_back = TakingBack(database, surroundings, payments, notices)

    async def certain(self, row: StatementRow, listener: Listener) -> None:
        """Register what is certain of a statement: the credits first, by which its reversals are known."""
        await self._credits(row, listener)
        await self._reversals(row, listener)
        await self._taking_back.waiting(row.taken_by, but=row.id)

    async def _credits(self, row: StatementRow, listener: Listener) -> None:
        """Register the credits that are certain, each by itself: whoever dies in between has lost nothing."""
        async with self._database.read() as session:
            gone = await GoneBack.load(session, self._database.keys)
        while entries := await self._in_state(row.id, State.CERTAIN, kind=EntryKind.CREDIT):
            for entry_id in entries:
                async with self._database.write() as session:
                    await self._credit(session, row, entry_id, gone)
                listener.registered()

    async def _credit(self, session: AsyncSession, row: StatementRow, entry_id: int, gone: GoneBack) -> None:
        entry = await held_entry(session, entry_id)
        if entry is None or entry.state != State.CERTAIN.value:
            return
        before, said, source = Heap(entry.heap), kept_of(entry).entry, source_of(row.format)
        await register_certain(session, self._payments, self._surroundings, entry, source, row.taken_by, gone)
        await recount(session, row.id, before, Heap(entry.heap), said)

    async def _reversals(self, row: StatementRow, listener: Listener) -> None:
        """Judge the reversals anew, and register those that are certain."""
        book: Book | None = None
        while entries := await self._in_state(row.id, State.CERTAIN):
            if book is None:
                async with self._database.read() as session:
                    book = await load_book(session, self._surroundings)
            for entry_id in entries:
                async with self._database.write() as session:
                    await self._taking_back.of_file(session, row, entry_id, book)
                listener.registered()

    async def likely(self, row: StatementRow, by: str, listener: Listener) -> int:
        """Register the likely entries of a statement, each for the order that is proposed; return how many.

        What may have gone back already is left to be looked at by itself.
        """
        confirmed = 0
        async with self._database.read() as session:
            gone = await GoneBack.load(session, self._database.keys)
        for entry_id in await self._in_state(row.id, State.PROPOSED, Heap.LIKELY):
            async with self._database.write() as session:
                entry = await held_entry(session, entry_id)
                if entry is None or entry.state != State.PROPOSED.value:
                    continue
                kept = kept_of(entry)
                if kept.order is None or Reason.TAKEN_BACK in kept.reasons:
                    continue
                if not await still_stands(session, self._surroundings, entry, source_of(row.format), gone):
                    continue
                await register_kept(
                    session, self._payments, self._surroundings, entry, kept, kept.order.number, by
                )
                await self._notices.decided(session, row.id)
            confirmed += 1
            listener.registered()
        if confirmed:
            await self._taking_back.waiting(by)
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
