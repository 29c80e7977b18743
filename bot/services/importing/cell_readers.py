"""Reading the cells of a mailbox in the form of the file; what comes again in it is read once.

A file of a million rows has few days and numbers of GB, and most of what judging cost was judging them again.
How much is remembered is bounded: memory does not grow with the file.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Generic, TypeVar

from bot.services.importing import mailbox_cells as read
from bot.services.importing.columns import Column
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow

T = TypeVar("T")

_REMEMBERED: Final = 1024
"""Texts of one column: more than most have, and little memory."""


class CellReader(Generic[T]):
    """Reads the cells of one column: `remembered` what a text says, and why not where it says nothing.

    Beside the text it takes whether the cell has a type of its own, and its text is the contract's already.
    """

    def __init__(self, column: Column, read: Callable[[str], T], measures: Measures) -> None:
        """Read with `read`, which raises BadCell for a text that it refuses."""
        self.column = column
        self._text_means = read
        self._form = measures.form
        self._stands = not measures.form.changes(column)
        self.remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def value(self, raw: RawRow) -> T | BadCell | None:
        """What the cell of a row says, or why that cannot be told; None for a cell that could not be read at all."""
        text = raw.cells.get(self.column)
        return None if text is None else self.remembered(text, self.column in raw.typed)

    def _read(self, text: str, typed: bool) -> T | BadCell:  # noqa: FBT001 - the cache takes no names
        try:
            return self._text_means(text if typed or self._stands else self._form.plain(self.column, text))
        except BadCell as bad:
            return BadCell(str(bad))  # a new one: that which was raised holds on to all that was called


class UsageReaders:
    """The readers of a mailbox's expiry and usage, which hardly two rows have in common."""

    def __init__(self, measures: Measures) -> None:
        """Read by these measures."""
        today = measures.today
        zone = measures.zone if measures.form.local_times else None
        self.expires_on: CellReader[date] = CellReader(
            Column.EXPIRES_ON, lambda text: read.expires_on(text, today), measures
        )
        self.used_mailbox = CellReader(Column.USED_MAILBOX_GB, read.used_milli_gb, measures)
        self.used_archive = CellReader(Column.USED_ARCHIVE_GB, read.used_milli_gb, measures)
        self.usage_at: CellReader[datetime | None] = CellReader(
            Column.USAGE_AT, lambda text: read.usage_at(text, measures.now, zone), measures
        )
