"""What waits is judged anew whenever somebody looks at it: orders are paid, cancelled and placed meanwhile.

What changed is stored with the entry, so that a decision is taken on what was shown. Mostly nothing has: that is seen
by a book of the few orders that an entry may mean, and only for the others the whole book is loaded.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import OrderRow, PaymentRow, StatementEntryRow
from bot.domain.orders import OrderStatus
from bot.domain.statements.book import Book
from bot.domain.statements.entry import EntryKind
from bot.domain.statements.going_back import marks_of
from bot.domain.statements.judging import judge
from bot.domain.statements.proposal import Proposal, Reason
from bot.domain.statements.reading import read
from bot.services.payments.ledger import PaymentKind
from bot.services.statements.book import book_of, load_book
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.kept import Kept, State, kept_of
from bot.services.statements.one_payment import only_payment
from bot.services.statements.registering import held_entry, waiting_as
from bot.services.surroundings import Surroundings

_Entries = Sequence[tuple[StatementEntryRow, str]]
"""Entries that wait, each with what its statement is called as a source of payments."""


class LookingAgain:
    """Judges anew what waits."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Judge what waits in `database`."""
        self._database = database
        self._surroundings = surroundings

    async def look(self, entries: _Entries) -> None:
        """Judge these anew, and store what is proposed of them now; the rows are brought up to date."""
        async with self._database.read() as session:
            changed = await self._changed(session, entries)
        for row, (heap, kept) in changed:
            async with self._database.write() as session:
                stored = await held_entry(session, row.id)
                if stored is None or stored.state != State.PROPOSED.value or stored.content != row.content:
                    continue  # somebody decided it, or looked at it, at this moment
                stored.heap, stored.content = heap, kept.to_json()
            row.heap, row.content = heap, kept.to_json()

    async def _changed(
        self, session: AsyncSession, entries: _Entries
    ) -> Sequence[tuple[StatementEntryRow, tuple[str, Kept]]]:
        gone = await GoneBack.load(session, self._database.keys)
        few = await self._book_of(session, [kept_of(row) for row, _ in entries])
        differing = [
            (row, source)
            for row, source in entries
            if row.kind == EntryKind.REVERSAL.value
            or _as_now(row, _judged(row, few, gone, source)) != (row.heap, kept_of(row))
        ]
        if not differing:
            return []
        book = await load_book(session, self._surroundings)
        changed = []
        for row, source in differing:
            proposal = _judged(row, book, gone, source)
            if row.kind == EntryKind.REVERSAL.value:
                proposal = await only_payment(session, self._database.keys, kept_of(row).entry, proposal)
            if (now := _as_now(row, proposal)) != (row.heap, kept_of(row)):
                changed.append((row, now))
        return changed

    async def _book_of(self, session: AsyncSession, several: Iterable[Kept]) -> Book:
        """What these entries may mean; of what asks for their amounts, or was paid with them, one each."""
        numbers: set[str] = set()
        amounts: set[int] = set()
        for kept in several:
            meant = [*([] if kept.order is None else [kept.order]), *kept.candidates]
            said = read(kept.entry)
            numbers.update(each.number for each in meant)
            numbers |= said.numbers
            numbers.update(f"{each[:-1]}-{each[-1]}" for each in said.windows())
            amounts.add(kept.entry.cents)
        return await book_of(session, self._surroundings, *numbers, *await _with_amounts(session, amounts))


async def _with_amounts(session: AsyncSession, amounts: Collection[int]) -> Collection[str]:
    """The number of one order for each amount that asks for it, and of one that was paid with it."""
    paid = (
        select(func.coalesce(func.sum(PaymentRow.counted), 0))
        .where(PaymentRow.order_id == OrderRow.id)
        .correlate(OrderRow)
        .scalar_subquery()
    )
    asking = await session.execute(
        select(func.min(OrderRow.number))
        .where(OrderRow.status == OrderStatus.AWAITING_PAYMENT.value, (OrderRow.due - paid).in_(amounts))
        .group_by(OrderRow.due - paid)
    )
    had = await session.execute(
        select(func.min(OrderRow.number))
        .join(PaymentRow, PaymentRow.order_id == OrderRow.id)
        .where(PaymentRow.amount.in_(amounts), PaymentRow.kind == PaymentKind.REGISTERED.value)
        .group_by(PaymentRow.amount)
    )
    return {*asking.scalars(), *had.scalars()}


def _judged(row: StatementEntryRow, book: Book, gone: GoneBack, source: str) -> Proposal:
    entry = kept_of(row).entry
    return gone.looked_at(entry, judge(entry, book, source))


def _as_now(row: StatementEntryRow, proposal: Proposal) -> tuple[str, Kept]:
    """The heap in which an entry waits now, and what is kept of it."""
    kept = kept_of(row)
    if kept.reasons == (Reason.OTHER_SOURCE,):
        return row.heap, kept  # a person has named its order, and was told that another source had told of it
    if kept.entry.kind is EntryKind.REVERSAL and proposal.payment is None and _is_known_by_marks(kept):
        return row.heap, kept
    return waiting_as(kept, proposal)


def _is_known_by_marks(kept: Kept) -> bool:
    """Whether nothing is left of what the bank said, but by which payment it was recognised."""
    marks = marks_of(kept.entry)
    return not (kept.entry.pieces or marks.references or marks.people)
