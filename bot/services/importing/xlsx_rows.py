"""Reading the mailbox file as an Excel workbook, row by row.

One sheet is read: the one that begins with the header. The texts of a workbook are kept in a table of their own, which
lies on disk while it is read (`bot.services.tables.texts_on_disk`).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from zipfile import ZipFile

from bot.services.importing.columns import Column
from bot.services.importing.findings import FileUnreadable, Finding, error
from bot.services.importing.header import Header, Misfit, known
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.xlsx_cells import cell_text, shown
from bot.services.tables.texts_on_disk import TextsOnDisk
from bot.services.tables.workbooks import BrokenWorkbook, sheets_of, workbook_read

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_WIDEST: Final = 256
"""Columns that are looked at: formats without content may reach to the sixteen-thousandth."""
_HEADER_NAMES: Final = 3
"""Names of columns that make a line a header."""
_PIECE: Final = 1 << 16
_OVERLAP: Final = 200
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_BROKEN: Final = "this is no workbook that can be read: save it again as .xlsx, or as 'CSV UTF-8'"


class XlsxFile:
    """A mailbox file as an Excel workbook."""

    def __init__(self, file: BinaryIO, texts: TextsOnDisk) -> None:
        """Look at the workbook: its sheets, the header, what cannot be read in it; its texts are put into `texts`.

        Raises:
            FileUnreadable: it is no workbook, has no sheet of mailboxes or several, or merged cells; or its header is
                not the contract's.
        """
        self._row = 0
        with _broken():
            file.seek(0)
            if b"opendocument" in file.read(100):
                raise FileUnreadable("this is an OpenDocument sheet: save it as .xlsx, or as 'CSV UTF-8'")
            sheets = sheets_of(file, texts)
            last_rows = {sheet.title: sheet.max_row or 0 for sheet in sheets}
            self._sheet = _sheet_of_mailboxes(sheets)
            self._last_row = last_rows[self._sheet.title]
            self._header_row, names = _first_row(self._sheet)
            _refuse_merged_cells(file, self._sheet.title)
        self._header = Header.of(names)
        file.seek(0, 2)
        self._size = file.tell()

    @property
    def described(self) -> str:
        """The kind of file and the sheet, in words."""
        return f"XLSX, sheet {self._sheet.title}"

    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on, numbered as the sheet numbers them."""
        rows = enumerate(self._sheet.iter_rows(max_col=_WIDEST), 1)
        while True:
            with _broken():
                number, cells = next(rows, (0, ()))
            if not number:
                return
            self._row = number
            row = None if number <= self._header_row else self._read(number, cells)
            if row is not None:
                yield row

    def glances(self) -> Iterator[RawRow]:
        """The same: there is nothing to be won by leaving cells out."""
        return self.rows()

    def position(self) -> int:
        """How far it was read, in bytes, as far as the count of rows tells."""
        return self._size * self._row // max(self._last_row, self._row, 1)

    def _read(self, number: int, cells: Sequence[Any]) -> RawRow | None:
        if all(cell.value is None for cell in cells):
            return None
        try:
            by_column = self._header.cells([shown(cell) for cell in cells], whole=False)
        except Misfit as misfit:
            return RawRow(number, {}, (error(number, "", "", str(misfit)),))
        faults: list[Finding] = []
        typed: set[Column] = set()
        for column, cell in zip(self._header.columns, cells, strict=False):
            try:
                by_column[column], is_typed = cell_text(column, cell)
            except BadCell as bad:
                del by_column[column]
                faults.append(error(number, column, shown(cell), str(bad)))
                continue
            if is_typed:
                typed.add(column)
        return RawRow(number, by_column, tuple(faults), frozenset(typed))


@contextmanager
def _broken() -> Iterator[None]:
    """Whatever a broken workbook makes its reader raise becomes one sentence."""
    try:
        with workbook_read():
            yield
    except BrokenWorkbook as failure:
        raise FileUnreadable(_BROKEN) from failure


def _sheet_of_mailboxes(sheets: "Sequence[ReadOnlyWorksheet]") -> "ReadOnlyWorksheet":
    for sheet in sheets:
        sheet.reset_dimensions()  # some programs write wrong ones, and half of the sheet would be missing
    found = [sheet for sheet in sheets if known(_first_row(sheet)[1]) >= _HEADER_NAMES]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(repr(sheet.title) for sheet in found)
        raise FileUnreadable(
            f"the sheets {names} all begin with a header: keep one sheet of mailboxes in the file"
        )
    raise FileUnreadable(
        "no sheet begins with the header: its first line should name the columns, one a cell: "
        + ", ".join(Column)
    )


def _first_row(sheet: "ReadOnlyWorksheet") -> tuple[int, list[str]]:
    """The number and the texts of the first row that is not empty; 0 where there is none."""
    for number, cells in enumerate(islice(sheet.iter_rows(max_col=_WIDEST), 100), 1):
        names = [shown(cell).lower() for cell in cells]
        if any(names):
            return number, names
    return 0, []


def _refuse_merged_cells(file: BinaryIO, title: str) -> None:
    """Of merged cells only the first has a value: the others would be read as empty."""
    with ZipFile(file) as archive, archive.open(_path_of(archive, title)) as sheet:
        before = b""
        while piece := sheet.read(_PIECE):
            found = _MERGED.search(before + piece)
            if found:
                raise FileUnreadable(
                    f"the cells {found[1].decode()} of the sheet {title} are merged, so that only the first of "
                    "them has a value: separate them"
                )
            before = piece[-_OVERLAP:]


def _path_of(archive: ZipFile, title: str) -> str:
    """Where the sheet of this title lies in the workbook."""
    from openpyxl.reader.workbook import WorkbookParser

    parser = WorkbookParser(archive, "xl/workbook.xml")
    parser.parse()
    return next(str(relation.target) for sheet, relation in parser.find_sheets() if sheet.name == title)
