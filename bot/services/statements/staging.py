"""Writing what was read of a statement, so that a run that is killed is gone on with and nothing counts too early.

Entries are written as they are read, and count from the moment at which the whole file was read and added up. Until
then a new run of the same file begins anew. What was known before is left out: by the ledger, or by another statement.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.named_locks import hold
from bot.db.tables import PaymentRow, StatementEntryRow, StatementRow
from bot.db.upsert import insert_if_absent
from bot.domain.statements.entry import EntryKind
from bot.domain.statements.proposal import Heap
from bot.services.errors import ServiceError
from bot.services.payments.ledger import PaymentKind
from bot.services.statements.kept import Kept, state_of
from bot.services.statements.report import Counts

_ONE_AT_A_TIME = "statements"


class TakenOver(ServiceError):
    """Another run of the same file has taken its place: that one goes on, and this one has registered nothing."""


@dataclass(frozen=True, slots=True)
class Staged:
    """An entry as it is written.

    Attributes:
        position: among the entries of its file.
        known_by: by which another file's entry is known to be the same.
        kind: of the entry.
        heap: where it was judged to belong.
        booked_on: the day of its booking.
        payment_id: under which the ledger would know it.
        kept: what is kept of it; None where it is money that is not ours.
    """

    position: int
    known_by: bytes
    kind: EntryKind
    heap: Heap
    booked_on: date
    payment_id: str
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class FileOf:
    """Which file is taken: its digest and its name, what it is for people, and who brought it."""

    digest: str
    name: str
    format: str
    taken_by: str


async def begin(session: AsyncSession, file: FileOf, now: datetime) -> StatementRow:
    """The row of the file, held: a new one, or that of the run that took it before.

    Where that run did not read it to its end, what it had written is taken away, and this run begins anew; where it
    did, nothing is changed here.
    """
    values = {
        "digest": file.digest,
        "name": file.name,
        "format": file.format,
        "taken_by": file.taken_by,
        "run": secrets.token_hex(16),
        "began_at": now,
        "counts": {},
    }
    new = await insert_if_absent(session, StatementRow, values)
    row = (
        await session.execute(
            select(StatementRow).where(StatementRow.digest == file.digest).with_for_update()
        )
    ).scalar_one()
    if not new and row.read_at is None:
        await session.execute(delete(StatementEntryRow).where(StatementEntryRow.statement_id == row.id))
        row.name, row.format, row.taken_by = file.name, file.format, file.taken_by
        row.run, row.began_at = secrets.token_hex(16), now
    return row


async def known_among(
    session: AsyncSession, staged: Sequence[Staged], statement_id: int | None
) -> Collection[bytes]:
    """Those of the entries, by their blind index, that the ledger or another statement has told of."""
    found = await session.execute(
        select(StatementEntryRow.known_by)
        .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(
            StatementEntryRow.known_by.in_([each.known_by for each in staged]),
            StatementRow.read_at.is_not(None),
            StatementRow.id != (statement_id or 0),
        )
    )
    known = set(found.scalars())
    ledger = await session.execute(
        select(PaymentRow.payment_id).where(
            PaymentRow.payment_id.in_([each.payment_id for each in staged]),
            PaymentRow.kind == PaymentKind.REGISTERED.value,
        )
    )
    registered = set(ledger.scalars())
    return known | {each.known_by for each in staged if each.payment_id in registered}


async def write(session: AsyncSession, statement_id: int, run: str, staged: Sequence[Staged]) -> None:
    """Write entries that were read.

    Raises:
        TakenOver: another run works on the file.
    """
    mine = await session.execute(
        update(StatementRow)
        .where(StatementRow.id == statement_id, StatementRow.run == run)
        .values(run=run)
        .returning(StatementRow.id)
    )
    if mine.scalar_one_or_none() is None:
        raise TakenOver
    if staged:
        await session.execute(insert(StatementEntryRow), [_row(statement_id, each) for each in staged])


async def whole(session: AsyncSession, statement_id: int, run: str, counts: Counts, now: datetime) -> None:
    """The file was read to its end and adds up: from now on its entries count.

    What another statement that ended meanwhile has told of is known by it.

    Raises:
        TakenOver: another run works on the file.
    """
    await hold(session, _ONE_AT_A_TIME)
    await write(session, statement_id, run, ())
    elsewhere = (
        select(StatementEntryRow.known_by)
        .join(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(
            StatementRow.id != statement_id,
            StatementRow.read_at.is_not(None),
        )
    )
    gone = await session.execute(
        delete(StatementEntryRow)
        .where(StatementEntryRow.statement_id == statement_id, StatementEntryRow.known_by.in_(elsewhere))
        .returning(StatementEntryRow.heap, StatementEntryRow.content)
    )
    for heap, content in gone:
        counts.known += 1
        pile = counts.heaps[Heap(heap)]
        if content is None:
            pile.entries -= 1
        else:
            pile.take(Kept.read(content).entry)
    await session.execute(
        update(StatementRow)
        .where(StatementRow.id == statement_id)
        .values(read_at=now, counts=counts.to_json(), problem=None)
    )


async def unreadable(session: AsyncSession, statement_id: int, run: str, problem: str | None) -> None:
    """The file is damaged: nothing of it stays, but what is wrong with it where somebody is to be told of that."""
    row = (
        await session.execute(
            select(StatementRow)
            .where(StatementRow.id == statement_id, StatementRow.run == run)
            .with_for_update()
        )
    ).scalar_one_or_none()
    if row is None:
        return  # another run found out, or will
    await session.execute(delete(StatementEntryRow).where(StatementEntryRow.statement_id == statement_id))
    if problem is not None:
        row.problem = problem
    elif row.problem is None:
        await session.delete(row)  # whoever looks on knows


def _row(statement_id: int, staged: Staged) -> dict[str, Any]:
    return {
        "statement_id": statement_id,
        "position": staged.position,
        "known_by": staged.known_by,
        "kind": staged.kind.value,
        "heap": staged.heap.value,
        "state": state_of(staged.heap, staged.kind).value,
        "booked_on": staged.booked_on,
        "content": None if staged.kept is None else staged.kept.to_json(),
    }
