"""Statements that each tap reads by: compiled once, and read without what SQLAlchemy makes around each execution.

SQLite answers such a statement in 7 µs; SQLAlchemy's way to it and back takes 20 to 40 more. What makes it right stays
SQLAlchemy's: how it is written for the database, and how the values of each column are read.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Select

Read = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """A statement for one engine.

    Attributes:
        sql: as the driver takes it.
        names: of its parameters, in their order.
        constants: those that the statement itself brings.
        read: how values are read, by the number of their column, where they are not what the driver gives.
        row: makes a row of its values.
    """

    sql: str
    names: Sequence[str]
    constants: Mapping[str, Any]
    read: Sequence[tuple[int, Read]]
    row: Callable[[Sequence[Any]], Any]


class Prepared:
    """A SELECT to be read by outside of a writing transaction.

    Its parameters are numbers, which drivers take as they are; its columns have names of their own.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Compile it when it is first used."""
        self._statement = statement
        self._compiled: WeakKeyDictionary[Dialect, _Compiled] = WeakKeyDictionary()

    def all(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Its rows with these parameters: each has the columns by their names.

        Raises:
            DBAPIError: as SQLAlchemy raises it.
        """
        if (compiled := self._compiled.get(connection.dialect)) is None:
            compiled = self._compiled[connection.dialect] = _compile(self._statement, connection.dialect)
        if not connection.in_transaction():
            connection.begin()
        given = {**compiled.constants, **values}
        parameters = tuple(given[name] for name in compiled.names)
        cursor = connection.connection.cursor()
        # Whoever counts statements is told of these too.
        several = False
        connection.dispatch.before_cursor_execute(connection, cursor, compiled.sql, parameters, None, several)
        try:
            cursor.execute(compiled.sql, parameters)
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error:
            # SQLAlchemy asks again: its errors are known to everybody, and it sees whether the connection is lost.
            return connection.execute(self._statement, values).all()
        finally:
            cursor.close()
        return [_row(compiled, row) for row in found]


def _row(compiled: _Compiled, found: Sequence[Any]) -> Any:
    values = list(found)
    for column, read in compiled.read:
        values[column] = read(values[column])
    return compiled.row(values)


def _compile(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    columns = tuple(statement.selected_columns)
    processors = (column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    names = [str(column.key) for column in columns]
    kind: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024 (the names are known only here)
    return _Compiled(
        sql=str(compiled),
        names=compiled.positiontup or (),
        constants={name: value for name, value in compiled.params.items() if value is not None},
        read=[(number, read) for number, read in enumerate(processors) if read is not None],
        row=kind._make,
    )
