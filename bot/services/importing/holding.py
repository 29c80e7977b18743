"""A row against what customers set themselves: where they differ, the customer is right (DOMAIN.md 3.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.clock import rome_day
from bot.domain.held import AUTO_RENEW, Settled, Value, settle
from bot.domain.registrant import Field
from bot.services.held import BY_LINK, Hold, Subject
from bot.services.importing.columns import Column
from bot.services.importing.findings import Finding, held, shown
from bot.services.importing.judging import ImportRow, JudgedRow
from bot.services.importing.measures import Measures
from bot.services.importing.stored import Stored


@dataclass(slots=True)
class SettledRow:
    """A row as it is written, with what customers hold in place of what it says.

    Attributes:
        row: what is written.
        confirmed: the ids of what is held no longer, since the row says the same.
        of_customer, of_holder, of_mailbox: what is to be said of each.
    """

    row: ImportRow
    confirmed: frozenset[int] = frozenset()
    of_customer: tuple[Finding, ...] = ()
    of_holder: tuple[Finding, ...] = ()
    of_mailbox: tuple[Finding, ...] = ()

    def findings(self, *, customer: bool, holder: bool) -> tuple[Finding, ...]:
        """What is to be said of it; of the row's customer, and of its holder, only where it is the first of theirs."""
        of_customer = self.of_customer if customer else ()
        of_holder = self.of_holder if holder else ()
        return of_customer + of_holder + self.of_mailbox


def settle_row(
    judged: JudgedRow, row: ImportRow, stored: Stored, measures: Measures, *, overtaken: bool
) -> SettledRow:
    """Put in what customers hold.

    Args:
        judged: the row as it stands in the file.
        row: the row as it would be written.
        stored: the batch in the database.
        measures: the zone in which days are counted.
        overtaken: the file is older than a paid renewal of the mailbox: it confirms nothing of it.
    """
    if not stored.holds:
        return SettledRow(row)
    return _Settling(judged, row, stored, measures).all(overtaken=overtaken)


class _Settling:
    """One row."""

    def __init__(self, judged: JudgedRow, row: ImportRow, stored: Stored, measures: Measures) -> None:
        self._judged = judged
        self._stored = stored
        self._measures = measures
        self._settled = SettledRow(row)

    def all(self, *, overtaken: bool) -> SettledRow:
        self._settle_customer()
        self._settle_holder()
        self._settle_mailbox(overtaken=overtaken)
        return self._settled

    def _settle_customer(self) -> None:
        row = self._settled.row
        customer = self._stored.customers.get(row.customer)
        held_of_it = self._stored.held(Subject.CUSTOMER, None if customer is None else customer.id)
        email = held_of_it.get(Field.REFERENCE_EMAIL)
        if email is None:
            return
        if email.value == row.reference_email:
            self._settled.confirmed |= {email.id}
            return
        self._settled.row = row._replace(reference_email=str(email.value))
        self._settled.of_customer = (self._finding(Column.REFERENCE_EMAIL, email),)

    def _settle_holder(self) -> None:
        row = self._settled.row
        holder = self._stored.holder_of(row)
        if holder is None:
            return
        holds = {Field(name): each for name, each in self._stored.held(Subject.HOLDER, holder.id).items()}
        if not holds:
            return
        result = settle(row.holder.data, holder.data, {name: each.value for name, each in holds.items()})
        self._settled.confirmed |= {holds[name].id for name in result.confirmed}
        self._settled.row = row._replace(holder=replace(row.holder, data=result.record))
        self._settled.of_holder = tuple(self._holder_findings(result, holds))

    def _holder_findings(self, result: Settled, holds: Mapping[Field, Hold]) -> Iterator[Finding]:
        for name in result.kept:
            value = _text(result.record[name.value])
            if name in holds:
                yield self._finding(Column(name.value), holds[name])
            else:
                reason = f"is not taken over: {shown(value)!r} goes with what the customer set"
                yield self._held(Column(name.value), reason)

    def _settle_mailbox(self, *, overtaken: bool) -> None:
        row, said = self._settled.row, self._judged.good
        mailbox = self._stored.mailboxes.get(row.address)
        hold = self._stored.held(Subject.MAILBOX, None if mailbox is None else mailbox.id).get(AUTO_RENEW)
        if hold is None or said is None:
            return
        if hold.value != said.mailbox.auto_renew:
            self._settled.of_mailbox = (self._finding(Column.AUTO_RENEW, hold),)
        elif not overtaken:
            self._settled.confirmed |= {hold.id}
        if not overtaken:
            self._settled.row = row._replace(mailbox=row.mailbox._replace(auto_renew=bool(hold.value)))

    def _finding(self, column: Column, hold: Hold) -> Finding:
        day = rome_day(hold.since)
        where = "by the link in an e-mail" if hold.origin == BY_LINK else hold.origin
        reason = (
            f"is not taken over: the customer set {shown(_text(hold.value))!r} on {day} ({where}). "
            "The file is the master of it again once it says the same"
        )
        return self._held(column, reason)

    def _held(self, column: Column, reason: str) -> Finding:
        return held(self._judged.line, column, self._judged.cells.get(column, ""), reason)


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else value
