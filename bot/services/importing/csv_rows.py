"""Reading the mailbox file as CSV, line by line.

A record may span lines when a cell in quotes has line breaks in it; whether it does is seen by counting
quotes, which are doubled inside such a cell. A quote that is never closed would swallow the rest of the file:
after a few lines the record is given up, and reading goes on with the line after the one on which it began.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import BinaryIO, Final

from bot.services.importing.columns import GLANCED, Column
from bot.services.importing.findings import FileUnreadable, error
from bot.services.importing.header import Header, Misfit, known
from bot.services.importing.raw_rows import MAX_ROW, RawRow
from bot.services.importing.spreadsheet_damage import may_be_damaged
from bot.services.tables.encodings import Encoding, UnknownEncoding, encoding_of

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_DECLARED: Final = re.compile(rb'"?sep=(.)"?', re.IGNORECASE | re.DOTALL)
"""The line with which spreadsheets are told what separates the cells."""
_MAX_LINES: Final = 20
"""Lines that one record may span."""
_UNKNOWN_ENCODING: Final = "the file is neither UTF-8 nor Windows-1252 text: save it as 'CSV UTF-8'"
_NONE: Final[frozenset[Column]] = frozenset()
_NOT_UTF8: Final = "holds characters that are not UTF-8: save the file as 'CSV UTF-8'"


class _Lines:
    """The physical lines of the file as bytes, numbered from 1, with the possibility to put some back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: deque[bytes] = deque()
        self.number = 0

    def next(self) -> bytes:
        """The next line with its end; empty at the end of the file. Of one that is too long, the start."""
        if self._waiting:
            line = self._waiting.popleft()
        else:
            line = self._file.readline(MAX_ROW)
            if len(line) == MAX_ROW:
                self._skip_rest(line)
        self.number += bool(line)
        return line

    def put_back(self, lines: Sequence[bytes]) -> None:
        """Read these lines again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def _skip_rest(self, piece: bytes) -> None:
        while len(piece) == MAX_ROW and not piece.endswith(b"\n"):
            piece = self._file.readline(MAX_ROW)


class CsvFile:
    """A mailbox file as CSV; its header is read when it is opened.

    Attributes:
        delimiter: what stands between its cells.
        encoding: how its text is encoded.
    """

    def __init__(self, file: BinaryIO, start: int) -> None:
        """Look at the file, whose text begins at byte `start`, after any byte-order mark.

        Raises:
            FileUnreadable: the encoding or the header is not the contract's; says everything that is wrong with it.
        """
        self._file = file
        self._start = start
        file.seek(start)
        try:
            self.encoding = encoding_of(file)
        except UnknownEncoding as failure:
            raise FileUnreadable(_UNKNOWN_ENCODING) from failure
        self.delimiter, self._header = _header(self._lines(), self.encoding)
        self._glanced = [(at, column) for at, column in enumerate(self._header.columns) if column in GLANCED]

    @property
    def tells_day_first(self) -> bool:
        """Whether its separators tell that `05/12/2026` is in December.

        Spreadsheets separate with semicolons where numbers have a decimal comma, and there the day comes first.
        """
        return self.delimiter == ";"

    @property
    def described(self) -> str:
        """Encoding and separators, in words."""
        return f"{self.encoding.shown}, {_DELIMITERS[self.delimiter]}"

    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on."""
        return self._walk(self._row)

    def glances(self) -> Iterator[RawRow]:
        """The same with the cells of `GLANCED` alone where that is enough, in a third of the time."""
        return self._walk(self._glance)

    def _walk(self, read: Callable[[_Lines, bytes], RawRow | None]) -> Iterator[RawRow]:
        lines = self._lines()
        _header(lines, self.encoding)
        while first := lines.next():
            row = read(lines, first)
            if row is not None:
                yield row

    def _row(self, lines: _Lines, first: bytes) -> RawRow | None:
        """The row that begins with this line; None where there is nothing in it."""
        line = lines.number
        try:
            texts = _record(lines, first, self.delimiter, self.encoding)
            if not any(texts):
                return None
            cells = self._cells(texts)
        except (_Broken, Misfit) as broken:
            return RawRow(line, {}, (error(line, "", self.encoding.text(first), str(broken)),))
        if lines.number == line and first.isascii():
            return RawRow(line, cells, is_sound=not may_be_damaged(first.decode("ascii")))
        return _without_stray_bytes(line, cells)

    def _glance(self, lines: _Lines, first: bytes) -> RawRow | None:
        """What is glanced at of a row that is as nearly all are; any other as a whole."""
        if first.isascii() and len(first) < MAX_ROW:
            record = first.decode("ascii").rstrip("\r\n")
            if _is_plain(record):
                texts = record.split(self.delimiter)
                if len(texts) == self._header.width == len(self._header.columns):
                    line, cells = lines.number, {column: texts[at].strip() for at, column in self._glanced}
                    return RawRow(line, cells, (), _NONE, partial(self._plain_row, line, record))
        return self._row(lines, first)

    def _plain_row(self, line: int, record: str) -> RawRow:
        """The whole of a row that was glanced at."""
        cells = self._cells(_cells(record, self.delimiter))
        return RawRow(line, cells, is_sound=not may_be_damaged(record))

    def position(self) -> int:
        """How many bytes were read so far."""
        return self._file.tell()

    def _cells(self, texts: Sequence[str]) -> dict[Column, str]:
        try:
            # Where spreadsheets separate with semicolons they quote what has one, and leave empty cells at the end of
            # a row out. A row with other cells than the header may have a comma in a cell that is not quoted.
            return self._header.cells(texts, whole=self.delimiter == "," or len(texts) > self._header.width)
        except Misfit as misfit:
            raise Misfit(f"{misfit}: a cell that contains {self.delimiter!r} must stand in quotes") from None

    def _lines(self) -> _Lines:
        self._file.seek(self._start)
        return _Lines(self._file)


