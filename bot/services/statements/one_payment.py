"""Whether a reversal can be of one payment only: what else the bank told of is looked through (DOMAIN.md 8).

The book knows what was paid for orders. A bank that uses its references again may have given the same one to money that
waits for a person, or that had nothing to do with any order.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.among import is_among
from bot.db.keys import KeyRing
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.statements.book import SAME_WITHIN, PastPayment
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.ids import bank_reference, payment_id
from bot.domain.statements.proposal import Heap, Proposal, Reason
from bot.services.statements.kept import KEEP_KNOWN, Kept, State

_ALIKE: Final = 2
"""So many alike entries of a day are looked for: one more than one is as good as many."""


async def only_payment(
    session: AsyncSession, keys: KeyRing, entry: StatementEntry, proposal: Proposal
) -> Proposal:
    """What is made of a reversal: certain only where nothing else that the bank told of can be what went back."""
    order, payment = proposal.order, proposal.payment
    if proposal.heap is not Heap.CERTAIN or order is None or payment is None:
        return proposal
    if await _waits(session, entry, order.number, payment) or (
        Reason.SAME_REFERENCE in proposal.reasons and await _had_it_too(session, keys, entry, payment)
    ):
        return Proposal(Heap.UNKNOWN, (Reason.SEVERAL_PAYMENTS,), candidates=(order,))
    return proposal


async def _waits(session: AsyncSession, entry: StatementEntry, number: str, payment: PastPayment) -> bool:
    """Whether money waits for a person that fits as well: of as much, and with the reference, or for the order."""
    found = await session.execute(
        select(StatementEntryRow.content)
        .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(
            StatementEntryRow.kind == EntryKind.CREDIT.value,
            StatementEntryRow.state.in_([State.PROPOSED.value, State.CERTAIN.value]),
            StatementEntryRow.content.is_not(None),
            StatementEntryRow.booked_on <= entry.booked_on,
            StatementRow.read_at.is_not(None),
        )
    )
    reference = bank_reference(entry)
    for content in found.scalars():
        kept = Kept.read(content)
        if kept.entry.cents != entry.cents or kept.payment == payment.payment_id:
            continue
        meant = [*([] if kept.order is None else [kept.order]), *kept.candidates]
        if number in {each.number for each in meant} or (
            reference and reference == bank_reference(kept.entry)
        ):
            return True
    return False


async def _had_it_too(
    session: AsyncSession, keys: KeyRing, entry: StatementEntry, payment: PastPayment
) -> bool:
    """Whether the bank gave the reference, with the same sum, to other money that came before it went back.

    What a person has said to be this very payment, told of once more, is none.
    """
    indexes = [_index(keys, each) for each in _ids(entry)]
    found = await session.execute(
        select(StatementEntryRow.known_by, StatementEntryRow.state, StatementEntryRow.booked_on)
        .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(is_among(session, StatementEntryRow.known_by, indexes), StatementRow.read_at.is_not(None))
    )
    own = _index(keys, payment.payment_id)
    return any(
        known_by != own and not (state == State.DISMISSED.value and abs(day - payment.day) <= SAME_WITHIN)
        for known_by, state, day in found
    )


def _ids(entry: StatementEntry) -> Iterator[str]:
    """The ids of whatever money can have had the reference and the sum of a reversal, day by day until it went back."""
    credit = replace(entry, kind=EntryKind.CREDIT)
    for days in range(KEEP_KNOWN.days):
        each = replace(credit, booked_on=entry.booked_on - timedelta(days))
        for ordinal in range(1, _ALIKE + 1):
            yield payment_id(each, ordinal)


def _index(keys: KeyRing, known_as: str) -> bytes:
    return keys.index(f"{EntryKind.CREDIT.value}:{known_as}")
