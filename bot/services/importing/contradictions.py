"""Rows against the earlier rows of the same file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.registrant import Registrant
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, error
from bot.services.importing.judging import ImportRow, JudgedRow
from bot.services.importing.ledger import Ledger, Subject

_CUSTOMER_COLUMNS: Final = (Column.LANGUAGE, Column.REFERENCE_EMAIL)
_HOLDER_COLUMNS: Final = tuple(list(Column)[list(Column).index(Column.KIND) :])


@dataclass(frozen=True, slots=True)
class News:
    """What a row is the first to name in its file."""

    customer: bool
    holder: bool


def contradictions(row: JudgedRow, ledger: Ledger) -> list[Finding]:
    """Where the row says other than the rows kept before it: errors that name their line.

    Rows of one customer agree on language and reference e-mail, rows of one holder on everything about it,
    and no mailbox comes twice. If they could differ, what is imported would depend on the order of the rows.
    """
    found: list[Finding] = []
    if row.address is not None:
        mailbox = ledger.earlier(Subject.MAILBOX, [row.address])
        if mailbox is not None:
            found.append(
                error(row.line, Column.ADDRESS, row.address, f"was on line {mailbox.line} already: keep one")
            )
    if row.customer is not None and row.language is not None and row.reference_email is not None:
        found += _differences(
            ledger,
            row.line,
            Subject.CUSTOMER,
            [row.customer],
            _CUSTOMER_COLUMNS,
            [row.language, row.reference_email],
        )
    if row.customer is not None and row.registrant is not None:
        name = [row.customer, row.registrant.identity]
        found += _differences(
            ledger, row.line, Subject.HOLDER, name, _HOLDER_COLUMNS, _holder_facts(row.registrant)
        )
    return found


def record(row: ImportRow, ledger: Ledger) -> News:
    """Remember a row that is kept; tells what it is the first to name."""
    holder = [row.customer, row.registrant.identity]
    news = News(
        customer=ledger.earlier(Subject.CUSTOMER, [row.customer], [row.language, row.reference_email])
        is None,
        holder=ledger.earlier(Subject.HOLDER, holder, _holder_facts(row.registrant)) is None,
    )
    ledger.record(Subject.MAILBOX, [row.address], row.line)
    if news.customer:
        ledger.record(Subject.CUSTOMER, [row.customer], row.line, [row.language, row.reference_email])
    if news.holder:
        ledger.record(Subject.HOLDER, holder, row.line, _holder_facts(row.registrant))
    return news


def _differences(
    ledger: Ledger,
    line: int,
    subject: Subject,
    name: Sequence[str],
    columns: Sequence[Column],
    facts: Sequence[str],
) -> list[Finding]:
    earlier = ledger.earlier(subject, name, facts)
    if earlier is None:
        return []
    reason = f"is not what line {earlier.line} says of the same {subject}: write the same in both"
    return [error(line, columns[place], facts[place], reason) for place in earlier.differing]


def _holder_facts(registrant: Registrant) -> list[str]:
    record = registrant.to_json()
    return [str(record[column]) for column in _HOLDER_COLUMNS]
