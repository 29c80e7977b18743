"""Erasing what is kept no longer: the content goes with its salt, and the chain says so (DOMAIN.md 7).

That is what was kept for its years, and of a customer whose data are deleted what the law does not want kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.among import is_among
from bot.db.engine import Database
from bot.db.tables import ChainRow, ContentRow, RecordRow
from bot.domain.calendar import add_years
from bot.domain.catalogue import Rules
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.services.evidence.writing import Entry, Kept, record

BATCH: Final = 500
"""Contents in one transaction."""
RETENTION: Final = "retention"
"""Why: their years are over."""
REQUEST: Final = "deletion on request"
"""Why: whom they are about wanted everything deleted, and the law does not want these kept."""

_Gone = Mapping[tuple[int, Chain], Sequence[int]]
"""What is to be erased: the places in each chain, by the row of the chain and its name."""
_SAME = and_(RecordRow.chain_id == ContentRow.chain_id, RecordRow.sequence == ContentRow.sequence)


async def erase_what_is_over(database: Database, rules: Rules, today: date, now: datetime) -> int:
    """Erase the contents whose years are over; return how many. Again on the same day, nothing.

    What says that others were erased stays: it names nobody, and without it they would seem to be gone by themselves.
    """
    count = 0
    while True:
        async with database.write() as session:
            erased = await _erase_some(session, rules, today, now)
        count += erased
        if erased < BATCH:
            return count


async def _erase_some(session: AsyncSession, rules: Rules, today: date, now: datetime) -> int:
    over = or_(
        *(
            and_(ContentRow.kept == kept.value, ContentRow.written_on < add_years(today, -years))
            for kept, years in (
                (Kept.EVIDENCE, rules.evidence_years),
                (Kept.REMINDER, rules.reminder_years),
            )
        )
    )
    # 1. The chains are held first, as by whoever adds to them, and by one worker at a time.
    found = await session.execute(
        select(ChainRow.id, ChainRow.subject, ChainRow.subject_id, ContentRow.sequence)
        .join(ContentRow, ContentRow.chain_id == ChainRow.id)
        .join(RecordRow, _SAME)
        .where(ContentRow.erased_on.is_(None), RecordRow.kind != Kind.ERASED.value, over)
        .order_by(ChainRow.id, ContentRow.sequence)
        .limit(BATCH)
        .with_for_update(of=ChainRow, skip_locked=True)
    )
    gone = _by_chain(found)
    if not gone:
        return 0
    # 2. They go, and the chain says so.
    return await _erase(session, gone, RETENTION, today, now)


async def erase_of(
    session: AsyncSession,
    whole: Collection[Chain],
    but_for_evidence: Collection[Chain],
    today: date,
    now: datetime,
    *,
    reason: str = REQUEST,
) -> int:
    """Erase for a reason, in the transaction of `session`; return how many contents went.

    Args:
        session: it holds the orders and mailboxes that the chains are about.
        whole: chains of which all goes.
        but_for_evidence: chains of which goes what is kept as a reminder (`Kept.REMINDER`).
        today: the day in Rome.
        now: this instant.
        reason: `REQUEST`, or `RETENTION` where the years of all of it are over.
    """
    # 1. The chains are held in the order of their numbers, as by whoever adds to several.
    numbers: dict[int, Chain] = {}
    for subject in Subject:
        ids = [chain.id for chain in (*whole, *but_for_evidence) if chain.subject is subject]
        rows = await session.execute(
            select(ChainRow.id, ChainRow.subject_id).where(
                ChainRow.subject == subject.value, is_among(session, ChainRow.subject_id, ids)
            )
        )
        numbers |= {number: Chain(subject, subject_id) for number, subject_id in rows}
    await session.execute(
        select(ChainRow.id)
        .where(is_among(session, ChainRow.id, numbers))
        .order_by(ChainRow.id)
        .with_for_update()
    )
    # 2. What of them goes.
    all_of_it = set(whole)
    found = await session.execute(
        select(ContentRow.chain_id, ContentRow.sequence, ContentRow.kept)
        .join(RecordRow, _SAME)
        .where(
            is_among(session, ContentRow.chain_id, numbers),
            ContentRow.erased_on.is_(None),
            RecordRow.kind != Kind.ERASED.value,
        )
        .order_by(ContentRow.chain_id, ContentRow.sequence)
    )
    gone: dict[tuple[int, Chain], list[int]] = defaultdict(list)
    for number, sequence, kept in found:
        if kept == Kept.REMINDER.value or numbers[number] in all_of_it:
            gone[number, numbers[number]].append(sequence)
    return await _erase(session, gone, reason, today, now)


async def _erase(session: AsyncSession, gone: _Gone, reason: str, today: date, now: datetime) -> int:
    """Take contents and salts away, and record it in their chains, which are held."""
    places = [(chain_id, sequence) for (chain_id, _), sequences in gone.items() for sequence in sequences]
    for start in range(0, len(places), BATCH):
        await session.execute(
            update(ContentRow)
            .where(
                tuple_(ContentRow.chain_id, ContentRow.sequence).in_(places[start : start + BATCH]),
                ContentRow.erased_on.is_(None),
            )
            .values(salt=None, content=None, erased_on=today, erased_why=reason)
            .execution_options(synchronize_session=False)
        )
    entries = [
        Entry(chain, Kind.ERASED, {"sequences": list(sequences), "reason": reason})
        for (_, chain), sequences in gone.items()
    ]
    await record(session, entries, now)
    return len(places)


def _by_chain(rows: Iterable[Any]) -> _Gone:
    gone: dict[tuple[int, Chain], list[int]] = defaultdict(list)
    for row in rows:
        gone[row.id, Chain(Subject(row.subject), row.subject_id)].append(row.sequence)
    return gone
