"""Writing a row that may be there already: one statement in both databases, two in SQLAlchemy."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import Base


async def insert_if_absent(session: AsyncSession, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same key is there; return whether it was inserted.

    On PostgreSQL it waits for a concurrent transaction that inserts the same key, and then sees its row.
    """
    statement = _insert(session, table).values(dict(values)).on_conflict_do_nothing()
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount == 1


async def upsert(session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, replacing those that have the same primary key. All rows carry the same columns."""
    if not rows:
        return
    key = [column.name for column in inspect(table).primary_key]
    statement = _insert(session, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    await session.execute(
        statement.on_conflict_do_update(index_elements=key, set_=changed), [dict(row) for row in rows]
    )


def _insert(session: AsyncSession, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table)
