"""Erasing what was kept for its years: the content goes with its salt, and the chain says so (DOMAIN.md 7)."""

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from sqlalchemy import and_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

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
    same = and_(RecordRow.chain_id == ContentRow.chain_id, RecordRow.sequence == ContentRow.sequence)
    # 1. The chains are held first, as by whoever adds to them, and by one worker at a time.
    found = await session.execute(
        select(ChainRow.id, ChainRow.subject, ChainRow.subject_id, ContentRow.sequence)
        .join(ContentRow, ContentRow.chain_id == ChainRow.id)
        .join(RecordRow, same)
        .where(ContentRow.erased_on.is_(None), RecordRow.kind != Kind.ERASED.value, over)
        .order_by(ChainRow.id, ContentRow.sequence)
        .limit(BATCH)
        .with_for_update(of=ChainRow, skip_locked=True)
    )
    gone: dict[tuple[int, Chain], list[int]] = defaultdict(list)
    for row in found:
        gone[row.id, Chain(Subject(row.subject), row.subject_id)].append(row.sequence)
    if not gone:
        return 0
    # 2. Content and salt go.
    places = [(chain_id, sequence) for (chain_id, _), sequences in gone.items() for sequence in sequences]
    await session.execute(
        update(ContentRow)
        .where(tuple_(ContentRow.chain_id, ContentRow.sequence).in_(places), ContentRow.erased_on.is_(None))
        .values(salt=None, content=None, erased_on=today, erased_why=RETENTION)
        .execution_options(synchronize_session=False)
    )
    # 3. The chain says so.
    entries = [
        Entry(chain, Kind.ERASED, {"sequences": sequences, "reason": RETENTION})
        for (_, chain), sequences in gone.items()
    ]
    await record(session, entries, now)
    return len(places)
