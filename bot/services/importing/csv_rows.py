"""Reading the mailbox file as CSV, line by line.

A record may span lines when a cell in quotes has line breaks in it; whether it does is seen by counting
quotes, which are doubled inside such a cell. A quote that is never closed would swallow the rest of the file:
after a few lines the record is given up, and reading goes on with the line after the one on which it began.
"""

import csv
import difflib
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Final

from bot.services.importing.columns import COLUMNS, Column
from bot.services.importing.findings import FileUnreadable, error
from bot.services.importing.raw_rows import MAX_ROW, RawRow

_DELIMITERS: Final = ",;\t"
_MAX_LINES: Final = 20
"""Lines that one record may span."""
_NOT_UTF8: Final = "holds characters that are not UTF-8: save the file as 'CSV UTF-8'"


class _Lines:
    """The physical lines of the file as bytes, numbered from 1, with the possibility to put some back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: deque[bytes] = deque()
        self.number = 0

    def next(self) -> bytes:
        """The next line with its end; empty at the end of the file. Of one that is too long, the start."""
        line = self._waiting.popleft() if self._waiting else self._read()
        self.number += bool(line)
        return line

    def put_back(self, lines: Sequence[bytes]) -> None:
        """Read these lines again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> bytes:
        line = piece = self._file.readline(MAX_ROW)
        while len(piece) == MAX_ROW and not piece.endswith(b"\n"):
            piece = self._file.readline(MAX_ROW)
        return line


def csv_rows(file: BinaryIO) -> Iterator[RawRow]:
    """Give the rows of a CSV file that is open at its first byte after any byte-order mark.

    Errors:
        FileUnreadable: the header is not the contract's; says everything that is wrong with it.
    """
    lines = _Lines(file)
    delimiter, header = _header(lines)
    # The header is judged at once, not when the first row is asked for.
    return _rows(lines, delimiter, header)


def _rows(lines: _Lines, delimiter: str, header: Sequence[Column]) -> Iterator[RawRow]:
    while first := lines.next():
        line = lines.number
        try:
            cells = _record(lines, first, delimiter, len(header))
        except _Broken as broken:
            yield RawRow(line, {}, (error(line, "", _text(first), str(broken)),))
            continue
        if any(cells):
            yield _row(line, header, cells)


class _Broken(Exception):
    """A record cannot be read; the message is the reason."""


def _record(lines: _Lines, first: bytes, delimiter: str, width: int) -> list[str]:
    """The cells of the record that begins with this line.

    Raises:
        _Broken: it cannot be read; reading goes on with the line after the first one.
    """
    if len(first) == MAX_ROW:
        raise _Broken(f"the line has {MAX_ROW} bytes or more: is a quote or a line end missing?")
    more: list[bytes] = []
    try:
        return _cells(first, delimiter, width)
    except _Broken:
        record = first
        while record.count(b'"') % 2 and len(more) < _MAX_LINES and (line := lines.next()):
            more.append(line)
            record += line
            with suppress(_Broken):
                return _cells(record, delimiter, width)
        lines.put_back(more)
        raise


def _cells(record: bytes, delimiter: str, width: int) -> list[str]:
    try:
        # A list with one text: a line break inside quotes is then part of the cell, whatever it is.
        cells = next(csv.reader([_text(record).rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        raise _Broken("a quote is never closed, or stands in a quoted cell without being doubled") from None
    cells = [cell.strip() for cell in cells]
    if any(cells) and len(cells) != width:
        raise _Broken(
            f"the row has {len(cells)} cells, the header has {width}: "
            f"a cell that contains {delimiter!r} must stand in quotes"
        )
    return cells


def _row(line: int, header: Sequence[Column], texts: Sequence[str]) -> RawRow:
    cells = dict(zip(header, texts, strict=True))
    bad = [column for column, text in cells.items() if not text.isascii() and _has_stray_bytes(text)]
    faults = tuple(error(line, column, cells.pop(column), _NOT_UTF8) for column in bad)
    return RawRow(line, cells, faults)


def _text(line: bytes) -> str:
    # Stray bytes become lone surrogates, so that they spoil their own cell and not the row's others.
    return line.decode("utf-8", "surrogateescape")


def _has_stray_bytes(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def _header(lines: _Lines) -> tuple[str, list[Column]]:
    first = lines.next()
    while first and not first.strip():
        first = lines.next()
    if not first:
        raise FileUnreadable("the file is empty: it needs a header and a row for each mailbox")
    if b"\r" in first.rstrip(b"\r\n"):
        raise FileUnreadable(
            "the lines end in a bare carriage return: save the file with LF or CRLF line ends"
        )
    delimiter, names = max(
        ((delimiter, _names(first, delimiter)) for delimiter in _DELIMITERS),
        key=lambda split: _known(split[1]),
    )
    problems = _header_problems(names)
    if problems:
        raise FileUnreadable(*problems)
    return delimiter, [Column(name) for name in names]


def _names(header: bytes, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([_text(header).rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _known(names: Sequence[str]) -> int:
    return sum(name in COLUMNS for name in names)


def _header_problems(names: Sequence[str]) -> list[str]:
    """Everything that is wrong with the names of the header."""
    if not _known(names):
        return [
            "the first line is not the header: it should name the columns, separated by commas: "
            + ", ".join(Column)
        ]
    missing = [column for column in Column if column not in names]
    problems = [
        _unknown(name, position, missing) for position, name in enumerate(names, 1) if name not in COLUMNS
    ]
    if missing:
        problems.append(
            f"the header misses {', '.join(missing)}: add {'it' if len(missing) == 1 else 'them'}, "
            "with empty cells where there is nothing to say"
        )
    doubled = [name for name, times in Counter(names).items() if times > 1 and name in COLUMNS]
    problems += [f"the header names {name} {names.count(name)} times: keep one" for name in doubled]
    return problems


def _unknown(name: str, position: int, missing: Sequence[str]) -> str:
    if not name:
        return f"column {position} of the header has no name: remove it"
    shown = name.encode("utf-8", "replace").decode()
    close = difflib.get_close_matches(name, missing, n=1)
    return f"the header has an unknown column {shown!r}: " + (f"is it {close[0]}?" if close else "remove it")
