"""Reading the cells of a mailbox in the form of the file; what comes again in it is read once.

A file of a million rows has few plans, days and numbers of GB, and most of what judging cost was judging them again.
How much is remembered is bounded: memory does not grow with the file.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Generic, TypeVar

from bot.domain.catalogue import Plan
from bot.domain.space import ExtraSpace
from bot.domain.used_space import Room
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
        self.remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def value(self, raw: RawRow) -> T | BadCell | None:
        """What the cell of a row says, or why that cannot be told; None for a cell that could not be read at all."""
        text = raw.cells.get(self.column)
        return None if text is None else self.remembered(text, self.column in raw.typed)

    def _read(self, text: str, typed: bool) -> T | BadCell:  # noqa: FBT001 - the cache takes no names
        try:
            return self._text_means(text if typed else self._form.plain(self.column, text))
        except BadCell as bad:
            return BadCell(str(bad))  # a new one: that which was raised holds on to all that was called


class MailboxReaders:
    """The readers of a mailbox's columns, and the room that it has."""

    def __init__(self, measures: Measures) -> None:
        """Read by these measures."""
        catalogue, today = measures.catalogue, measures.today
        zone = measures.zone if measures.form.local_times else None
        self.language = CellReader(Column.LANGUAGE, read.language, measures)
        self.plan: CellReader[Plan] = CellReader(
            Column.PLAN, lambda text: read.plan(text, catalogue), measures
        )
        self.expires_on: CellReader[date] = CellReader(
            Column.EXPIRES_ON, lambda text: read.expires_on(text, today), measures
        )
        self.extra_mailbox = CellReader(Column.EXTRA_MAILBOX_GB, read.extra_gb, measures)
        self.extra_archive = CellReader(Column.EXTRA_ARCHIVE_GB, read.extra_gb, measures)
        self.used_mailbox = CellReader(Column.USED_MAILBOX_GB, read.used_milli_gb, measures)
        self.used_archive = CellReader(Column.USED_ARCHIVE_GB, read.used_milli_gb, measures)
        self.usage_at: CellReader[datetime | None] = CellReader(
            Column.USAGE_AT, lambda text: read.usage_at(text, measures.now, zone), measures
        )
        self.auto_renew = CellReader(Column.AUTO_RENEW, read.truth, measures)
        self.promotion: CellReader[str | None] = CellReader(
            Column.PROMO, lambda text: read.promotion(text, catalogue), measures
        )
        self._plans = catalogue.plans
        self._room = lru_cache(maxsize=_REMEMBERED)(self._room_of)

    def room(self, plan: Plan, extra_mailbox_gb: int, extra_archive_gb: int) -> Room:
        """The room that a mailbox has with this plan of the catalogue and so many extra GB."""
        return self._room(plan.id, extra_mailbox_gb, extra_archive_gb)

    def _room_of(self, plan_id: str, mailbox_gb: int, archive_gb: int) -> Room:
        return Room.of(self._plans[plan_id], ExtraSpace(mailbox_gb, archive_gb), self._plans.values())
