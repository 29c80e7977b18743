"""Writing many rows in one go: the statement is compiled once, and the driver is given the rows as it takes them.

SQLAlchemy makes the parameters of each row by itself, and on SQLite one long statement of a few hundred of them, which
takes longer to make than to carry out. What makes it right stays SQLAlchemy's: how the statement is written for the
database, and how the values of each column are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

from bot.db.base import Base, Encrypted, EncryptedJson, table_of
from bot.db.upsert import inserting

Made = Callable[[list[Any]], list[Any]]
Judged = Callable[[Any], Mapping[str, Any]]


class _Compiled(NamedTuple):
    """An upsert for one engine.

    Attributes:
        sql: as the driver takes it.
        order: the places of the parameters among the given columns; of one that the table itself fills, its value.
        made: how all values of a column are made what the driver takes, where they are not that already.
    """

    sql: str
    order: Sequence[int | tuple[Any]]
    made: Mapping[int, Made]


class Upserts:
    """Rows that are inserted, or replace those that have the same key."""

    def __init__(
        self, table: type[Base], key: Sequence[str], values: Sequence[str], judged: Judged = lambda _: {}
    ) -> None:
        """Compile it when it is first used.

        Args:
            table: into which table.
            key: the columns of a unique index, by which a row is there already.
            values: the other columns of the rows.
            judged: makes, of a row's columns, those values of one that was there which are not simply the new one's.
        """
        self._table, self._key, self._values, self._judged = table, tuple(key), tuple(values), judged
        self._compiled: WeakKeyDictionary[Dialect, _Compiled] = WeakKeyDictionary()

    async def write(self, session: AsyncSession, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows, each the values of the key's columns and of the others, in their order; no key comes twice.

        Raises:
            DBAPIError: as SQLAlchemy raises it.
        """
        columns = [list(values) for values in zip(*rows, strict=True)]
        if not columns:
            return
        connection = await session.connection()
        dialect = connection.dialect
        if (compiled := self._compiled.get(dialect)) is None:
            compiled = self._compiled[dialect] = self._compile(dialect)
        for at, made in compiled.made.items():
            columns[at] = made(columns[at])
        number = len(columns[0])
        ordered = (columns[at] if isinstance(at, int) else at * number for at in compiled.order)
        await connection.exec_driver_sql(compiled.sql, list(zip(*ordered, strict=True)))

    def _compile(self, dialect: Dialect) -> _Compiled:
        statement = inserting(dialect.name, self._table)
        changes = {name: statement.excluded[name] for name in self._values} | dict(
            self._judged(statement.excluded)
        )
        names = [*self._key, *self._values]
        compiled = statement.on_conflict_do_update(index_elements=self._key, set_=changes).compile(
            dialect=dialect, column_keys=names, for_executemany=True
        )
        made = (_made(table_of(self._table).c[name].type, dialect) for name in names)
        filled = {
            column.name: (column.default.arg,)
            for column in compiled.insert_prefetch
            if isinstance(column.default, ScalarElementColumnDefault)
        }
        return _Compiled(
            sql=str(compiled),
            order=[
                filled[name] if name in filled else names.index(name) for name in compiled.positiontup or ()
            ],
            made={at: each for at, each in enumerate(made) if each is not None},
        )


def _made(kind: TypeEngine[Any], dialect: Dialect) -> Made | None:
    """How the values of a column of this type are made what the driver takes; None where they are that already."""
    if isinstance(kind, Encrypted | EncryptedJson):
        return partial(kind.seal_all, dialect=dialect)
    processor = kind.dialect_impl(dialect).bind_processor(dialect)
    return processor and partial(_each_once, processor)


def _each_once(process: Callable[[Any], Any], values: list[Any]) -> list[Any]:
    """The values as they become; days and moments come again in many rows."""
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]
