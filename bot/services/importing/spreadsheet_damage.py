"""What spreadsheets put in place of a value, in any column: errors of formulas, and codes as rounded numbers."""

import re
from typing import Final

from bot.services.importing.columns import Column
from bot.services.importing.findings import error
from bot.services.importing.raw_rows import RawRow

_ERRORS: Final = frozenset(
    {
        "#N/A", "#N/D", "#NAME?", "#NOME?", "#REF!", "#RIF!", "#VALUE!", "#VALORE!", "#DIV/0!", "#NUM!", "#NULL!",
        "#NULLO!", "#SPILL!", "#CALC!",
    }
)  # fmt: skip
_WIDTH: Final = re.compile(r"#{3,}")
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
_CODES: Final = frozenset(
    {
        Column.CUSTOMER,
        Column.TAX_CODE,
        Column.VAT_NUMBER,
        Column.POSTCODE,
        Column.PHONE,
        Column.RECIPIENT_CODE,
        Column.CIG,
        Column.CUP,
    }
)


def may_be_damaged(text: str) -> bool:
    """Whether a spreadsheet may have spoilt anything in this text; it hardly ever has."""
    return "#" in text or "E+" in text or "e+" in text


def without_damage(raw: RawRow) -> RawRow:
    """The row without the cells that a spreadsheet has spoilt; each is a fault."""
    if raw.is_sound or not may_be_damaged("".join(raw.cells.values())):
        return raw
    found = {
        column: reason for column, text in raw.cells.items() if text and (reason := _damage(column, text))
    }
    if not found:
        return raw
    faults = [error(raw.line, column, raw.cells[column], reason) for column, reason in found.items()]
    cells = {column: text for column, text in raw.cells.items() if column not in found}
    return RawRow(raw.line, cells, (*raw.faults, *faults), raw.typed)


def _damage(column: Column, text: str) -> str:
    if text[0] == "#" and (text.upper() in _ERRORS or _WIDTH.fullmatch(text)):
        return "is a spreadsheet's error, not a value"
    if column in _CODES and _ROUNDED.fullmatch(text):
        return "is a code that a spreadsheet has rounded as a number: format the column as text and write it again"
    return ""
