"""From a row of the file to what it means, or to everything that is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TypeVar

from bot.domain.catalogue import Catalogue, Plan
from bot.domain.space import ExtraSpace
from bot.domain.used_space import Room, is_impossible
from bot.services.importing import mailbox_cells as read
from bot.services.importing.columns import Column
from bot.services.importing.file_form import AS_THE_CONTRACT, FileForm
from bot.services.importing.findings import Finding, Severity, error, warning
from bot.services.importing.holder_cells import HolderCells, HolderValues
from bot.services.importing.mailbox_cells import BadCell
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.spreadsheet_damage import without_damage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MailboxValues:
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


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row without an error. Addresses are normalised: lower case, ASCII."""

    line: int
    customer: str
    language: str
    reference_email: str
    address: str
    holder: HolderValues
    mailbox: MailboxValues


@dataclass(frozen=True, slots=True)
class JudgedRow:
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


@dataclass(frozen=True, slots=True)
class Measures:
    """What rows are judged by.

    Attributes:
        catalogue: the one in force.
        now: the instant.
        today: the day in Rome.
        form: how the cells of the file are written.
        zone: the operator's, for moments without an offset where the form allows them.
    """

    catalogue: Catalogue
    now: datetime
    today: date
    zone: tzinfo
    form: FileForm = AS_THE_CONTRACT

    def plain(self, raw: RawRow, column: Column) -> str | None:
        """The text of a cell as the contract writes it; None for a cell that could not be read.

        Raises:
            BadCell: it is not of the file's form, or could mean two things.
        """
        text = raw.cells.get(column)
        return text if text is None or column in raw.typed else self.form.plain(column, text)

    def usage_at(self, text: str) -> datetime | None:
        """When used space was measured, as the cell says it.

        Raises:
            BadCell: it says no moment.
        """
        return read.usage_at(text, self.now, self.zone if self.form.local_times else None)


def judge(raw: RawRow, measures: Measures) -> JudgedRow:
    """Judge each cell of a row, and the cells against each other; say all that is wrong."""
    if not raw.cells:
        return JudgedRow(raw.line, raw.cells, raw.faults)
    return _Judgement(without_damage(raw), measures).row()


class _Judgement:
    """One row being judged."""

    def __init__(self, raw: RawRow, measures: Measures) -> None:
        self._raw = raw
        self._measures = measures
        self._findings = list(raw.faults)

    def row(self) -> JudgedRow:
        line, cells = self._raw.line, self._raw.cells
        customer = self._cell(Column.CUSTOMER, read.customer)
        language = self._cell(Column.LANGUAGE, read.language)
        email = self._cell(Column.REFERENCE_EMAIL, read.email)
        address = self._cell(Column.ADDRESS, read.email)
        mailbox = self._mailbox()
        reading = HolderCells(line, cells, email or "", address or "")
        self._findings += reading.findings
        holder = reading.values
        good = None
        if customer and language and email and address and holder and mailbox and self._has_no_error():
            good = ImportRow(line, customer, language, email, address, holder, mailbox)
        found = tuple(self._findings)
        return JudgedRow(line, cells, found, customer, language, email, address, holder, good)

    def _has_no_error(self) -> bool:
        return all(finding.severity is not Severity.ERROR for finding in self._findings)

    def _cell(self, column: Column, reader: Callable[[str], T]) -> T | None:
        """The value of a cell; None when it is bad, which is then said, or could not even be read."""
        try:
            text = self._measures.plain(self._raw, column)
            return None if text is None else reader(text)
        except BadCell as bad:
            self._error(column, str(bad))
            return None

    def _mailbox(self) -> MailboxValues | None:
        catalogue = self._measures.catalogue
        plan = self._cell(Column.PLAN, lambda text: read.plan(text, catalogue))
        expires_on = self._cell(Column.EXPIRES_ON, lambda text: read.expires_on(text, self._measures.today))
        if expires_on is not None and read.is_far_away(expires_on, self._measures.today):
            self._warning(Column.EXPIRES_ON, "is more than ten years away: check the year")
        extra_mailbox = self._cell(Column.EXTRA_MAILBOX_GB, read.extra_gb)
        extra_archive = self._cell(Column.EXTRA_ARCHIVE_GB, read.extra_gb)
        used_mailbox, used_archive, usage_at = self._usage(plan)
        auto_renew = self._cell(Column.AUTO_RENEW, read.truth)
        promotion_id = self._cell(Column.PROMO, lambda text: read.promotion(text, catalogue))
        if plan is not None:
            self._within_cap(Column.EXTRA_MAILBOX_GB, plan, extra_mailbox, plan.extra_mailbox_cap)
            self._within_cap(Column.EXTRA_ARCHIVE_GB, plan, extra_archive, plan.extra_archive_cap)
            if extra_mailbox is not None and extra_archive is not None:
                room = Room.of(plan, ExtraSpace(extra_mailbox, extra_archive), catalogue.plans.values())
                self._within_room(Column.USED_MAILBOX_GB, used_mailbox, room.mailbox_gb)
                self._within_room(Column.USED_ARCHIVE_GB, used_archive, room.archive_gb)
        if plan is None or expires_on is None or auto_renew is None:
            return None
        if extra_mailbox is None or extra_archive is None:
            return None
        return MailboxValues(
            plan_id=plan.id,
            expires_on=expires_on,
            extra_mailbox_gb=extra_mailbox,
            extra_archive_gb=extra_archive,
            used_mailbox_milli_gb=used_mailbox,
            used_archive_milli_gb=used_archive,
            usage_at=usage_at,
            auto_renew=auto_renew,
            promotion_id=promotion_id,
        )

    def _usage(self, plan: Plan | None) -> tuple[int | None, int | None, datetime | None]:
        """Used mailbox and archive and their instant: all known or none, since half of it says nothing."""
        before = len(self._findings)
        mailbox = self._cell(Column.USED_MAILBOX_GB, read.used_milli_gb)
        archive = self._cell(Column.USED_ARCHIVE_GB, read.used_milli_gb)
        at = self._cell(Column.USAGE_AT, self._measures.usage_at)
        if len(self._findings) > before or plan is None:
            return None, None, None
        if archive is None and not plan.has_archive and mailbox is not None:
            archive = 0
        if archive and not plan.has_archive:
            self._warning(
                Column.USED_ARCHIVE_GB, f"is the space of an archive, which the plan {plan.id} does not have"
            )
        values = {Column.USED_MAILBOX_GB: mailbox, Column.USED_ARCHIVE_GB: archive, Column.USAGE_AT: at}
        empty = [column for column, value in values.items() if value is None]
        if empty and len(empty) < len(values):
            there = next(column for column, value in values.items() if value is not None)
            for column in empty:
                self._error(
                    column, f"is empty although {there} is not: write all of the usage, or none of it"
                )
        return mailbox, archive, at

    def _within_cap(self, column: Column, plan: Plan, extra: int | None, cap: int) -> None:
        if extra is not None and extra > cap:
            most = f"at most {cap}" if cap else "no"
            self._error(column, f"is more than the plan {plan.id} allows: {most} extra GB")

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
