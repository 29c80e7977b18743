"""What every table is made from: the declarative base, the names of constraints, our own column types.

The types here mean the same on SQLite and on PostgreSQL. In migrations they are written as the plain
SQLAlchemy type beneath them (see `migrations/env.py`), so that an old migration never depends on what a
class does today.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from sqlalchemy import BigInteger, ClauseElement, DateTime, Dialect, Integer, LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from bot.db.keys import ring_of

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits, as Telegram's identifiers need. SQLite numbers rows only in `INTEGER`."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, aware and in UTC on the way out, on both back ends.

    A naive datetime is refused (`ValueError`, which SQLAlchemy wraps in a `StatementError`) when the
    statement is run: nobody can say which moment it is.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC; SQLite, which keeps no zone, stores it without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a time zone cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _SealedComparator(TypeDecorator.Comparator[Any]):
    """Refuses comparisons, which would silently find nothing: a text is sealed differently each time."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Let `IS NULL` through, and columns, which SQLAlchemy itself compares; refuse plain values.

        Raises:
            TypeError: the column is compared with a plain value that is not `None`.
        """
        if any(operand is not None and not isinstance(operand, ClauseElement) for operand in other):
            raise TypeError(
                "an encrypted column cannot be compared with a value: look it up by its blind index"
            )
        return super().operate(op, *other, **kwargs)


class Encrypted(TypeDecorator[str]):
    """Text that the database never sees: sealed with the key ring of the engine in use (`DATA_KEYS`).

    Not for look-ups: the same text is sealed differently each time. Keep `KeyRing.index(text)` in a second
    column.
    """

    impl = LargeBinary
    cache_ok = True
    comparator_factory = _SealedComparator

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal the text."""
        return None if value is None else ring_of(dialect).seal(value.encode())

    @staticmethod
    def seal_all(values: Sequence[str], dialect: Dialect) -> list[bytes]:
        """Seal the texts of many rows."""
        return ring_of(dialect).seal_all([value.encode() for value in values])

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open what was sealed with any key of the ring."""
        return None if value is None else ring_of(dialect).open(value).decode()


_json: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value (object, list, text, number, boolean), sealed as `Encrypted` is.

    A change made inside the value is not noticed: assign a new one. What JSON cannot carry is refused with
    `TypeError` or `ValueError`.
    """

    impl = LargeBinary
    cache_ok = True
    comparator_factory = _SealedComparator

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Write the value as JSON and seal it."""
        return None if value is None else ring_of(dialect).seal(_json(value).encode())

    @staticmethod
    def seal_all(values: Sequence[Any], dialect: Dialect) -> list[bytes]:
        """Seal the values of many rows; each of them is one, not None."""
        return ring_of(dialect).seal_all([_json(value).encode() for value in values])

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Open the sealed JSON and read it."""
        return None if value is None else json.loads(ring_of(dialect).open(value))


class Base(DeclarativeBase):
    """The base of all tables.

    Every constraint has a name made by one rule, so that a migration can speak of it on both back ends.
    `int` means 64 bits, and `datetime` means `UtcDateTime`, wherever `Mapped[...]` says no more.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {int: BigInt, datetime: UtcDateTime()}  # noqa: RUF012 (SQLAlchemy reads it from the class)


def table_of(row: type[Base]) -> Table:
    """The table behind a class of rows, for statements without sessions."""
    return cast("Table", row.__table__)
