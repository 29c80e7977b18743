"""A list of movements as CSV: how it was saved and what parts its cells is seen from it, unless the profile says so."""

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from io import SEEK_END
from typing import BinaryIO, Final

from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.domain.statements.profile import StatementProfile
from bot.services.statements.table_cells import Cell
from bot.services.statements.tables import Layout, TableFile, layout_of, no_header
from bot.services.tables.encodings import UnknownEncoding, encoding_of

_DELIMITERS: Final = (";", ",", "\t", "|")
_UTF_16: Final = "utf-16"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_LINE_ENDS: Final = (b"\n", b"\r", b"\0")
"""Last bytes of a line; of UTF-16 the last is nothing."""
_LONGEST_LINE: Final = 1 << 20
_MOST_LINES: Final = 20
"""Lines that one row may span: a quote that is never closed would swallow the rest of the file."""
_BROKEN: Final = "a quote is never closed, or stands in a quoted cell without being doubled"


def csv_table(file: BinaryIO, profiles: Collection[StatementProfile]) -> TableFile:
    """The table in a CSV file.

    Raises:
        UnreadableStatement: its header is of none of the profiles, or its text in no encoding that is read.
    """
    seen = _encoding(file)
    for profile in profiles:
        for delimiter in [profile.delimiter] if profile.delimiter else _DELIMITERS:
            rows = _CsvRows(file, profile.encoding or seen, delimiter)
            layout = _layout(rows, [other for other in profiles if _alike(other, profile)])
            if layout is not None:
                return TableFile(rows, layout)
    raise no_header(profiles)


def _alike(one: StatementProfile, other: StatementProfile) -> bool:
    """Whether a table that is cut as one profile says may be the other's as well."""
    return (one.delimiter, one.encoding) == (other.delimiter, other.encoding)


def _layout(rows: "_CsvRows", profiles: Collection[StatementProfile]) -> Layout | None:
    try:
        return layout_of(rows.cut(), profiles)
    except _NotCut:
        return None


def _encoding(file: BinaryIO) -> str:
    file.seek(0)
    if file.read(2) in _WIDE:
        return _UTF_16
    file.seek(0)
    try:
        encoding = encoding_of(file).value
    except UnknownEncoding as failure:
        raise UnreadableStatement(
            Fault.SAVE_AGAIN, "the file is neither UTF-8 nor Windows-1252 text: save it as 'CSV UTF-8'"
        ) from failure
    return "utf-8-sig" if encoding == "utf-8" else encoding


class _NotCut(Exception):
    """The text cannot be cut into cells like this, from a line on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _CsvRows:
    named: Final = "CSV"

    def __init__(self, file: BinaryIO, encoding: str, delimiter: str) -> None:
        self._file = file
        self._encoding = encoding
        self._delimiter = delimiter

    def position(self) -> int:
        return self._file.tell()

    def ends_open(self) -> bool:
        self._file.seek(-1, SEEK_END)
        return self._file.read(1) not in _LINE_ENDS

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        try:
            yield from self.cut()
        except _NotCut as failure:
            raise UnreadableStatement(Fault.SAVE_AGAIN, _BROKEN, place=f"line {failure.line}") from failure

    def cut(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows, as long as they can be cut by this delimiter."""
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if reader.line_num - line >= _MOST_LINES:
                    raise _NotCut(line)
                _refuse_stray_bytes(cells)
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as failure:
            raise _NotCut(line) from failure
        except UnicodeError as failure:
            raise UnreadableStatement(
                Fault.SAVE_AGAIN,
                f"the line has characters that are not {self._encoding}: save the file as 'CSV UTF-8'",
                place=f"line {line}",
            ) from failure

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        if self._encoding == _UTF_16:
            yield from iter(codecs.getreader(_UTF_16)(self._file).readline, "")
            return
        while line := self._file.readline(_LONGEST_LINE):
            # Stray bytes are kept, to refuse the cell that has them.
            yield line.decode(self._encoding, "surrogateescape")


def _refuse_stray_bytes(cells: Sequence[str]) -> None:
    """Raises UnicodeError where a cell has bytes that its encoding does not know."""
    for cell in cells:
        if not cell.isascii():
            cell.encode()
