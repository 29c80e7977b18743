"""Importing a mailbox file, batch by batch."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from bot.db.engine import Database
from bot.db.named_locks import wait_for_other_imports
from bot.domain.paid import Sight
from bot.services.held import release
from bot.services.importing.columns import Column
from bot.services.importing.contradictions import Claims
from bot.services.importing.filling import note_filling
from bot.services.importing.findings import (
    Finding,
    ImportInterrupted,
    ImportReport,
    Listener,
    NotConfirmed,
    Severity,
    error,
    warning,
)
from bot.services.importing.foreseen import Consent
from bot.services.importing.foresight import foresee
from bot.services.importing.holding import settle_row
from bot.services.importing.judging import ImportRow, Judge, JudgedRow
from bot.services.importing.ledger import Ledger
from bot.services.importing.mailbox_file import MailboxFile
from bot.services.importing.measures import Measures
from bot.services.importing.raw_rows import RawRow
from bot.services.importing.seen import Sights, note_import
from bot.services.importing.stored import Stored, load
from bot.services.importing.survey import survey
from bot.services.importing.vanished import end_cases, mark_gone
from bot.services.importing.writing import write
from bot.services.surroundings import Surroundings

BATCH: Final = 500
"""Rows of one transaction: long enough to be quick, short enough that no chat notices the wait."""


class _Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


class _Result(NamedTuple):
    """What became of a row."""

    outcome: _Outcome
    findings: Sequence[Finding]
    revived: bool = False


async def import_mailboxes(
    file: MailboxFile,
    database: Database,
    surroundings: Surroundings,
    listener: Listener,
    *,
    dry_run: bool = False,
    complete: bool = False,
    consent: Consent | None = None,
) -> ImportReport:
    """Import the file; a dry run judges everything, the database's side included, and writes nothing.

    Args:
        file: the file, open.
        database: where to.
        surroundings: the time and the catalogue.
        listener: who follows it.
        dry_run: foresee, judge and compare alone.
        complete: the file names all mailboxes that there are: what it does not name is marked gone (decision 034).
        consent: asks a person, before anything is written, about what nobody does by mistake twice; None for a no.

    Raises:
        FileUnbelievable: what the file as a whole says cannot be true; nothing is written.
        NotConfirmed: a person had to agree, and did not; nothing is written.
        FileUnreadable: it cannot be read any further.
        ImportInterrupted: the database failed; the batches before it are written.
    """
    report = ImportReport(dry_run=dry_run, read_as=file.form.described(surroundings.zone))
    measures = Measures(
        surroundings.catalogue, surroundings.now(), surroundings.today(), surroundings.zone, file.form
    )
    try:
        foresight = await foresee(
            survey(file.glances, measures), database, measures, listener, complete=complete
        )
    except (SQLAlchemyError, OSError) as failure:
        raise ImportInterrupted(report) from failure
    report.foresight = foresight
    if not dry_run and foresight.needs_consent and (consent is None or not consent(foresight)):
        raise NotConfirmed(foresight)
    judge = Judge(measures)
    with Ledger() as ledger:
        for batch in _batches(file.rows):
            judged = [judge.row(raw) for raw in batch]
            try:
                results = await _import_batch(judged, database, ledger, measures, dry_run=dry_run)
            except (SQLAlchemyError, OSError) as failure:
                raise ImportInterrupted(report) from failure
            for result in results:
                _count(report, result, listener)
            listener.advanced(file.position())
    if not dry_run and report.rows > report.refused:
        await note_import(database, measures.now)
    if not dry_run and foresight.vanished:
        try:
            report.gone = await mark_gone(database, measures, foresight.vanished, file.name)
        except (SQLAlchemyError, OSError) as failure:
            raise ImportInterrupted(report) from failure
    return report


def _batches(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


async def _import_batch(
    judged: Sequence[JudgedRow],
    database: Database,
    ledger: Ledger,
    measures: Measures,
    *,
    dry_run: bool,
) -> list[_Result]:
    if dry_run:
        async with database.read() as session:
            stored = await load(session, database.keys, judged)
            return _compare(judged, stored, ledger, measures, Sights(measures))[0]
    async with database.write() as session:
        # 1. One import writes at a time.
        await wait_for_other_imports(session)
        # 2. What the database holds about these rows, held until the end.
        stored = await load(session, database.keys, judged, to_write=True)
        sights = Sights(measures)
        # 3. Each row is judged against the rows before it, and against that.
        results, kept, confirmed = _compare(judged, stored, ledger, measures, sights)
        # 4. The good ones are written; what customers set and the file now says too need not be held any more.
        await write(session, database.keys, kept, stored, measures)
        await release(session, confirmed, measures.now)
        # 5. What was gone and is named needs nobody any more.
        await end_cases(session, _named_again(kept, stored), measures.now)
        # 6. What was paid, and is seen now, or should be by now.
        await sights.write(session)
        # 7. Mailboxes that fill up are noted, to be told.
        await note_filling(session, kept, stored, measures)
        return results


def _compare(
    judged: Sequence[JudgedRow], stored: Stored, ledger: Ledger, measures: Measures, sights: Sights
) -> tuple[list[_Result], list[ImportRow], set[int]]:
    """Judge the rows against the rows before them and against the database.

    Tells what becomes of each, which are kept, and what customers need not hold any longer since a row says the same.
    """
    results: list[_Result] = []
    kept: list[ImportRow] = []
    confirmed: set[int] = set()
    claimed = [Claims(row, ledger) for row in judged]
    ledger.recall(claim for claims in claimed for claim in claims.of())
    for row, claims in zip(judged, claimed, strict=True):
        if forgotten := stored.forgotten.found(row):
            results.append(_Result(_Outcome.LEFT_OUT, forgotten))
            continue
        found = claims.contradictions() + _foreign_owner(row, stored)
        if row.good is None or found:
            results.append(_Result(_Outcome.REFUSED, [*row.findings, *found]))
            continue
        sights.look(row.good, stored)
        good, overtaken = _caught_up(row.good, stored, measures)
        held = settle_row(row, good, stored, measures, overtaken=bool(overtaken))
        new_customer, new_holder = claims.keep()
        outcome = _outcome(held.row, stored, new_customer=new_customer, new_holder=new_holder)
        said = held.findings(customer=new_customer, holder=new_holder)
        again = _was_gone(held.row, stored)
        results.append(_Result(outcome, [*row.findings, *overtaken, *said, *again], revived=bool(again)))
        kept.append(held.row)
        confirmed |= held.confirmed
    return results, kept, confirmed


def _caught_up(row: ImportRow, stored: Stored, measures: Measures) -> tuple[ImportRow, list[Finding]]:
    """The row as it is written: what a paid renewal made is not undone by a file that does not know of it yet."""
    renewal = stored.newer_renewal(row)
    if renewal is None:
        return row, []
    reason = (
        f"was renewed until {renewal.new_expiry} by order {renewal.order}, which this file does not know of yet: "
        "expiry, plan, extra GB, automatic renewal and promotion stay as the renewal made them"
    )
    if not renewal.seen and stored.sight(renewal, row, measures) is Sight.OVERDUE:
        reason += (
            f". It was paid on {renewal.completed_on}: ask the provider, see `office list --kind not_renewed`"
        )
    return stored.with_renewal(row), [
        warning(row.line, Column.EXPIRES_ON, row.mailbox.expires_on.isoformat(), reason)
    ]


def _foreign_owner(row: JudgedRow, stored: Stored) -> list[Finding]:
    if row.customer is None or row.address is None or row.address not in stored.mailboxes:
        return []
    owner = stored.mailboxes[row.address].customer
    if owner == row.customer:
        return []
    reason = f"belongs to customer {owner} in the database: a mailbox cannot change customer by an import"
    return [error(row.line, Column.ADDRESS, row.address, reason)]


def _was_gone(row: ImportRow, stored: Stored) -> list[Finding]:
    mailbox = stored.mailboxes.get(row.address)
    if mailbox is None or mailbox.gone_on is None:
        return []
    reason = (
        f"was marked gone on {mailbox.gone_on}, and is there again: it is renewed and reminded of as before"
    )
    return [warning(row.line, Column.ADDRESS, row.address, reason)]


def _named_again(kept: Sequence[ImportRow], stored: Stored) -> list[tuple[int, date]]:
    """The mailboxes of these rows that were gone, each with the day on which it was marked."""
    found = (stored.mailboxes.get(row.address) for row in kept)
    return [(box.id, box.gone_on) for box in found if box is not None and box.gone_on is not None]


def _outcome(row: ImportRow, stored: Stored, *, new_customer: bool, new_holder: bool) -> _Outcome:
    """What the row does; a customer or holder that changes counts once, with the first row that names it."""
    if row.address not in stored.mailboxes:
        return _Outcome.CREATED
    changed = (
        stored.mailbox_differs(row)
        or (new_customer and stored.customer_differs(row))
        or (new_holder and stored.holder_differs(row))
    )
    return _Outcome.UPDATED if changed else _Outcome.UNCHANGED


def _count(report: ImportReport, result: _Result, listener: Listener) -> None:
    report.rows += 1
    report.revived += result.revived
    match result.outcome:
        case _Outcome.CREATED:
            report.created += 1
        case _Outcome.UPDATED:
            report.updated += 1
        case _Outcome.UNCHANGED:
            report.unchanged += 1
        case _Outcome.REFUSED:
            report.refused += 1
        case _Outcome.LEFT_OUT:
            report.left_out += 1
    for finding in sorted(result.findings, key=lambda finding: finding.severity is not Severity.ERROR):
        report.note(finding)
        listener.found(finding)
