"""Money that went back is taken back from its payment: when its file is taken, and when the payment comes later."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.going_back import marks_of
from bot.domain.statements.judging import judge
from bot.domain.statements.proposal import Heap, Proposal, Reason
from bot.services.payments.payments import Payments
from bot.services.statements.book import load_book, source_of
from bot.services.statements.gone_back import blinded, known_by_marks, marks_kept
from bot.services.statements.kept import Kept, Meant, State, kept_of
from bot.services.statements.one_payment import only_payment
from bot.services.statements.registering import held_entry, propose, register_kept
from bot.services.statements.report import Counts
from bot.services.statements.telling import StatementNotices
from bot.services.surroundings import Surroundings

_WAIT: Final = (Heap.UNKNOWN.value, Heap.LIKELY.value)


class TakingBack:
    """Finds the payments that went back."""

    def __init__(
        self, database: Database, surroundings: Surroundings, payments: Payments, notices: StatementNotices
    ) -> None:
        """Take back by `payments` on `database`; `notices` ask a person, and end the case of what was decided."""
        self._database = database
        self._surroundings = surroundings
        self._payments = payments
        self._notices = notices

    async def of_file(self, session: AsyncSession, row: StatementRow, entry_id: int, book: Book) -> None:
        """Judge a reversal of a file whose credits are registered by now, and take back what is certain.

        `book` knows these credits.
        """
        entry = await held_entry(session, entry_id)
        if entry is None or entry.state != State.CERTAIN.value:
            return
        kept = kept_of(entry)
        proposal = await self._judge(session, row, kept.entry, book)
        if proposal.heap is Heap.NOT_OURS:
            before, entry.heap = Heap(entry.heap), proposal.heap.value
            entry.state, entry.content = State.COUNTED.value, marks_kept(self._database.keys, kept)
            await recount(session, row.id, before, Heap.NOT_OURS, kept.entry)
        else:
            await self._judged(session, row, entry, proposal, row.taken_by)

    async def of_payment(self, paid: Kept, number: str, by: str) -> None:
        """A person has confirmed a payment: what went back of it before is taken back, or proposed to be.

        Args:
            paid: the entry that was confirmed, as it had been kept.
            number: of the order that it was registered for.
            by: who confirmed it.
        """
        await self._known_by_marks(paid, number)
        await self.waiting(by)

    async def waiting(self, by: str, *, but: int | None = None) -> None:
        """Judge anew what went back and waits, now that more payments are known; of all files `but` this one."""
        wanted = [
            StatementEntryRow.state == State.PROPOSED.value,
            StatementEntryRow.content.is_not(None),
            StatementEntryRow.kind == EntryKind.REVERSAL.value,
            StatementEntryRow.heap.in_(_WAIT),
            StatementRow.finished_at.is_not(None),
        ]
        if but is not None:
            wanted.append(StatementRow.id != but)
        async with self._database.read() as session:
            found = await session.execute(
                select(StatementEntryRow.id, StatementRow)
                .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
                .where(*wanted)
                .order_by(StatementEntryRow.id)
            )
            entries = [(entry_id, statement) for entry_id, statement in found]
            if not entries:
                return
            book = await load_book(session, self._surroundings)
        for entry_id, statement in entries:
            async with self._database.write() as session:
                await self._judge_anew(session, statement, entry_id, book, by)

    async def _judge_anew(
        self, session: AsyncSession, statement: StatementRow, entry_id: int, book: Book, by: str
    ) -> None:
        entry = await held_entry(session, entry_id)
        if entry is None or entry.state != State.PROPOSED.value:
            return
        kept = kept_of(entry)
        proposal = await self._judge(session, statement, kept.entry, book)
        if proposal.payment is None and {Reason.SEVERAL_ORDERS, Reason.SEVERAL_PAYMENTS}.isdisjoint(
            proposal.reasons
        ):
            return  # nothing was learned
        await self._judged(session, statement, entry, proposal, by)
        await self._notices.decided(session, statement.id)

    async def _judge(
        self, session: AsyncSession, row: StatementRow, entry: StatementEntry, book: Book
    ) -> Proposal:
        proposal = judge(entry, book, source_of(row.format))
        return await only_payment(session, self._database.keys, entry, proposal)

    async def _judged(
        self, session: AsyncSession, row: StatementRow, entry: StatementEntryRow, proposal: Proposal, by: str
    ) -> None:
        """Take it back where it is certain of which payment; else leave it to a person."""
        before, kept = Heap(entry.heap), kept_of(entry)
        found = Kept.of(kept.entry, kept.payment_id, proposal)
        if proposal.heap is Heap.CERTAIN and found.order is not None:
            entry.heap = proposal.heap.value
            await register_kept(
                session, self._payments, self._surroundings, entry, found, found.order.number, by
            )
        else:
            propose(entry, kept, proposal)
        await recount(session, row.id, before, Heap(entry.heap), kept.entry)

    async def _known_by_marks(self, paid: Kept, number: str) -> None:
        """Propose that a payment went back of which only the marks are kept, since it was not ours when it was told."""
        marks = blinded(self._database.keys, marks_of(paid.entry))
        async with self._database.read() as session:
            found = await session.execute(
                select(StatementEntryRow.id, StatementEntryRow.content, StatementEntryRow.booked_on)
                .where(
                    StatementEntryRow.kind == EntryKind.REVERSAL.value,
                    StatementEntryRow.state == State.COUNTED.value,
                    StatementEntryRow.content.is_not(None),
                )
                .order_by(StatementEntryRow.id)
            )
            meant = [
                entry_id
                for entry_id, content, booked_on in found
                if known_by_marks(content, booked_on).may_be(paid.entry, marks, number)
            ]
        for entry_id in meant:
            async with self._database.write() as session:
                await self._ask(session, entry_id, paid, number)

    async def _ask(self, session: AsyncSession, entry_id: int, paid: Kept, number: str) -> None:
        row = await held_entry(session, entry_id)
        if row is None or row.state != State.COUNTED.value or row.content is None:
            return
        statement = await session.get_one(StatementRow, row.statement_id)
        kept = _with_its_payment(row.content, row.booked_on, paid, number)
        row.heap, row.state, row.content = Heap.LIKELY.value, State.PROPOSED.value, kept.to_json()
        await session.flush()
        await recount(session, statement.id, Heap.NOT_OURS, Heap.LIKELY, kept.entry)
        await self._notices.asked_again(session, statement)


def _with_its_payment(stored: Mapping[str, Any], booked_on: date, paid: Kept, number: str) -> Kept:
    entry = StatementEntry(
        EntryKind.REVERSAL, "", booked_on, stored["cents"], stored["currency"], place=stored["place"]
    )
    why = Reason.AMOUNT if entry.cents == paid.entry.cents else Reason.AMOUNT_DIFFERS
    return Kept(entry, stored["payment_id"], (why,), Meant(number, 0), (), paid.payment_id)


async def recount(
    session: AsyncSession, statement_id: int, before: Heap, after: Heap, entry: StatementEntry
) -> None:
    """Move an entry from one heap of its statement to another."""
    if after is before:
        return
    statement = await session.get_one(StatementRow, statement_id, with_for_update=True)
    counts = Counts.read(statement.counts)
    counts.heaps[before].take(entry)
    counts.heaps[after].add(entry)
    statement.counts = counts.to_json()
