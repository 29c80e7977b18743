"""Asking for many rows by their numbers or names: one parameter however many there are.

`IN` has a parameter for each value, which SQLAlchemy writes anew into each statement; for a few hundred that costs more
than what the database does with them.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, any_, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession


def is_among(
    session: AsyncSession,
    column: ColumnElement[Any] | Any,
    values: Collection[int] | Collection[str] | Collection[bytes],
) -> ColumnElement[bool]:
    """Whether the column has one of these values: whole numbers, texts, or bytes that are all as many, as digests are.

    The type of the column is the database's own.
    """
    if session.get_bind().dialect.name == "sqlite":
        digests = [value for value in values if isinstance(value, bytes)]
        found: ColumnElement[bool] = column.in_(_digests(digests) if digests else _plain(values))
        return found
    same: ColumnElement[bool] = column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))
    return same


def _plain(values: Collection[Any]) -> Any:
    return select(func.json_each(json.dumps(list(values))).table_valued("value").c.value)


def _digests(values: Sequence[bytes]) -> Any:
    """JSON has no bytes: they are one after the other in one value, and JSON tells where each begins."""
    together = b"".join(values)
    size = len(values[0])
    given = func.json_each(json.dumps(list(range(1, len(together), size)))).table_valued("value")
    return select(func.substr(literal(together, LargeBinary), given.c.value, size))
