"""Opening what a bank gives: the file says by its content what it is, never by its name."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from bot.domain.statements.entry import Fault, StatementEntry, UnreadableStatement
from bot.domain.statements.profile import StatementProfile
from bot.services.statements.camt import CamtFile
from bot.services.statements.cbi import CbiFile
from bot.services.statements.csv_table import csv_table
from bot.services.statements.mt940 import Mt940File
from bot.services.statements.recognising import Kind, kind_of


class _Format(Protocol):
    """A file of one format."""

    @property
    def named(self) -> str: ...

    def position(self) -> int: ...

    def entries(self) -> Iterator[StatementEntry]: ...


class Statement:
    """A file of the bank's that is open, to be read as often as needed.

    Attributes:
        format: what it is, for people: `CAMT.053 (version 08)`.
        size: of the file, in bytes.
    """

    def __init__(self, file: _Format, size: int) -> None:
        self.format = file.named
        self.size = size
        self._file = file

    def entries(self) -> Iterator[StatementEntry]:
        """The entries from the first one on, in their order, in a memory that does not grow with the file.

        Nothing may be registered before they were read to the end once: only there it is known that the file is whole.

        Raises:
            UnreadableStatement: at the first damaged place; at the end where the file was cut short or its totals do
                not add up.
        """
        with _reading():
            yield from self._file.entries()

    def position(self) -> int:
        """How many bytes were read so far, for a progress bar."""
        return self._file.position()


def profiles_named(name: str | None, known: Mapping[str, StatementProfile]) -> Collection[StatementProfile]:
    """The profiles by which a table may be read: the one that somebody names, or all that there are.

    Raises:
        UnreadableStatement: there is none of that name.
    """
    if name is None:
        return known.values()
    if name not in known:
        there = f"only {', '.join(sorted(known))}" if known else "none"
        raise UnreadableStatement(
            Fault.PROFILE, f"the catalogue has no profile {name!r}: there is {there} (statement_profiles)"
        )
    return (known[name],)


@contextmanager
def open_statement(
    source: Path | BinaryIO, *, profiles: Collection[StatementProfile] = ()
) -> Iterator[Statement]:
    """Open a statement, and see what it is; it is closed at the end of the `with` block if it was opened here.

    Args:
        source: the file, or where it is; one that is open can be read from any place.
        profiles: how the tables of banks are laid out; a CSV or XLSX file is read by the one whose columns it has.

    Raises:
        UnreadableStatement: it is not there, empty, or of no format that is read.
    """
    with ExitStack() as opened:
        file = opened.enter_context(_open(source)) if isinstance(source, Path) else source
        with _reading():
            size = file.seek(0, 2)
            found = _format(file, profiles, opened)
        yield Statement(found, size)


def _format(file: BinaryIO, profiles: Collection[StatementProfile], opened: ExitStack) -> _Format:
    match kind_of(file):
        case Kind.CAMT:
            return CamtFile(file)
        case Kind.CBI:
            return CbiFile(file)
        case Kind.WORKBOOK:
            # The reader of workbooks takes its time to be loaded: whoever reads another format does without.
            from bot.services.statements.xlsx_table import xlsx_table
            from bot.services.tables.texts_on_disk import TextsOnDisk

            return xlsx_table(file, profiles, opened.enter_context(TextsOnDisk.opened()))
        case Kind.MT940:
            return Mt940File(file)
        case Kind.TABLE:
            return csv_table(file, profiles)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as failure:
        raise UnreadableStatement(Fault.CLOSED, f"the file cannot be opened: {failure.strerror}") from failure


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise UnreadableStatement(
            Fault.CLOSED, f"the file cannot be read: {failure.strerror or failure}"
        ) from failure
