"""How an import looks: a progress bar while it runs, a summary and the first findings at the end."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.commands.console import err, out, say
from bot.commands.csv_rows import CsvRows, private_file
from bot.commands.import_foresight import show_done, show_foresight, shown_dangers
from bot.services.importing import FileUnreadable, Finding, Foresight, ImportReport

_COLUMNS: Final = ("severity", "line", "column", "value", "reason")


class FindingsFile:
    """All the findings, as a CSV file that its owner alone reads, if the operator asked for one."""

    def __init__(self, path: Path | None, *, apart_from: Path) -> None:
        """Prepare to write to `path`.

        Raises:
            FileUnreadable: it is the very file that is being imported.
        """
        if path is not None and path.resolve() == apart_from.resolve():
            raise FileUnreadable("--errors names the file to be imported: choose another one")
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        """Open it.

        Raises:
            FileUnreadable: it cannot be written.
        """
        if self._path is not None:
            try:
                self._file = private_file(self._path)
            except OSError as failure:
                raise FileUnreadable(
                    f"--errors {self._path} cannot be written: {failure.strerror}"
                ) from failure
            CsvRows(self._file).write(_COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self._file is not None:
            self._file.close()

    def add(self, finding: Finding) -> None:
        """Write one finding."""
        if self._file is not None:
            CsvRows(self._file).write(
                (finding.severity, finding.line, finding.column, finding.value, finding.reason)
            )


class Follower:
    """Moves the bar, writes the findings, and asks what a person has to agree to."""

    def __init__(self, progress: Progress, task: TaskID, findings: FindingsFile) -> None:
        self._progress = progress
        self._task = task
        self._findings = findings
        self.asked = False

    def found(self, finding: Finding) -> None:
        """Write a finding."""
        self._findings.add(finding)

    def advanced(self, bytes_read: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=bytes_read)

    def agrees(self, foresight: Foresight) -> bool:
        """Show each danger that is foreseen and ask of it alone; no, where nobody sits at a terminal."""
        if not somebody_is_there():
            return False
        self.asked = True
        self._progress.stop()
        agreed = all(typer.confirm(question, err=True) for question in shown_dangers(foresight))
        self._progress.start()
        return agreed


def somebody_is_there() -> bool:
    """Whether a question would be read and answered: the command is neither piped nor run by a script."""
    return sys.stdin.isatty() and err.is_terminal


@contextmanager
def following(size: int, findings: FindingsFile) -> Iterator[Follower]:
    """Show a progress bar for a file of `size` bytes, on a terminal and nowhere else."""
    parts = (TextColumn("Importing"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*parts, console=err, disable=not err.is_terminal, transient=True) as progress:
        yield Follower(progress, progress.add_task("import", total=size), findings)


def show_report(report: ImportReport, findings_file: Path | None, *, asked: bool = False) -> None:
    """Print the summary, then the first findings; `asked` says that somebody was shown what was foreseen."""
    say(f"Read as: {report.read_as}")
    if report.dry_run:
        say("Dry run: nothing was written.")
    summary = Table(show_header=False)
    summary.add_column()
    summary.add_column(justify="right")
    for name, count in (
        ("Rows read", report.rows),
        ("Created", report.created),
        ("Updated", report.updated),
        ("Unchanged", report.unchanged),
        ("Refused", report.refused),
        ("Errors", report.errors),
        ("Warnings", report.warnings),
        ("Held", report.held),
    ):
        summary.add_row(name, f"{count:,}")
    for name, count in (
        ("Back again", report.revived),
        ("Marked gone", report.gone),
        ("Left out, deleted customers", report.left_out),
    ):
        if count:
            summary.add_row(name, f"{count:,}")
    out.print(summary)
    if report.dry_run:
        show_foresight(report.foresight)
    else:
        show_done(report.foresight, shown_before=asked)
    _show_findings("Errors", report.first_errors, report.errors, findings_file)
    _show_findings("Warnings", report.first_warnings, report.warnings, findings_file)
    _show_findings(
        "Left out, since the customer was deleted", report.first_left_out, report.left_out, findings_file
    )
    _show_findings("Held, as customers set them", report.first_held, report.held, findings_file)


def _show_findings(title: str, first: Sequence[Finding], total: int, findings_file: Path | None) -> None:
    if not first:
        return
    out.print(f"\n{title}:", style="bold")
    for finding in first:
        say(_sentence(finding))
    if findings_file is not None:
        say(f"All of them are in {findings_file}")
    elif total > len(first):
        say(f"… and {total - len(first):,} more: --errors FILE writes all of them to a file")


def _sentence(finding: Finding) -> str:
    where = f"line {finding.line}" + (f", {finding.column}" if finding.column else "")
    value = f" {finding.value!r}" if finding.value else ""
    return f"{where}:{value} {finding.reason}"
