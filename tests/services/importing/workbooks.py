"""Excel workbooks for tests, made as an office makes them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot.services.importing.columns import NUMBERS, TRUTHS, Column


def typed_row(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of the contract with the types that a spreadsheet has for its cells."""
    values: dict[str, Any] = {name: text or None for name, text in row.items()}
    for column in NUMBERS:
        values[column] = float(row[column]) if row[column] else None
    for column in TRUTHS:
        values[column] = row[column] == "true" if row[column] else None
    values["expires_on"] = date.fromisoformat(row["expires_on"])
    if row["usage_at"]:
        values["usage_at"] = datetime.fromisoformat(row["usage_at"]).replace(tzinfo=None)
    return values


def workbook(
    rows: Iterable[Mapping[str, Any]], title: str = "Caselle", names: Iterable[str] = ()
) -> Workbook:
    """A workbook with a sheet of these rows; a value may be a pair with the format of its cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    names = list(names) or [column.value for column in Column]
    sheet.append(names)
    for row in rows:
        sheet.append([_cell(sheet, row.get(name)) for name in names])
    return book


def write_xlsx(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A file with a workbook of these rows."""
    workbook(rows).save(path)
    return path


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    content, number_format = value
    cell = WriteOnlyCell(sheet, value=content)
    cell.number_format = number_format
    return cell
