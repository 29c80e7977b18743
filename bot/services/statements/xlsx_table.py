"""A list of movements as an Excel workbook: the sheet with a profile's header is read."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from openpyxl.utils.escape import unescape

from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.domain.statements.profile import StatementProfile
from bot.services.statements.table_cells import Cell, cell_of
from bot.services.statements.tables import TableFile, layout_of, no_header
from bot.services.tables.texts_on_disk import TextsOnDisk
from bot.services.tables.workbooks import BrokenWorkbook, sheets_of, workbook_read

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_WIDEST: Final = 256
"""Columns that are looked at: formats without content may reach to the sixteen-thousandth."""
_BROKEN: Final = "this is no workbook that can be read: save it again as .xlsx, or as 'CSV UTF-8'"


def xlsx_table(file: BinaryIO, profiles: Collection[StatementProfile], texts: TextsOnDisk) -> TableFile:
    """The table in a workbook, whose texts are put into `texts`.

    Raises:
        UnreadableStatement: it is no workbook, or not one sheet in it has the header of a profile.
    """
    size = file.seek(0, 2)
    try:
        with workbook_read():
            sheets = [_SheetRows(sheet, size) for sheet in sheets_of(file, texts)]
    except BrokenWorkbook as failure:
        raise UnreadableStatement(Fault.SAVE_AGAIN, _BROKEN) from failure
    found = [(rows, layout) for rows in sheets if (layout := layout_of(rows.rows(), profiles)) is not None]
    if len(found) > 1:
        names = ", ".join(repr(rows.title) for rows, _ in found)
        raise UnreadableStatement(
            Fault.PROFILE, f"the sheets {names} all have the header of a profile: keep one of them"
        )
    if not found:
        raise no_header(profiles)
    return TableFile(*found[0])


class _SheetRows:
    def __init__(self, sheet: "ReadOnlyWorksheet", size: int) -> None:
        self._size = size
        self._row = 0
        self._last_row = sheet.max_row or 0
        sheet.reset_dimensions()  # some programs write wrong ones, and half of the sheet would be missing
        self._sheet = sheet
        self.title: str = sheet.title
        self.named = f"XLSX, sheet {sheet.title}"

    def position(self) -> int:
        """As far as the count of rows tells."""
        return self._size * self._row // max(self._last_row, self._row, 1)

    def ends_open(self) -> bool:
        return False

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        rows = enumerate(self._sheet.iter_rows(max_col=_WIDEST), 1)
        while True:
            try:
                with workbook_read():
                    number, cells = next(rows, (0, ()))
            except BrokenWorkbook as failure:
                raise UnreadableStatement(
                    Fault.SAVE_AGAIN, _BROKEN, place=f"line {self._row + 1}"
                ) from failure
            if not number:
                return
            self._row = number
            yield number, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> Cell:
    """What stands in a cell.

    Some programs write the break of a Windows line as `_x000D_`, the escape of Office Open XML, which is left in it.
    """
    value = cell_of(cell.value)
    return unescape(value) if isinstance(value, str) and "_x" in value else value
