"""A row as it stands in the file, before anything in it is judged."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding

MAX_ROW: Final = 64 * 1024
"""Characters (bytes in CSV) that a row may have: a real one has a few hundred."""


class RawRow(NamedTuple):
    """The cells of one row, as text without surrounding spaces.

    Attributes:
        line: where it begins, from 1.
        cells: the cells that could be read; empty text where the file has nothing.
        faults: errors of the cells, or of the whole row, that could not be read.
        typed: the columns whose cells are no text in the file but numbers and dates of their own type; here they are
            written as the contract writes them, whatever the form of the file's texts.
        rest: of a row that was only glanced at (`GLANCED`), gives it as a whole; None of a whole one.
        is_sound: whether it is known already that no spreadsheet has spoilt a cell (`spreadsheet_damage`).
    """

    line: int
    cells: Mapping[Column, str]
    faults: tuple[Finding, ...] = ()
    typed: frozenset[Column] = frozenset()
    rest: "Callable[[], RawRow] | None" = None
    is_sound: bool = False

    def whole(self) -> "RawRow":
        """The row with all its cells."""
        return self if self.rest is None else self.rest()
