"""Looking up many rows by their numbers or names within a transaction, by a statement that is compiled once.

Where the same is asked again and again, writing it anew, as `bot.db.among` has it, takes SQLAlchemy longer than the
database takes to answer. As in `bot.db.many`, what makes it right stays SQLAlchemy's: how it is written for the
database, and how the values of each column are read.
"""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    LargeBinary,
    Select,
    String,
    TypeDecorator,
    any_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import INDEX_BYTES
from bot.db.prepared import Prepared

Condition = Callable[[Any, str], ColumnElement[bool]]
"""Says of a column that its value is among those of the parameter of this name, of which there may be any number.

They are whole numbers, texts or blind indexes, as the column has them.
"""


class Lookup:
    """A statement that looks up many rows; its columns have names of their own, by which the rows have them."""

    def __init__(self, write: Callable[[Condition], Select[*tuple[Any, ...]]]) -> None:
        """Write and compile it when it is first used; `write` is given how a column is said to be among many."""
        self._write = write
        self._written: dict[str, Prepared] = {}

    async def rows(self, session: AsyncSession, **values: Any) -> Any:
        """The rows, in the order of the statement, with these parameters.

        Raises:
            DBAPIError: as SQLAlchemy raises it.
        """
        connection = await session.connection()
        prepared = self._on(connection.dialect)
        form = prepared.on(connection.dialect)
        found = await connection.exec_driver_sql(form.sql, form.parameters(values))
        return prepared.understand(connection.dialect, found.all())

    def _on(self, dialect: Dialect) -> Prepared:
        if (prepared := self._written.get(dialect.name)) is None:
            among = _among_on_sqlite if dialect.name == "sqlite" else _among
            prepared = self._written[dialect.name] = Prepared(self._write(among))
        return prepared


class _Json(TypeDecorator[Any]):
    """Numbers or texts in one value."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        return json.dumps(list(value))


class _OneAfterTheOther(TypeDecorator[Any]):
    """Blind indexes in one value: JSON has no bytes."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> bytes:
        return b"".join(value)


def _among(column: Any, name: str) -> ColumnElement[bool]:
    same: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(column.type)))
    return same


def _among_on_sqlite(column: Any, name: str) -> ColumnElement[bool]:
    if isinstance(column.type, LargeBinary):
        given = bindparam(name, type_=_OneAfterTheOther)
        places = select(literal(1).label("place")).cte(f"places_of_{name}", recursive=True, nesting=True)
        after = places.c.place + INDEX_BYTES
        places = places.union_all(select(after).where(after < func.length(given)))
        one = select(func.substr(given, places.c.place, INDEX_BYTES))
    else:
        given = bindparam(name, type_=_Json)
        one = select(func.json_each(given).table_valued("value").c.value)
    found: ColumnElement[bool] = column.in_(one)
    return found
