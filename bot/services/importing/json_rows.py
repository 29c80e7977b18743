"""Reading the mailbox file as JSON, one object at a time: a list of objects, or JSON Lines.

Where the syntax of a list breaks, nothing after that can be understood, and the last row given says so. In
JSON Lines a broken line is a bad row like any other.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from bot.services.importing.columns import COLUMNS, NEEDED, NUMBERS, TRUTHS, Column
from bot.services.importing.findings import FileUnreadable, Finding, error
from bot.services.importing.json_window import BrokenJson, Number, Pairs, Window, parse_line
from bot.services.importing.raw_rows import RawRow


class JsonFile:
    """A mailbox file as JSON."""

    described: Final = "JSON, UTF-8"

    def __init__(self, file: BinaryIO, start: int) -> None:
        """Look at the file, whose text begins at byte `start`, after any byte-order mark.

        Raises:
            FileUnreadable: it holds neither a list nor one object a line.
        """
        self._file = file
        self._start = start
        self.rows()

    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on."""
        self._file.seek(self._start)
        return _rows(self._file)

    def glances(self) -> Iterator[RawRow]:
        """The same: there is nothing to be won by leaving cells out."""
        return self.rows()

    def position(self) -> int:
        """How many bytes were read so far."""
        return self._file.tell()


def _rows(file: BinaryIO) -> Iterator[RawRow]:
    window = Window(file)
    start = window.peek()
    if start == "[":
        return _list_rows(window)
    if start == "{" and window.line_ends_with("}"):
        return _line_rows(window)
    raise FileUnreadable("this JSON is not a list of mailboxes: write [{…}, {…}], or one object a line")


def _list_rows(window: Window) -> Iterator[RawRow]:
    window.take("[")
    try:
        yield from _elements(window)
    except BrokenJson as broken:
        reason = f"this is not JSON ({broken}), so nothing from here on was read: correct it and import again"
        yield RawRow(broken.line, {}, (error(broken.line, "", "", reason),))


def _elements(window: Window) -> Iterator[RawRow]:
    more = not window.take("]")
    while more:
        window.peek()
        line = window.line
        yield _row(line, window.value())
        more = window.take(",")
        if not more and not window.take("]"):
            raise BrokenJson(window.line, "there is no comma between two rows, or no ] at the end")
    if window.peek():
        raise BrokenJson(window.line, "there is something after the end of the list")


def _line_rows(window: Window) -> Iterator[RawRow]:
    while window.peek():
        line = window.line
        text = window.text_line()
        try:
            value = parse_line(text)
        except ValueError:
            yield RawRow(line, {}, (error(line, "", text, "the line is not one whole JSON object"),))
            continue
        yield _row(line, value)


def _row(line: int, value: Any) -> RawRow:
    if not isinstance(value, Pairs):
        return RawRow(
            line, {}, (error(line, "", str(value), "is not an object: write {…} with a key for each column"),)
        )
    cells: dict[Column, str] = dict.fromkeys((column for column in Column if column not in NEEDED), "")
    faults: list[Finding] = []
    seen: set[str] = set()
    for key, content in value:
        if key in seen:
            faults.append(error(line, key, "", "the key comes twice: keep one"))
        elif key not in COLUMNS:
            faults.append(error(line, key, "", "is not a column of the mailbox file: remove it"))
        else:
            try:
                cells[COLUMNS[key]] = _cell(COLUMNS[key], content)
            except _BadCell as bad:
                cells.pop(COLUMNS[key], None)
                faults.append(error(line, key, str(content), str(bad)))
        seen.add(key)
    missing = [column for column in NEEDED if column not in seen]
    if missing:
        reason = f"{', '.join(missing)} missing (only what may be empty may be missing)"
        faults.append(error(line, missing[0] if len(missing) == 1 else "", "", reason))
    return RawRow(line, cells, tuple(faults))


class _BadCell(Exception):
    """A value of the wrong type; the message is the reason."""


def _cell(column: Column, content: Any) -> str:
    if content is None:
        return ""
    if isinstance(content, bool):
        if column not in TRUTHS:
            raise _BadCell("is a truth value: write text, in quotes")
        return "true" if content else "false"
    if isinstance(content, Number):
        if column not in NUMBERS:
            raise _BadCell(f'is a number: write text, in quotes, "{content}"')
        return str(content)
    if not isinstance(content, str):
        raise _BadCell("is a list or an object: write text, in quotes")
    try:
        content.encode()
    except UnicodeEncodeError:
        raise _BadCell("holds characters that are not UTF-8: save the file as UTF-8") from None
    return content.strip()
