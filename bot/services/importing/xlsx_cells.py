"""Reading the cells of a workbook: numbers, dates and truths by their own type, all else as text.

A code that was typed into a cell as a number has lost the zeros before it. It is taken where the format of the cell
says how many digits it has (`00000`), or where it has all the digits that such a code has; else it is refused.
"""

import re
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from openpyxl.utils.escape import unescape

from bot.services.importing.columns import DATES, NUMBERS, TRUTHS, Column
from bot.services.importing.mailbox_cells import BadCell

_LENGTHS: Final = {
    Column.TAX_CODE: 11,
    Column.VAT_NUMBER: 11,
    Column.POSTCODE: 5,
    Column.RECIPIENT_CODE: 7,
    Column.CIG: 10,
}
"""Digits of a code that is all digits."""
_CODES: Final = frozenset({*_LENGTHS, Column.CUSTOMER, Column.PHONE, Column.CUP})
"""Columns in which a number is a code; in the other columns of text it is a mistake."""
_USED: Final = frozenset({Column.USED_MAILBOX_GB, Column.USED_ARCHIVE_GB})
_THOUSANDTH: Final = Decimal("0.001")
_ZEROS: Final = re.compile(r"(?:\[[^\]]*\])?(0+)")
"""A format of nothing but zeros: so many digits are shown."""


def shown(cell: Any) -> str:
    """What stands in the cell, for a finding, as text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    return _in_one_line(str(value))


def cell_text(column: Column, cell: Any) -> tuple[str, bool]:
    """The text of a cell as the contract writes it, and whether it comes from a type of its own.

    Raises:
        BadCell: its type is not one that the column can have, or says too little.
    """
    value = cell.value
    if value is None:
        return "", False
    if cell.data_type == "f":
        raise BadCell("is a formula: put its value in its place (copy, paste values)")
    if cell.data_type == "e":
        raise BadCell("is a spreadsheet's error, not a value")
    if isinstance(value, bool):
        if column not in TRUTHS:
            raise BadCell("is a truth value: write text")
        return ("true" if value else "false"), True
    if isinstance(value, int | float):
        return _number(column, value, cell.number_format or ""), True
    if isinstance(value, str):
        return _in_one_line(value), False
    if isinstance(value, datetime):
        return _date(column, value, cell.number_format or ""), True
    raise BadCell("is a time or a duration: write text")


def _in_one_line(text: str) -> str:
    """The text of a cell, whose line breaks are blanks.

    Some programs write the break of a Windows line as `_x000D_`, the escape of Office Open XML, which the reader
    leaves in the text: it would become a part of somebody's address.
    """
    return " ".join(unescape(text).split())


def _number(column: Column, value: float, number_format: str) -> str:
    exact = Decimal(repr(value))
    if column in NUMBERS:
        # What a sheet has computed has more decimals than it shows, and than anybody has measured.
        return format((exact.quantize(_THOUSANDTH) if column in _USED else exact).normalize(), "f")
    if column in DATES:
        return format(exact, "f")  # which is no date: whoever reads it as one says so
    if column not in _CODES or exact != exact.to_integral_value() or exact < 0:
        raise BadCell("is a number: format the cell as text and write it again")
    digits = format(exact.to_integral_value(), "f")
    zeros = _ZEROS.fullmatch(number_format)
    if zeros is not None:
        return digits.zfill(len(zeros[1]))
    if column is Column.PHONE or len(digits) == _LENGTHS.get(column):
        return digits
    wanted = f" of {len(digits)} digits instead of {_LENGTHS[column]}" if column in _LENGTHS else ""
    raise BadCell(
        f"is a number{wanted}, and a number has no zeros before it, which the code may have: format the cell as text "
        "and write the code again, or give it a format of as many zeros as the code has digits"
    )


def _date(column: Column, value: datetime, number_format: str) -> str:
    if column not in DATES:
        raise BadCell(
            "is a date: a spreadsheet has made one of it; format the cell as text and write it again"
        )
    has_time = value.time() != time() or "h" in number_format.lower()
    if has_time and (column is Column.USAGE_AT or value.time() != time()):
        return value.isoformat(timespec="seconds")
    return value.date().isoformat()
