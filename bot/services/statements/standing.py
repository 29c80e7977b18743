"""How it stands with the bank's statements, for whoever watches the bot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import CaseRow, StatementEntryRow, StatementRow
from bot.domain.cases import CaseKind
from bot.services.cases import IS_OPEN
from bot.services.statements.kept import State
from bot.services.statements.telling import UNREADABLE


@dataclass(frozen=True, slots=True)
class StatementStanding:
    """When the last one was taken, an instant in UTC, None before the first; and what of all of them waits.

    Attributes:
        last: when that was.
        waiting: entries that wait for a person.
        unreadable: files that came by themselves, and of which nobody has said what to do since they cannot be read.
    """

    last: datetime | None
    waiting: int
    unreadable: int


async def statement_standing(database: Database) -> StatementStanding:
    """Look how it stands."""
    async with database.read() as session:
        last = await session.scalar(select(func.max(StatementRow.finished_at)))
        waiting = await session.scalar(
            select(func.count())
            .select_from(StatementEntryRow)
            .where(StatementEntryRow.state == State.PROPOSED.value, StatementEntryRow.content.is_not(None))
        )
        unreadable = await session.scalar(
            select(func.count())
            .select_from(CaseRow)
            .where(
                CaseRow.kind == CaseKind.STATEMENT.value,
                CaseRow.key.startswith(UNREADABLE, autoescape=True),
                IS_OPEN,
            )
        )
    return StatementStanding(last, waiting or 0, unreadable or 0)
