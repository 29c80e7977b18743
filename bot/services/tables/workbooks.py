"""Opening an Excel workbook to read its sheets row by row."""

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from bot.services.tables.texts_on_disk import TextsOnDisk

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet


class BrokenWorkbook(Exception):
    """The file is no workbook that can be read."""


@contextmanager
def workbook_read() -> Iterator[None]:
    """Around whatever reads a workbook: the reader's warnings are silenced.

    Formats that it does not know are no concern of ours; it warns of each.

    Raises:
        BrokenWorkbook: whatever a broken workbook makes its reader raise.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (
            BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,  # a password, or a way of packing that nobody knows
            ParseError,
            KeyError,
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
        ) as failure:
            raise BrokenWorkbook from failure


def sheets_of(file: BinaryIO, texts: TextsOnDisk) -> "Sequence[ReadOnlyWorksheet]":
    """The sheets of a workbook, as `openpyxl.load_workbook` opens them, but that its texts are kept in `texts`."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    reader = ExcelReader(file, read_only=True, keep_links=False)

    def read_texts() -> None:
        part = reader.package.find(SHARED_STRINGS)
        if part is not None:
            with reader.archive.open(part.PartName[1:]) as table:
                texts.take(table)
        reader.shared_strings = texts

    reader.read_strings = read_texts
    reader.read()
    sheets: Sequence[ReadOnlyWorksheet] = reader.wb.worksheets
    return sheets