class _Broken(Exception):
    """A record cannot be read; the message is the reason."""


def _record(lines: _Lines, first: bytes, delimiter: str, encoding: Encoding) -> list[str]:
    """The cells of the record that begins with this line.

    Raises:
        _Broken: it cannot be read; reading goes on with the line after the first one.
    """
    if len(first) == MAX_ROW:
        raise _Broken(f"the line has {MAX_ROW} bytes or more: is a quote or a line end missing?")
    more: list[bytes] = []
    try:
        return _cells(encoding.text(first), delimiter)
    except _Broken:
        record = first
        while record.count(b'"') % 2 and len(more) < _MAX_LINES and (line := lines.next()):
            more.append(line)
            record += line
            with suppress(_Broken):
                return _cells(encoding.text(record), delimiter)
        lines.put_back(more)
        raise


def _cells(record: str, delimiter: str) -> list[str]:
    line = record.rstrip("\r\n")
    if _is_plain(line):  # what is read is the same, in half the time
        return list(map(str.strip, line.split(delimiter))) if line else []
    try:
        # A list with one text: a line break inside quotes is then part of the cell, whatever it is.
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        raise _Broken("a quote is never closed, or stands in a quoted cell without being doubled") from None
    return [cell.strip() for cell in cells]


def _is_plain(record: str) -> bool:
    """Whether nothing but separators stands between its cells, as in nearly all."""
    return '"' not in record and "\r" not in record


def _without_stray_bytes(line: int, cells: dict[Column, str]) -> RawRow:
    bad = [column for column, text in cells.items() if not text.isascii() and _has_stray_bytes(text)]
    faults = tuple(error(line, column, cells.pop(column), _NOT_UTF8) for column in bad)
    return RawRow(line, cells, faults)


def _has_stray_bytes(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _header(lines: _Lines, encoding: Encoding) -> tuple[str, Header]:
    """The separator and the columns, by the first line that is not empty; after it come the rows."""
    first = _line_with_text(lines)
    delimiters = list(_DELIMITERS)
    declared = _DECLARED.fullmatch(first.strip(b" \r\n"))
    if declared:
        delimiters = [declared[1].decode("ascii", "replace")]
        if delimiters[0] not in _DELIMITERS:
            raise FileUnreadable(f"the first line separates cells with {delimiters[0]!r}: use , ; or tab")
        first = _line_with_text(lines)
    if not first:
        raise FileUnreadable("the file is empty: it needs a header and a row for each mailbox")
    if b"\r" in first.rstrip(b"\r\n"):
        raise FileUnreadable(
            "the lines end in a bare carriage return: save the file with LF or CRLF line ends"
        )
    delimiter, names = max(
        ((delimiter, _names(encoding.text(first), delimiter)) for delimiter in delimiters),
        key=lambda split: known(split[1]),
    )
    return delimiter, Header.of(names)


def _line_with_text(lines: _Lines) -> bytes:
    line = lines.next()
    while line and not line.strip():
        line = lines.next()
    return line


def _names(header: str, delimiter: str) -> list[str]:
    try:
        return [name.lower() for name in _cells(header, delimiter)]
    except _Broken:
        return []
