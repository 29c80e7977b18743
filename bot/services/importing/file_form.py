"""The form in which a mailbox file was read: one for the whole of it, said in the first line of the report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from bot.services.importing.columns import DATES, NUMBERS, Column
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.notations import Date, Number, as_iso, date_notation, number_notation, with_point


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How the numbers of a file are written.

    Attributes:
        italian: decimal comma, points between thousands; else the contract's decimal point.
        refused: why a number of some other notation is refused; one that is not named here is judged as it stands.
    """

    italian: bool = False
    refused: Mapping[Number, str] = field(default_factory=dict)

    @property
    def is_the_contract(self) -> bool:
        """Whether every number is read as it stands."""
        return not self.italian and not self.refused

    def plain(self, text: str) -> str:
        """The number as the contract writes it.

        Raises:
            BadCell: it is not of the file's form, or could be two numbers.
        """
        notation = number_notation(text)
        if notation in self.refused:
            raise BadCell(self.refused[notation])
        return with_point(text) if self.italian and notation in {Number.COMMA, Number.EITHER} else text


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates of one column are written.

    Attributes:
        italian: day, month, year; else the contract's year, month, day.
        refused: as for numbers.
    """

    italian: bool = False
    refused: Mapping[Date, str] = field(default_factory=dict)

    @property
    def is_the_contract(self) -> bool:
        """Whether every date is read as it stands."""
        return not self.italian and not self.refused

    def plain(self, text: str) -> str:
        """The date as the contract writes it.

        Raises:
            BadCell: it is not of the column's form, or could be two days.
        """
        notation = date_notation(text)
        if notation in self.refused:
            raise BadCell(self.refused[notation])
        return as_iso(text) if self.italian else text


_POINTS: Final = NumberForm()
_ISO_DATES: Final = DateForm()


@dataclass(frozen=True, slots=True)
class FileForm:
    """How to read the cells of a file; the form of the contract unless said otherwise.

    Attributes:
        container: what kind of file it is: "Windows-1252, semicolons", "XLSX, sheet Caselle".
        numbers: how its numbers are written.
        dates: how the dates of its columns are written.
        decimals_seen: whether any number told its form; without one there is nothing to say of it.
        local_times: whether moments may come without an offset, as spreadsheets have them, and are then of the
            operator's time zone.
    """

    container: str = ""
    numbers: NumberForm = _POINTS
    dates: Mapping[Column, DateForm] = field(default_factory=dict)
    decimals_seen: bool = True
    local_times: bool = False

    def changes(self, column: Column) -> bool:
        """Whether `plain` may give another text than a cell of this column has, or refuse it."""
        if column in NUMBERS:
            return not self.numbers.is_the_contract
        return column in DATES and not self.dates.get(column, _ISO_DATES).is_the_contract

    def plain(self, column: Column, text: str) -> str:
        """The text of a cell as the contract writes it.

        Raises:
            BadCell: it is not of the file's form, or could mean two things.
        """
        if column in NUMBERS:
            return self.numbers.plain(text)
        if column in DATES:
            return self.dates.get(column, _ISO_DATES).plain(text)
        return text

    def described(self, zone: tzinfo) -> str:
        """The form in a few words; `zone` is the operator's."""
        dates = any(form.italian for form in self.dates.values())
        if self.numbers.italian == dates:
            values = (
                "Italian numbers and dates"
                if dates
                else "numbers with a decimal point, dates as year-month-day"
            )
        elif dates:
            values = "Italian dates" + (", numbers with a decimal point" if self.decimals_seen else "")
        else:
            values = "Italian numbers, dates as year-month-day"
        times = f"times without an offset as of {zone}" if self.local_times else ""
        return ", ".join(part for part in (self.container, values, times) if part)


AS_THE_CONTRACT: Final = FileForm()
"""Decimal points and ISO dates, as programs write them."""
