"""What an import says: findings about rows, the report at the end, and the ways in which it cannot go on.

The tree of errors::

    ImportFailed
    ├── FileRefused             the file as a whole is not taken; nothing was written
    │   ├── FileUnreadable      it cannot be read
    │   └── FileUnbelievable    it can be read, and what it says cannot be true
    ├── NotConfirmed            a person had to agree, and did not; nothing was written
    └── ImportInterrupted       the database failed in the middle; what was written before stays
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from bot.domain.errors import RinnovoError
from bot.services.importing.foreseen import Foresight

_SHOWN_CHARACTERS: Final = 60
_KEPT_FINDINGS: Final = 20


class Severity(StrEnum):
    """What a finding does to the row: it is refused, kept, or kept except for a value that the customer set.

    `FORGOTTEN` leaves the row out: everything of its customer was deleted. `VANISHED` is about a mailbox that has no
    row: a complete file does not name it.
    """

    ERROR = "error"
    WARNING = "warning"
    HELD = "held"
    FORGOTTEN = "forgotten"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one row.

    Attributes:
        severity: an error refuses the row, a deleted customer leaves it out; a warning and what is held do not.
        line: where the row begins in the file, counted from 1 as editors do; 0 where there is no row.
        column: the column's name; empty when the row as a whole is meant.
        value: what stands there, cut to a length that a terminal can show. Personal data: not for logs.
        reason: what is wrong and what to write instead, for the operator, in English.
    """

    severity: Severity
    line: int
    column: str
    value: str
    reason: str


def error(line: int, column: str, value: str, reason: str) -> Finding:
    """A finding that refuses the row."""
    return Finding(Severity.ERROR, line, column, shown(value), reason)


def warning(line: int, column: str, value: str, reason: str) -> Finding:
    """A finding that leaves the row in."""
    return Finding(Severity.WARNING, line, column, shown(value), reason)


def held(line: int, column: str, value: str, reason: str) -> Finding:
    """A finding that leaves the row in, but not this value of it (DOMAIN.md 3.5)."""
    return Finding(Severity.HELD, line, column, shown(value), reason)


def forgotten(line: int, column: str, value: str, reason: str) -> Finding:
    """A finding that leaves the row out: its customer was deleted."""
    return Finding(Severity.FORGOTTEN, line, column, shown(value), reason)


def vanished(column: str, value: str, reason: str) -> Finding:
    """A finding about a mailbox that the file does not name."""
    return Finding(Severity.VANISHED, 0, column, shown(value), reason)


def shown(value: str) -> str:
    """The value as findings show it, in one line that a terminal can show."""
    # What cannot be encoded came from bytes that are not UTF-8, and could be neither printed nor written.
    line = " ".join(value.encode("utf-8", "replace").decode().split())
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"


class Listener(Protocol):
    """Who follows an import while it runs."""

    def found(self, finding: Finding) -> None:
        """Take a finding; they come in the order of the file, except that a batch's come together."""
        ...

    def advanced(self, bytes_read: int) -> None:
        """Take how far the file was read. What stands before is judged and, unless a dry run, written."""
        ...


@dataclass(slots=True)
class ImportReport:
    """What an import did, or, for a dry run, would do.

    Attributes:
        read_as: in which form the file was read, in a few words.
        rows: rows read; each is one of `created`, `updated`, `unchanged`, `refused` or `left_out`.
        created: rows whose mailbox is new.
        updated: rows that changed their mailbox, its holder or its customer.
        unchanged: rows that say what the database says.
        refused: rows with at least one error.
        left_out: rows whose customer was deleted, as it wanted.
        errors: findings that refuse a row; `warnings` those that do not; `held` the values that were not taken over
            since a customer had set others.
        first_errors: the first twenty, so that a million bad rows do not fill the memory.
        first_warnings: likewise; so `first_held` and `first_left_out`.
        revived: rows whose mailbox was gone, and is there again.
        gone: mailboxes that the file does not name, and that were marked gone.
        foresight: what was foreseen before anything was written.
    """

    dry_run: bool
    read_as: str = ""
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: int = 0
    errors: int = 0
    warnings: int = 0
    held: int = 0
    first_errors: list[Finding] = field(default_factory=list)
    first_warnings: list[Finding] = field(default_factory=list)
    first_held: list[Finding] = field(default_factory=list)
    first_left_out: list[Finding] = field(default_factory=list)
    revived: int = 0
    gone: int = 0
    foresight: Foresight = field(default_factory=Foresight)

    def note(self, finding: Finding) -> None:
        """Count a finding, and keep it if it is one of the first."""
        match finding.severity:
            case Severity.ERROR:
                self.errors += 1
                first = self.first_errors
            case Severity.WARNING:
                self.warnings += 1
                first = self.first_warnings
            case Severity.HELD:
                self.held += 1
                first = self.first_held
            case Severity.FORGOTTEN:
                first = self.first_left_out
            case Severity.VANISHED:
                return  # it is about no row: `foresight` has it
        if len(first) < _KEPT_FINDINGS:
            first.append(finding)


class ImportFailed(RinnovoError):
    """The import could not be carried out to the end."""


class FileRefused(ImportFailed):
    """The file is not taken at all. `problems` are sentences for the operator, each with what to do."""

    def __init__(self, *problems: str) -> None:
        """Keep the problems, of which there is at least one."""
        super().__init__("; ".join(problems))
        self.problems = problems


class FileUnreadable(FileRefused):
    """The file cannot be read at all."""


class FileUnbelievable(FileRefused):
    """So many rows contradict themselves that the others cannot be believed either."""


class NotConfirmed(ImportFailed):
    """The import would do what a person has to agree to, and nobody did: nothing was written."""

    def __init__(self, foresight: Foresight) -> None:
        """Keep what would have been done."""
        super().__init__("the import was not confirmed")
        self.foresight = foresight


class ImportInterrupted(ImportFailed):
    """The database failed. The batches before are written, the one under way is not: importing again is safe.

    `report` counts what was done until then; the cause is the database's error.
    """

    def __init__(self, report: ImportReport) -> None:
        """Keep the report of the part that was done."""
        super().__init__(f"the database failed after {report.rows} rows")
        self.report = report
