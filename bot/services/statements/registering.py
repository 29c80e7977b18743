"""Registering entries by the ledger of the callback: each in one transaction with what became of it (DOMAIN.md 8)."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import ROME
from bot.db.tables import CollectiveOrderRow, CollectiveRow, OrderRow, StatementEntryRow
from bot.domain.payments import PaymentOutcome
from bot.domain.statements.book import Told
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.judging import judge, told_before
from bot.domain.statements.proposal import Heap, Proposal, Reason
from bot.services.payments.ledger import PaymentKind, PaymentReport, hold_payment
from bot.services.payments.payments import Payments
from bot.services.statements.book import book_of
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.kept import Kept, Meant, State, kept_of
from bot.services.surroundings import Surroundings

METHOD: Final = "bank_transfer"
"""How what a statement tells of was paid, in the words of the ledger."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry that was registered: the outcome, the order as the ledger names it, what is missing."""

    outcome: PaymentOutcome
    order: str
    missing: int


async def register_certain(
    session: AsyncSession,
    payments: Payments,
    surroundings: Surroundings,
    row: StatementEntryRow,
    source: str,
    by: str,
    gone: GoneBack,
) -> Entered | None:
    """Register an entry that was certain when it was read, if it still is; else it is proposed, and None returned.

    Args:
        session: the transaction; it holds the row, which is `State.CERTAIN`.
        payments: the ledger.
        surroundings: the time and the catalogue.
        row: the entry.
        source: what its statement is called as a source of payments.
        by: who is said to have decided it.
        gone: what went back, and of which nobody knows yet what payment it was.
    """
    kept = kept_of(row)
    if kept.order is None:
        raise ValueError("nothing is certain about an entry without an order")
    await _hold(session, kept, kept.order.number)
    # Between reading and now its order may have been paid by another way: that is never a duplicate by itself.
    book = await book_of(session, surroundings, kept.order.number)
    proposal = gone.looked_at(kept.entry, judge(kept.entry, book, source))
    if proposal.heap is not Heap.CERTAIN:
        propose(row, kept, proposal)
        return None
    return await register_kept(session, payments, surroundings, row, kept, kept.order.number, by)


async def still_stands(
    session: AsyncSession, surroundings: Surroundings, row: StatementEntryRow, source: str, gone: GoneBack
) -> bool:
    """Whether nothing speaks against what is proposed of an entry that did not when it was read.

    Otherwise it is proposed anew. What speaks for it may be more by now: its order's amount fits, for one.
    """
    kept = kept_of(row)
    if kept.entry.kind is not EntryKind.CREDIT or kept.order is None:
        return True
    await _hold(session, kept, kept.order.number)
    book = await book_of(session, surroundings, kept.order.number)
    proposal = gone.looked_at(kept.entry, judge(kept.entry, book, source))
    same_heap = proposal.heap.value == row.heap and set(proposal.reasons) <= set(kept.reasons)
    if proposal.heap is Heap.CERTAIN or same_heap:
        return True
    propose(row, kept, proposal)
    return False


async def is_new_money(
    session: AsyncSession, surroundings: Surroundings, row: StatementEntryRow, source: str, number: str
) -> bool:
    """Whether no other source has told of this money for the order that a person names.

    Otherwise it is proposed as probably the same, unless that was said of this order before.
    """
    kept = kept_of(row)
    said_before = (
        row.heap == Heap.PROBABLY_SAME.value and kept.order is not None and kept.order.number == number
    )
    if kept.entry.kind is not EntryKind.CREDIT or said_before:
        return True
    await _hold(session, kept, number)
    told = Told(kept.entry.cents, source, kept.entry.booked_on)
    book = await book_of(session, surroundings, number)
    for order in book.find([number]):
        if same := told_before(order, told, book):
            others = [*([kept.order] if kept.order is not None else []), *kept.candidates]
            row.heap = Heap.PROBABLY_SAME.value
            row.content = replace(
                kept,
                reasons=(Reason.OTHER_SOURCE,),
                order=Meant(number, order.missing),
                candidates=tuple(each for each in others if each.number != number),
                payment=same[1].payment_id,
            ).to_json()
            return False
    return True


async def _hold(session: AsyncSession, kept: Kept, number: str) -> None:
    """Let nobody else pay, until the transaction ends, the order or the collective number that is looked at anew."""
    await hold_payment(session, kept.payment_id)
    listed = (
        select(CollectiveOrderRow.order_id)
        .join(CollectiveRow, CollectiveRow.id == CollectiveOrderRow.collective_id)
        .where(CollectiveRow.number == number)
    )
    await session.execute(
        select(OrderRow.id)
        .where(or_(OrderRow.number == number, OrderRow.id.in_(listed)))
        .order_by(OrderRow.id)
        .with_for_update()
    )


def waiting_as(kept: Kept, proposal: Proposal) -> tuple[str, Kept]:
    """The heap in which an entry waits for a person, and what is kept of it then.

    What has been asked stays asked: what would be certain by now is likely, and what fits nothing any more is unknown.
    """
    heap = {Heap.CERTAIN: Heap.LIKELY, Heap.NOT_OURS: Heap.UNKNOWN}.get(proposal.heap, proposal.heap)
    return heap.value, Kept.of(kept.entry, kept.payment_id, proposal)


def propose(row: StatementEntryRow, kept: Kept, proposal: Proposal) -> None:
    """Leave an entry to a person, also one that waits and of which nothing fits an order any more."""
    row.state = State.PROPOSED.value
    row.heap, found = waiting_as(kept, proposal)
    row.content = found.to_json()


async def register_kept(
    session: AsyncSession,
    payments: Payments,
    surroundings: Surroundings,
    row: StatementEntryRow,
    kept: Kept,
    order: str,
    by: str,
) -> Entered:
    """Register an entry for an order, and keep of it no more than its references; arguments as above."""
    now = surroundings.now()
    answer = await payments.register_with(session, report_of(kept, order, now))
    row.state, row.outcome = State.REGISTERED.value, answer.outcome.value
    row.payment_id, row.content = kept.payment_id, kept.references()
    row.decided_at, row.decided_by = now, by
    return Entered(answer.outcome, answer.order, answer.due)


def report_of(kept: Kept, order: str, now: datetime) -> PaymentReport:
    """What the ledger is told of an entry: money that came, or that a payment which it names went back."""
    entry = kept.entry
    back = entry.kind is EntryKind.REVERSAL
    return PaymentReport(
        kind=PaymentKind.REVERSED if back else PaymentKind.REGISTERED,
        payment_id=kept.payment if back and kept.payment is not None else kept.payment_id,
        order=order,
        cents=entry.cents,
        currency=entry.currency,
        method=METHOD,
        registered_at=_moment(entry, now),
        reversal_id=kept.payment_id if back else "",
    )


async def held_entry(session: AsyncSession, entry_id: int) -> StatementEntryRow | None:
    """The entry of this number, which nobody else decides until the transaction ends; None where there is none."""
    found = await session.execute(
        select(StatementEntryRow).where(StatementEntryRow.id == entry_id).with_for_update()
    )
    return found.scalar_one_or_none()


def _moment(entry: StatementEntry, now: datetime) -> datetime:
    """A bank says the day: noon of it, unless that is still to come."""
    return min(datetime.combine(entry.booked_on, time(12), ROME), now)
