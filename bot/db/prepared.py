"""Statements that each tap needs: compiled once, and run without what SQLAlchemy makes around each execution.

SQLite answers such a statement in 7 µs; SQLAlchemy's way to it and back takes 20 to 40 more. What makes it right stays
SQLAlchemy's: how it is written for the database, and how the values of each column are written and read.

`Together` reads by several of them in one going: on PostgreSQL each going costs more than what is asked by it.
"""

from abc import ABC, abstractmethod
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Select, cast, literal_column, null, union_all
from sqlalchemy.sql import ClauseElement, ColumnElement

T_co = TypeVar("T_co", covariant=True)
Convert = Callable[[Any], Any]
_PART: Final = "part"


class Form(NamedTuple):
    """A statement as one engine takes it.

    Attributes:
        sql: as the driver takes it.
        names: of its parameters, in their order.
        constants: those that the statement itself brings.
        write: how parameters are written, by their name, where the driver does not take them as they are.
    """

    sql: str
    names: Sequence[str]
    constants: Mapping[str, Any]
    write: Sequence[tuple[int, Convert]]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """What the driver is given."""
        given = {**self.constants, **values}
        parameters = [given[name] for name in self.names]
        for number, write in self.write:
            parameters[number] = write(parameters[number])
        return tuple(parameters)


class _Shape(NamedTuple):
    """How one engine's rows are read.

    Attributes:
        read: how values are read, by the number of their column, where they are not what the driver gives.
        row: makes a row of its values.
    """

    read: Sequence[tuple[int, Convert]]
    row: Callable[[Sequence[Any]], Any]

    def of(self, found: Sequence[Any]) -> Any:
        """A row with its columns by their names."""
        values = list(found)
        for column, read in self.read:
            values[column] = read(values[column])
        return self.row(values)


class Asking(ABC, Generic[T_co]):
    """Something that is asked of a database in one statement, whose answer is understood as a `T_co`."""

    def __init__(self) -> None:
        """Compile it when it is first used."""
        self._forms: WeakKeyDictionary[Dialect, Form] = WeakKeyDictionary()

    def on(self, dialect: Dialect) -> Form:
        """The statement as the engine with this dialect takes it."""
        if (form := self._forms.get(dialect)) is None:
            form = self._forms[dialect] = _form(self.statement, dialect)
        return form

    @property
    @abstractmethod
    def statement(self) -> ClauseElement:
        """As SQLAlchemy knows it."""

    @abstractmethod
    def understand(self, dialect: Dialect, found: Sequence[Sequence[Any]]) -> T_co:
        """What the rows say that the driver has found."""

    @abstractmethod
    def ask_otherwise(self, connection: Connection, values: Mapping[str, Any]) -> T_co:
        """Ask by SQLAlchemy, whose errors are known to everybody, and which sees whether the connection is lost."""

    def all(self, connection: Connection, values: Mapping[str, Any]) -> T_co:
        """Read outside of a writing transaction, with these parameters.

        Raises:
            DBAPIError: as SQLAlchemy raises it.
        """
        form = self.on(connection.dialect)
        if not connection.in_transaction():
            connection.begin()
        parameters = form.parameters(values)
        cursor = connection.connection.cursor()
        # Whoever counts statements is told of these too.
        several = False
        connection.dispatch.before_cursor_execute(connection, cursor, form.sql, parameters, None, several)
        try:
            cursor.execute(form.sql, parameters)
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error:
            return self.ask_otherwise(connection, values)
        finally:
            cursor.close()
        return self.understand(connection.dialect, found)


class Prepared(Asking[Sequence[Any]]):
    """One statement that gives rows, a SELECT where it is only read; its columns have names of their own."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Compile it when it is first used."""
        super().__init__()
        self._statement = statement
        self._shapes: WeakKeyDictionary[Dialect, _Shape] = WeakKeyDictionary()

    @property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """As SQLAlchemy knows it."""
        return self._statement

    def understand(self, dialect: Dialect, found: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """Its rows: each has the columns by their names."""
        shape = self.shape(dialect)
        return [shape.of(row) for row in found]

    def ask_otherwise(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Ask by SQLAlchemy."""
        return connection.execute(self._statement, values).all()

    def shape(self, dialect: Dialect) -> _Shape:
        """How its rows are read."""
        if (shape := self._shapes.get(dialect)) is None:
            columns = tuple(self._statement.selected_columns)
            names = [str(column.key) for column in columns]
            kind: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024 (the names are known only here)
            processors = [
                column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
            ]
            read = [(number, read) for number, read in enumerate(processors) if read is not None]
            shape = self._shapes[dialect] = _Shape(read, kind._make)
        return shape


class Together(Asking[Sequence[Sequence[Any]]]):
    """Several of them read by one statement; the answer has the rows of each, which come in no order.

    Each has columns of its own in the rows that the database gives, the others are NULL there. Parameters of one name
    are one.
    """

    def __init__(self, *parts: Prepared) -> None:
        """Compile it when it is first used."""
        super().__init__()
        self._parts = parts
        widths = [len(part.statement.selected_columns) for part in parts]
        self._slices = [slice(sum(widths[:n]) + 1, sum(widths[: n + 1]) + 1) for n in range(len(parts))]

    @property
    def statement(self) -> ClauseElement:
        """As SQLAlchemy knows it."""
        every = [tuple(part.statement.selected_columns) for part in self._parts]
        return union_all(
            *(
                part.statement.with_only_columns(
                    literal_column(str(number)).label(_PART), *_beside(every, number)
                )
                for number, part in enumerate(self._parts)
            )
        )

    def understand(self, dialect: Dialect, found: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """The rows of each."""
        rows: list[list[Any]] = [[] for _ in self._parts]
        shapes = [part.shape(dialect) for part in self._parts]
        for row in found:
            number = row[0]
            rows[number].append(shapes[number].of(row[self._slices[number]]))
        return rows

    def ask_otherwise(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Ask one after the other by SQLAlchemy."""
        return [part.ask_otherwise(connection, values) for part in self._parts]


def _beside(every: Sequence[Sequence[ColumnElement[Any]]], number: int) -> list[ColumnElement[Any]]:
    """The columns of the part of this number, and NULL in the place of those of all others."""
    return [
        (column if part == number else cast(null(), column.type)).label(f"c{part}_{place}")
        for part, columns in enumerate(every)
        for place, column in enumerate(columns)
    ]


def _form(statement: ClauseElement, dialect: Dialect) -> Form:
    compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    names: Sequence[str] = compiled.positiontup or ()
    writers = (compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return Form(
        sql=str(compiled),
        names=names,
        constants={name: value for name, value in compiled.params.items() if value is not None},
        write=[(number, write) for number, write in enumerate(writers) if write is not None],
    )
