"""Entries are forgotten: what strangers wrote to the bank has no place here for long (docs/decisions/041)."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update

from bot.clock import rome_day
from bot.db.engine import Database
from bot.db.tables import StatementEntryRow, StatementRow
from bot.domain.cases import CaseKind
from bot.services.cases import resolve_case
from bot.services.statements.kept import KEEP_KNOWN, KEEP_WAITING, State
from bot.services.statements.telling import waiting_key

_UNDECIDED: Final = (State.PROPOSED.value, State.CERTAIN.value)
"""What waits for a person, or for a run that ended in the middle and that nobody has gone on with."""
_LAPSED: Final = (
    "nobody decided in time, and what the bank said is forgotten: import the file again to decide after all"
)


async def forget_entries(database: Database, now: datetime) -> None:
    """Forget what nobody has decided in time, and what is so old that no file of a bank tells of it again.

    A file of which something was forgotten undecided is not known any more: taken again, it asks again. What was
    registered stands in the ledger, and is known there for good.
    """
    async with database.write() as session:
        late = list(
            await session.scalars(
                select(StatementRow.id).where(
                    func.coalesce(StatementRow.finished_at, StatementRow.began_at) < now - KEEP_WAITING,
                    StatementRow.id.in_(
                        select(StatementEntryRow.statement_id).where(
                            StatementEntryRow.state.in_(_UNDECIDED),
                            StatementEntryRow.content.is_not(None),
                        )
                    ),
                )
            )
        )
        for statement_id in late:
            await session.execute(
                delete(StatementEntryRow).where(
                    StatementEntryRow.statement_id == statement_id,
                    StatementEntryRow.state.in_(_UNDECIDED),
                )
            )
            await session.execute(
                update(StatementRow).where(StatementRow.id == statement_id).values(digest=None)
            )
            await resolve_case(session, CaseKind.STATEMENT, waiting_key(statement_id), _LAPSED, now)
        await session.execute(
            delete(StatementEntryRow).where(
                StatementEntryRow.booked_on < rome_day(now - KEEP_KNOWN),
                StatementEntryRow.state.in_(
                    [State.COUNTED.value, State.DISMISSED.value, State.REGISTERED.value]
                ),
            )
        )
