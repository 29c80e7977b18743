"""Opening the mailbox file: which of its forms it has, and how far it was read."""

import codecs
from collections.abc import Callable, Iterator
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
    """The file, open; `size` is in bytes."""

    size: int
    _file: BinaryIO
    _walk: Callable[[BinaryIO], Iterator[RawRow]]

    @property
    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on, each time anew; walking them afresh ends a walk under way.

        Errors:
            FileUnreadable: while walking, the file cannot be read any further.
        """
        return _watched(self._walk(self._file))

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
            walk = _walk(file, path)
            walk(file)  # a header that is not the contract's is said before anything is done
        yield MailboxFile(path.stat().st_size, file, walk)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise FileUnreadable(f"the file cannot be read: {failure.strerror}") from failure


def _watched(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    with _reading():
        yield from rows


def _walk(file: BinaryIO, path: Path) -> Callable[[BinaryIO], Iterator[RawRow]]:
    start = file.read(_SNIFFED)
    if start.startswith(_UTF16) or b"\0" in start:
        raise FileUnreadable("the file is not UTF-8 text: save it as 'CSV UTF-8', or as JSON in UTF-8")
    mark = codecs.BOM_UTF8 if start.startswith(codecs.BOM_UTF8) else b""
    is_json = start.removeprefix(mark).lstrip()[:1] in {b"[", b"{"} or path.suffix.lower() in _JSON_SUFFIXES

    def walk(file: BinaryIO) -> Iterator[RawRow]:
        file.seek(len(mark))
        return json_rows(file) if is_json else csv_rows(file)

    return walk
