"""Reading the cells of a table by the profile of its bank: sums, days, words."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

from bot.domain.money import Cents
from bot.domain.statements.profile import StatementProfile

Cell: TypeAlias = str | Decimal | date
"""A text; or, of a workbook, a number or a day with a type of its own. Nothing is an empty text."""

_EUROS: Final = re.compile(r"€|\bEUR\b", re.IGNORECASE)
_ALIKE: Final = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"}
)
"""Signs, blanks and apostrophes as typesetters write them."""
_SIGNS: Final = "+- "
_CENT: Final = Decimal("0.01")
_COMPUTED: Final = Decimal("0.0001")
"""By how much a number that a sheet has computed may miss the cent."""
_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of a workbook."""
_DAY_NUMBERS: Final = range(36_526, 73_050)
"""Days of this century, where a workbook has lost the form of a date."""
_TOKENS: Final = {"dd": r"(?P<day>[0-9]{1,2})", "mm": r"(?P<month>[0-9]{1,2})", "yyyy": r"(?P<year>[0-9]{4})"}
_SHORT_YEAR: Final = r"(?P<year>[0-9]{2})"
_CENTURY: Final = 2000


class CellReader:
    """Reads cells as a profile says that they are written."""

    def __init__(self, profile: StatementProfile) -> None:
        """Read by this profile."""
        self._profile = profile
        self._sum = _sum_pattern(profile.decimal, profile.thousands)
        self._day = _day_pattern(profile.date_form)

    def cents(self, cell: Cell) -> Cents | None:
        """A sum, below zero where a sign says so; None where the cell is empty.

        Raises:
            ValueError: it is no sum, or has parts of a cent.
        """
        if isinstance(cell, Decimal):
            rounded = cell.quantize(_CENT)
            if abs(rounded - cell) > _COMPUTED:
                raise ValueError(cell)
            return int(rounded.scaleb(2))
        if isinstance(cell, date):
            raise ValueError(cell)  # noqa: TRY004 - a workbook has made a day of a sum: the value is wrong
        text = _EUROS.sub("", cell.translate(_ALIKE)).strip()
        if not text:
            return None
        found = self._sum.fullmatch(text.strip(_SIGNS))
        if found is None or text.count("-") + text.count("+") > 1:
            raise ValueError(cell)
        whole = re.sub("[^0-9]", "", found["whole"])
        cents = int(whole or "0") * 100 + int((found["cents"] or "").ljust(2, "0")[:2])
        return -cents if "-" in text else cents

    def day(self, cell: Cell) -> date:
        """A day.

        Raises:
            ValueError: it is none.
        """
        if isinstance(cell, date):
            return cell
        if isinstance(cell, Decimal):
            number = int(cell)
            if number not in _DAY_NUMBERS:
                raise ValueError(cell)
            return _FIRST_DAY + timedelta(days=number)
        return self._day_of_text(cell.strip())

    def _day_of_text(self, text: str) -> date:
        return _day(self._day, text)


@lru_cache(maxsize=1024)
def _day(pattern: re.Pattern[str], text: str) -> date:
    """Days come again all over a file."""
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year = int(found["year"])
    return date(year if year >= _CENTURY // 2 else _CENTURY + year, int(found["month"]), int(found["day"]))


def words_of(cell: Cell) -> str:
    """A cell as text on one line."""
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return cell.isoformat() if isinstance(cell, date) else " ".join(cell.split())


def cell_of(value: object) -> Cell:
    """The value of a workbook's cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        try:
            return Decimal(repr(value))
        except InvalidOperation:
            return str(value)
    return value if isinstance(value, date) else str(value)


def _sum_pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    mark = re.escape(decimal)
    plain = "[0-9]+"
    parted = rf"[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+" if thousands else plain
    return re.compile(rf"(?P<whole>{parted}|{plain}|)(?:{mark}(?P<cents>[0-9]{{1,2}})0*)?(?<=[0-9])")


def _day_pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"([a-z]+)", form)
    pattern = "".join(
        _TOKENS.get(part, _SHORT_YEAR) if part.isalpha() else re.escape(part) for part in parts if part
    )
    return re.compile(rf"{pattern}(?:[T ]+[0-9]{{1,2}}[:.][0-9:.]+)?")
