"""Writing a row that may be there already: one statement in both databases, two in SQLAlchemy."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import Base, table_of


async def insert_if_absent(session: AsyncSession, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same key is there; return whether it was inserted.

    On PostgreSQL it waits for a concurrent transaction that inserts the same key, and then sees its row.
    """
    statement = inserting_if_absent(_dialect(session), table)
    result = cast("CursorResult[Any]", await session.execute(statement, dict(values)))
    return result.rowcount == 1


async def insert_all_absent(
    session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert those of the rows whose keys are not there yet. All rows carry the same columns."""
    if rows:
        statement = inserting_if_absent(_dialect(session), table)
        await session.execute(statement, [dict(row) for row in rows])


async def upsert(session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, replacing those that have the same primary key. All rows carry the same columns."""
    if rows:
        statement = upserting(_dialect(session), table, tuple(rows[0]))
        await session.execute(statement, [dict(row) for row in rows])


# Building these statements costs more than running them, and each tap needs two.


@cache
def inserting_if_absent(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """The statement that inserts a row unless one with the same key is there."""
    return inserting(dialect, table).on_conflict_do_nothing()


@cache
def upserting(dialect: str, table: type[Base], columns: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    """The statement that inserts a row with these columns, or replaces them in the one with the same primary key."""
    statement = inserting(dialect, table)
    key = [column.name for column in table_of(table).primary_key]
    changed = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


def inserting(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insertion as the dialect knows it: with `ON CONFLICT`."""
    return sqlite.insert(table_of(table)) if dialect == "sqlite" else postgresql.insert(table_of(table))


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name
