"""Opening the mailbox file: which of its forms it has, and how far it was read."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from bot.services.importing.csv_rows import csv_rows
from bot.services.importing.findings import FileUnreadable
from bot.services.importing.json_rows import json_rows
from bot.services.importing.raw_rows import RawRow

_JSON_SUFFIXES: Final = frozenset({".json", ".jsonl", ".ndjson"})
_SNIFFED: Final = 1024
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class MailboxFile:
    """The file, open. `rows` can be walked once; `size` is in bytes."""

    rows: Iterator[RawRow]
    size: int
    _file: BinaryIO

    def position(self) -> int:
        """How many bytes were read so far."""
        return self._file.tell()


@contextmanager
def open_mailbox_file(path: Path) -> Iterator[MailboxFile]:
    """Open a mailbox file, CSV or JSON, and judge what concerns it as a whole.

    The form is seen from the first character, or from the ending of the name where that is a JSON one.

    Errors:
        FileUnreadable: it is not there, empty, not UTF-8, or its header is not the contract's.
    """
    try:
        file = path.open("rb")
    except OSError as failure:
        raise FileUnreadable(f"the file cannot be opened: {failure.strerror}") from failure
    with file:
        with _reading():
            rows = _rows(file, path)
        yield MailboxFile(_watched(rows), path.stat().st_size, file)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise FileUnreadable(f"the file cannot be read: {failure.strerror}") from failure


def _watched(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    with _reading():
        yield from rows


def _rows(file: BinaryIO, path: Path) -> Iterator[RawRow]:
    start = file.read(_SNIFFED)
    if start.startswith(_UTF16) or b"\0" in start:
        raise FileUnreadable("the file is not UTF-8 text: save it as 'CSV UTF-8', or as JSON in UTF-8")
    mark = codecs.BOM_UTF8 if start.startswith(codecs.BOM_UTF8) else b""
    file.seek(len(mark))
    if start.removeprefix(mark).lstrip()[:1] in {b"[", b"{"} or path.suffix.lower() in _JSON_SUFFIXES:
        return json_rows(file)
    return csv_rows(file)
