"""Opening the mailbox file: which of its forms it has, and how far it was read."""

import codecs
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from bot.services.importing.csv_rows import CsvFile
from bot.services.importing.file_form import FileForm
from bot.services.importing.findings import FileUnreadable
from bot.services.importing.form_evidence import FormEvidence
from bot.services.importing.json_rows import JsonFile
from bot.services.importing.raw_rows import RawRow
from bot.services.tables.texts_on_disk import TextsOnDisk

_JSON_SUFFIXES: Final = frozenset({".json", ".jsonl", ".ndjson"})
_SNIFFED: Final = 1024
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


class _Walked(Protocol):
    """A file of one of the kinds, whose rows can be walked again and again."""

    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on."""
        ...

    def glances(self) -> Iterator[RawRow]:
        """The same rows; cells beyond `GLANCED` may be left out."""
        ...

    def position(self) -> int:
        """How far it was read, in bytes."""
        ...


@dataclass(frozen=True, slots=True)
class MailboxFile:
    """The file, open; `size` is in bytes, `form` is how its cells are to be read."""

    name: str
    size: int
    form: FileForm
    _file: _Walked

    @property
    def rows(self) -> Iterator[RawRow]:
        """The rows from the first one on, each time anew; walking them afresh ends a walk under way.

        Raises:
            FileUnreadable: while walking, the file cannot be read any further.
        """
        return _watched(self._file.rows())

    @property
    def glances(self) -> Iterator[RawRow]:
        """The same rows, as `rows`, of which only the cells of `GLANCED` are sure to be there."""
        return _watched(self._file.glances())

    def position(self) -> int:
        """How many bytes were read so far."""
        return self._file.position()


@contextmanager
def open_mailbox_file(path: Path) -> Iterator[MailboxFile]:
    """Open a mailbox file, CSV, XLSX or JSON, and judge what concerns it as a whole.

    The kind is seen from the first bytes, or from the ending of the name where that is a JSON one. The whole file is
    then read once, to see in which form its numbers and dates are written: one for all of it.

    Raises:
        FileUnreadable: it is not there, empty, of another kind or encoding, or its header is not the contract's.
    """
    try:
        file = path.open("rb")
    except OSError as failure:
        raise FileUnreadable(f"the file cannot be opened: {failure.strerror}") from failure
    with ExitStack() as opened:
        opened.enter_context(file)
        with _reading():
            walked, form = _looked_at(file, path, opened)
        yield MailboxFile(path.name, path.stat().st_size, form, walked)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise FileUnreadable(f"the file cannot be read: {failure.strerror or failure}") from failure


def _watched(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    with _reading():
        yield from rows


def _looked_at(file: BinaryIO, path: Path, opened: ExitStack) -> tuple[_Walked, FileForm]:
    start = file.read(_SNIFFED)
    if start.startswith(_OLD_EXCEL):
        raise FileUnreadable("this is an old or a protected Excel file: save it as .xlsx without a password")
    if start.startswith(_ZIP):
        from bot.services.importing.xlsx_rows import XlsxFile  # its library is loaded by who has such a file

        sheet = XlsxFile(file, opened.enter_context(TextsOnDisk.opened()))
        return sheet, _form(sheet, sheet.described, day_first=False)
    if start.startswith(_UTF16) or b"\0" in start:
        raise FileUnreadable("the file is not UTF-8 text: save it as 'CSV UTF-8', or as JSON in UTF-8")
    mark = codecs.BOM_UTF8 if start.startswith(codecs.BOM_UTF8) else b""
    if start.removeprefix(mark).lstrip()[:1] in {b"[", b"{"} or path.suffix.lower() in _JSON_SUFFIXES:
        return JsonFile(file, len(mark)), FileForm(JsonFile.described)
    table = CsvFile(file, len(mark))
    return table, _form(table, table.described, day_first=table.tells_day_first)


def _form(walked: _Walked, container: str, *, day_first: bool) -> FileForm:
    evidence = FormEvidence(day_first=day_first)
    for row in walked.glances():
        evidence.look(row)
    return evidence.form(container)
