"""What the rows of a file tell about how its numbers and dates are written.

Numbers: a comma before decimals, or points between several groups of three, are Italian; a point before decimals that
are not three, or after a zero, is the contract's. `1.000` tells nothing and is what the others are; without others
it is the contract's where the dates are, and refused where they are Italian.

Dates: a day above 12 tells which of the two numbers is the day. Without one, semicolons tell: only where numbers have a
decimal comma do spreadsheets separate with them, and there the day comes first. Commas and tabs tell nothing, so there
`05/12/2026` is refused.

Where both ways occur, the commoner is the file's: cells of the other way are refused, and so are those that could be of
either, since nobody knows who wrote them.
"""

from collections import Counter

from bot.services.importing.columns import DATES, NUMBERS, Column
from bot.services.importing.file_form import DateForm, FileForm, NumberForm
from bot.services.importing.notations import Date, Number, date_notation, number_notation
from bot.services.importing.raw_rows import RawRow

_MIXED_NUMBERS = (
    "could be one number or a thousand times as much: this file has decimal points and decimal commas; "
    "write one form in the whole file"
)
_NOT_POINT = (
    "has a decimal comma where most of this file has a decimal point: write one form in the whole file"
)
_NOT_COMMA = (
    "has a decimal point where most of this file has a decimal comma: write one form in the whole file"
)
_UNTOLD_NUMBER = (
    "could be one number or a thousand times as much: the dates of this file are Italian, and none of its "
    "numbers has a decimal comma; write decimals with a comma, and thousands without a point"
)
_NOT_ISO = "is written year-month-day where most of this column begins with the day: write one form in the whole file"
_NOT_DAY_FIRST = "has no month of that number: this column begins with the day"
_UNTOLD_DATE = (
    "could begin with the day or with the month: no date of this column has a day above 12, and only semicolons "
    "between the cells would tell; write year-month-day, such as 2026-12-05"
)
_MONTH_FIRST = (
    "begins with the month, as other dates of this column show: write year-month-day, such as 2026-12-05"
)
_BOTH_FIRST = (
    "could begin with the day or with the month, and in this column some dates begin with the one, some with "
    "the other: write year-month-day, such as 2026-12-05"
)


class FormEvidence:
    """Counts of how numbers and dates are written; nothing of the rows is kept."""

    def __init__(self, *, day_first: bool) -> None:
        """Begin; `day_first` says that the file's separators tell that dates begin with the day."""
        self._day_first = day_first
        self._numbers: Counter[Number] = Counter()
        self._dates = {column: Counter[Date]() for column in DATES}
        self._typed_times = False

    def look(self, row: RawRow) -> None:
        """Count what the row's texts tell; cells of their own type tell nothing about texts."""
        cells, typed = row.cells, row.typed
        for column in NUMBERS:
            if (text := cells.get(column)) and column not in typed:
                self._numbers[number_notation(text)] += 1
        for column, seen in self._dates.items():
            if text := cells.get(column):
                if column in typed:
                    self._typed_times = self._typed_times or column is Column.USAGE_AT
                else:
                    seen[date_notation(text)] += 1

    def form(self, container: str) -> FileForm:
        """The form that all of it tells."""
        dates = {column: _dates(seen, day_first=self._day_first) for column, seen in self._dates.items()}
        italian_dates = any(form.italian for form in dates.values())
        return FileForm(
            container,
            _numbers(self._numbers, italian_dates=italian_dates),
            dates,
            decimals_seen=self._numbers[Number.POINT] + self._numbers[Number.COMMA] > 0,
            local_times=self._typed_times or dates[Column.USAGE_AT].italian,
        )


def _numbers(seen: Counter[Number], *, italian_dates: bool) -> NumberForm:
    point, comma = seen[Number.POINT], seen[Number.COMMA]
    italian = comma > point
    if point and comma:
        other, reason = (Number.POINT, _NOT_COMMA) if italian else (Number.COMMA, _NOT_POINT)
        return NumberForm(italian, {other: reason, Number.EITHER: _MIXED_NUMBERS})
    if not point and not comma and italian_dates:
        return NumberForm(refused={Number.EITHER: _UNTOLD_NUMBER})
    return NumberForm(italian)


def _dates(seen: Counter[Date], *, day_first: bool) -> DateForm:
    first, month, either = seen[Date.DAY_FIRST], seen[Date.MONTH_FIRST], seen[Date.EITHER]
    if first + month + either <= seen[Date.ISO]:
        return DateForm()
    if month and not (first and day_first):
        reason = _BOTH_FIRST if first else _MONTH_FIRST
        return DateForm(refused=dict.fromkeys((Date.EITHER, Date.DAY_FIRST, Date.MONTH_FIRST), reason))
    if not first and not day_first:
        return DateForm(refused={Date.EITHER: _UNTOLD_DATE})
    return DateForm(italian=True, refused={Date.ISO: _NOT_ISO, Date.MONTH_FIRST: _NOT_DAY_FIRST})
