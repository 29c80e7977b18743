"""Where sealed values are: every sealed column of every table, and the values as they are stored."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, RowMapping, Select, Table, literal, select, tuple_, type_coerce

from bot.db.base import Encrypted, EncryptedJson
from bot.db.engine import Database

BATCH: Final = 500
"""So many rows are read, and at most so many written, in one transaction."""


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns.

    Attributes:
        table: the table.
        key: the columns of its primary key, by which it is gone through.
        sealed: those whose values are sealed.
    """

    table: Table
    key: Sequence[Column[Any]]
    sealed: Sequence[Column[Any]]

    @property
    def name(self) -> str:
        """How the table is called."""
        return self.table.name

    async def batches(
        self, database: Database, *, newest_first: bool = False
    ) -> AsyncIterator[Sequence[RowMapping]]:
        """Read all rows, some at a time, each time in a transaction of its own.

        Each has the columns of the key, and the sealed ones as the bytes that are stored. A row that is written
        meanwhile may be among them or not.
        """
        last: RowMapping | None = None
        while True:
            async with database.read() as session:
                rows = (await session.execute(self._after(last, newest_first=newest_first))).mappings().all()
            if not rows:
                return
            yield rows
            last = rows[-1]

    def _after(self, last: RowMapping | None, *, newest_first: bool) -> Select[Any]:
        stored = (type_coerce(column, LargeBinary).label(column.name) for column in self.sealed)
        order = [column.desc() if newest_first else column.asc() for column in self.key]
        asked: Select[Any] = select(*self.key, *stored).order_by(*order).limit(BATCH)
        if last is None:
            return asked
        there = tuple_(*self.key)
        seen = tuple_(*(literal(last[column.name], column.type) for column in self.key))
        return asked.where(there < seen if newest_first else there > seen)


@cache
def sealed_tables() -> tuple[SealedTable, ...]:
    """Every table with sealed columns, found among all that there are, so that none is forgotten."""
    from bot.db.metadata import metadata

    found = []
    for table in metadata.sorted_tables:
        sealed = [column for column in table.columns if isinstance(column.type, Encrypted | EncryptedJson)]
        if sealed:
            found.append(SealedTable(table, list(table.primary_key.columns), sealed))
    return tuple(found)
