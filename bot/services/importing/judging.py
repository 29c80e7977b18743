"""From a row of the file to what it means, or to everything that is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple, TypeVar

from bot.domain.catalogue import Plan
from bot.domain.used_space import is_impossible
from bot.services.importing import mailbox_cells as read
from bot.services.importing.cell_readers import CellReader, UsageReaders
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, Severity, error, warning
from bot.services.importing.holder_cells import HolderValues, read_holder
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.spreadsheet_damage import without_damage
from bot.services.importing.terms import Terms, TermsReader

T = TypeVar("T")

_PLACES: Final[Mapping[str, int]] = {column: place for place, column in enumerate(Column)}


class MailboxValues(NamedTuple):
    """What a good row says of its mailbox alone. Usage is in thousandths of GB, `usage_at` in UTC."""

    plan_id: str
    expires_on: date
    extra_mailbox_gb: int
    extra_archive_gb: int
    used_mailbox_milli_gb: int | None
    used_archive_milli_gb: int | None
    usage_at: datetime | None
    auto_renew: bool
    promotion_id: str | None


class ImportRow(NamedTuple):
    """A row without an error. Addresses are normalised: lower case, ASCII."""

    line: int
    customer: str
    language: str
    reference_email: str
    address: str
    holder: HolderValues
    mailbox: MailboxValues


class JudgedRow(NamedTuple):
    """A row and what was found in it.

    `customer` to `holder` are what other rows and the database may contradict, None where the cell is bad.
    `good` is the whole row, if it has no error; `cells` is what stands in the file.
    """

    line: int
    cells: Mapping[Column, str]
    findings: tuple[Finding, ...]
    customer: str | None = None
    language: str | None = None
    reference_email: str | None = None
    address: str | None = None
    holder: HolderValues | None = None
    good: ImportRow | None = None


class Judge:
    """Judges the rows of one file."""

    def __init__(self, measures: Measures) -> None:
        """Judge by these measures."""
        self._measures = measures
        self._readers = UsageReaders(measures)
        self._terms = TermsReader(measures)

    def row(self, raw: RawRow) -> JudgedRow:
        """Judge each cell of a row, and the cells against each other; say all that is wrong."""
        if not raw.cells:
            return JudgedRow(raw.line, raw.cells, raw.faults)
        return _Judgement(without_damage(raw), self._measures, self._readers).row(self._terms)


class _Judgement:
    """One row being judged."""

    def __init__(self, raw: RawRow, measures: Measures, readers: UsageReaders) -> None:
        self._raw = raw
        self._measures = measures
        self._readers = readers
        self._findings: list[Finding] = []

    def row(self, reader: TermsReader) -> JudgedRow:
        line, cells = self._raw.line, self._raw.cells
        customer = self._text(Column.CUSTOMER, read.customer)
        email = self._text(Column.REFERENCE_EMAIL, read.email)
        address = self._text(Column.ADDRESS, read.email)
        terms = reader.of(self._raw)
        self._findings += terms.findings
        mailbox = self._mailbox(terms)
        holder, of_holder = read_holder(line, cells, email or "", address or "")
        found = self._found(of_holder)
        good = None
        if customer and terms.language and email and address and holder and mailbox and not _has_error(found):
            good = ImportRow(line, customer, terms.language, email, address, holder, mailbox)
        return JudgedRow(line, cells, found, customer, terms.language, email, address, holder, good)

    def _found(self, of_holder: Sequence[Finding]) -> tuple[Finding, ...]:
        """All there is to say, in the order of the columns."""
        if len(self._findings) > 1:
            self._findings.sort(key=lambda finding: _PLACES[finding.column])
        return (*self._raw.faults, *self._findings, *of_holder)

    def _text(self, column: Column, means: Callable[[str], str]) -> str | None:
        """The value of a cell that every row has of its own; None as for the others."""
        text = self._raw.cells.get(column)
        try:
            return None if text is None else means(text)
        except BadCell as bad:
            self._error(column, str(bad))
            return None

    def _cell(self, reader: CellReader[T]) -> T | None:
        """The value of a cell; None when it is bad, which is then said, or could not even be read."""
        raw, column = self._raw, reader.column
        text = raw.cells.get(column)
        value = None if text is None else reader.remembered(text, column in raw.typed)
        if isinstance(value, BadCell):
            self._error(column, str(value))
            return None
        return value

    def _mailbox(self, terms: Terms) -> MailboxValues | None:
        _, plan, extra_mailbox, extra_archive, auto_renew, promotion_id, room, _ = terms
        expires_on = self._cell(self._readers.expires_on)
        if expires_on is not None and read.is_far_away(expires_on, self._measures.today):
            self._warning(Column.EXPIRES_ON, "is more than ten years away: check the year")
        used_mailbox, used_archive, usage_at = self._usage(plan)
        if room is not None:
            self._within_room(Column.USED_MAILBOX_GB, used_mailbox, room.mailbox_gb)
            self._within_room(Column.USED_ARCHIVE_GB, used_archive, room.archive_gb)
        if plan is None or expires_on is None or auto_renew is None:
            return None
        if extra_mailbox is None or extra_archive is None:
            return None
        return MailboxValues(
            plan.id,
            expires_on,
            extra_mailbox,
            extra_archive,
            used_mailbox,
            used_archive,
            usage_at,
            auto_renew,
            promotion_id,
        )

    def _usage(self, plan: Plan | None) -> tuple[int | None, int | None, datetime | None]:
        """Used mailbox and archive and their instant: all known or none, since half of it says nothing."""
        before = len(self._findings)
        mailbox = self._cell(self._readers.used_mailbox)
        archive = self._cell(self._readers.used_archive)
        at = self._cell(self._readers.usage_at)
        if len(self._findings) > before or plan is None:
            return None, None, None
        if archive is None and not plan.has_archive and mailbox is not None:
            archive = 0
        if archive and not plan.has_archive:
            self._warning(
                Column.USED_ARCHIVE_GB, f"is the space of an archive, which the plan {plan.id} does not have"
            )
        if mailbox is None or archive is None or at is None:
            self._none_or_all(mailbox, archive, at)
        return mailbox, archive, at

    def _none_or_all(self, mailbox: int | None, archive: int | None, at: datetime | None) -> None:
        values = {Column.USED_MAILBOX_GB: mailbox, Column.USED_ARCHIVE_GB: archive, Column.USAGE_AT: at}
        empty = [column for column, value in values.items() if value is None]
        if len(empty) < len(values):
            there = next(column for column, value in values.items() if value is not None)
            for column in empty:
                self._error(
                    column, f"is empty although {there} is not: write all of the usage, or none of it"
                )

    def _within_room(self, column: Column, used_milli_gb: int | None, room_gb: int) -> None:
        if used_milli_gb is not None and is_impossible(used_milli_gb, room_gb):
            self._error(
                column,
                f"cannot be: it is more than one and a half times the {room_gb} GB that there are; "
                "a spreadsheet may have lost the decimal mark",
            )

    def _error(self, column: Column, reason: str) -> None:
        if column in self._raw.cells:
            self._findings.append(error(self._raw.line, column, self._raw.cells[column], reason))

    def _warning(self, column: Column, reason: str) -> None:
        if column in self._raw.cells:
            self._findings.append(warning(self._raw.line, column, self._raw.cells[column], reason))


def _has_error(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings) if findings else False
