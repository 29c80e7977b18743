"""Rows against the earlier rows of the same file."""

from collections.abc import Iterator
from typing import Final

from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, error
from bot.services.importing.holder_cells import HOLDER_COLUMNS
from bot.services.importing.judging import JudgedRow
from bot.services.importing.ledger import Claim, Earlier, Ledger, Subject

_CUSTOMER_COLUMNS: Final = (Column.LANGUAGE, Column.REFERENCE_EMAIL)


class Claims:
    """What a row claims of its mailbox, its customer and its holder.

    Rows of one customer agree on language and reference e-mail, rows of one holder on everything about it,
    and no mailbox comes twice. If they could differ, what is imported would depend on the order of the rows.
    """

    def __init__(self, row: JudgedRow, ledger: Ledger) -> None:
        """State the claims; what the row does not say well is left out."""
        self._row = row
        self._ledger = ledger
        self._mailbox: Claim | None = None
        self._customer: Claim | None = None
        self._holder: Claim | None = None
        if row.address is not None:
            self._mailbox = ledger.claim(Subject.MAILBOX, (row.address,))
        if row.customer is None:
            return
        if row.language is not None and row.reference_email is not None:
            self._customer = ledger.claim(
                Subject.CUSTOMER, (row.customer,), (row.language, row.reference_email)
            )
        if row.holder is not None:
            name = (row.customer, row.holder.identity)
            self._holder = ledger.claim(Subject.HOLDER, name, row.holder.facts)

    def of(self) -> Iterator[Claim]:
        """Each of the claims."""
        return filter(None, (self._mailbox, self._customer, self._holder))

    def contradictions(self) -> list[Finding]:
        """Where the row says other than the rows kept before it: errors that name their line."""
        found: list[Finding] = []
        if self._mailbox is not None and (earlier := self._ledger.earlier(self._mailbox)) is not None:
            reason = f"was on line {earlier.line} already: keep one"
            found.append(error(self._row.line, Column.ADDRESS, self._row.cells[Column.ADDRESS], reason))
        if self._customer is not None and (earlier := self._ledger.earlier(self._customer)) is not None:
            found += self._differences(earlier, _CUSTOMER_COLUMNS, Subject.CUSTOMER)
        if self._holder is not None and (earlier := self._ledger.earlier(self._holder)) is not None:
            found += self._differences(earlier, HOLDER_COLUMNS, Subject.HOLDER)
        return found

    def keep(self) -> tuple[bool, bool]:
        """Bind later rows to this one; tells whether it is the first to name its customer, and its holder."""
        if self._mailbox is not None:
            self._ledger.record(self._mailbox, self._row.line)
        return self._record(self._customer), self._record(self._holder)

    def _differences(
        self, earlier: Earlier, columns: tuple[Column, ...], subject: Subject
    ) -> Iterator[Finding]:
        if not earlier.differing:
            return
        reason = f"is not what line {earlier.line} says of the same {subject}: write the same in both"
        for place in earlier.differing:
            yield error(self._row.line, columns[place], self._row.cells.get(columns[place], ""), reason)

    def _record(self, claim: Claim | None) -> bool:
        return claim is not None and self._ledger.record(claim, self._row.line)
