"""Invoices that the operator's system issued for orders: kept, shown with the order, and told.

A call is stored first, in a transaction of its own; judging it, the invoice and what is told are one second
transaction, as with payments. An order may have several invoices and credit notes, each number once.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import InvoiceCallRow, InvoiceRow, OrderRow
from bot.db.upsert import insert_if_absent
from bot.domain.cases import CaseKind
from bot.domain.invoices import DocumentKind, Invoice
from bot.services.cases import Case, open_case
from bot.services.evidence.of_orders import invoiced
from bot.services.payments.ledger import counted_so_far
from bot.services.payments.numbers import named_in
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


class InvoiceOutcome(StrEnum):
    """What became of a report: the words of the contract.

    `TOLD`: the order has it, and its customer is told, once. `REVIEW`: it fits no order, or contradicts what was said
    before under the same number; a person is asked, and the customer is told nothing.
    """

    TOLD = "told"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class InvoiceReport:
    """What the operator's system says: of which order, in its words up to 140 characters, and the invoice."""

    order: str
    invoice: Invoice


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """What a report is answered: the outcome, and the order as it was understood."""

    outcome: InvoiceOutcome
    order: str

    def to_json(self) -> dict[str, str]:
        """The answer of the callback's contract."""
        return {"outcome": self.outcome.value, "order": self.order}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "InvoiceAnswer":
        """Read what `to_json` wrote."""
        return cls(InvoiceOutcome(stored["outcome"]), stored["order"])


class Invoices:
    """The invoices of all orders."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep them in `database`; customers are told through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def receive(self, webhook_id: str, body: str, report: InvoiceReport) -> InvoiceAnswer:
        """Take a signed call: store it, then judge it. The same id again is answered alike and changes nothing.

        When this returns, all that follows from the invoice is stored. When it raises, the call is at most stored, and
        is judged when it comes again.
        """
        now = self._surroundings.now()
        async with self._database.write() as session:
            await insert_if_absent(
                session, InvoiceCallRow, {"webhook_id": webhook_id, "received_at": now, "body": body}
            )
        async with self._database.write() as session:
            found = await session.execute(
                select(InvoiceCallRow).where(InvoiceCallRow.webhook_id == webhook_id).with_for_update()
            )
            call = found.scalar_one()
            if call.answer is not None:
                return InvoiceAnswer.read(call.answer)
            answer = await self._take(session, report)
            call.answer = answer.to_json()
            call.body = body  # what was judged, should an earlier attempt have said something else
        _log.info("invoice_taken", outcome=answer.outcome.value)
        return answer

    async def _take(self, session: AsyncSession, report: InvoiceReport) -> InvoiceAnswer:
        order = (await named_in(session, report.order, to_pay=True)).order  # held: one after the other
        if order is None:
            await self._ask(session, report, why="no_order")
            return InvoiceAnswer(InvoiceOutcome.REVIEW, report.order)
        known = await session.scalar(
            select(InvoiceRow).where(
                InvoiceRow.order_id == order.id, InvoiceRow.number == report.invoice.number
            )
        )
        if known is None:
            await self._enter(session, order, report.invoice)
        elif not _is_same(invoice_of(known), report.invoice):
            await self._ask(session, report, why="contradicts", known=known)
            return InvoiceAnswer(InvoiceOutcome.REVIEW, order.number)
        elif report.invoice.url:
            known.url = report.invoice.url  # it can be read somewhere else now, or at last
        return InvoiceAnswer(InvoiceOutcome.TOLD, order.number)

    async def _enter(self, session: AsyncSession, order: OrderRow, invoice: Invoice) -> None:
        row = InvoiceRow(
            order_id=order.id,
            number=invoice.number,
            document=invoice.document.value,
            issued_on=invoice.issued_on,
            url=invoice.url,
            received_at=self._surroundings.now(),
        )
        session.add(row)
        await session.flush()
        await invoiced(session, row)
        paid = await counted_so_far(session, order.id)
        await self._notices.invoice_issued(session, order, row.id, invoice, paid)

    async def _ask(
        self, session: AsyncSession, report: InvoiceReport, *, why: str, known: InvoiceRow | None = None
    ) -> None:
        """Ask for a person, once for what is said, however often it is."""
        invoice = report.invoice
        said = {
            "order": report.order,
            "number": invoice.number,
            "date": invoice.issued_on.isoformat(),
            "document": invoice.document.value,
            "url": invoice.url,
        }
        before = {} if known is None else {"before": known.issued_on.isoformat(), "was": known.document}
        digest = hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()[:32]
        case = Case(CaseKind.INVOICE, f"{why}:{digest}", invoice.number, {"why": why, **said, **before})
        await open_case(session, case, self._surroundings.now())


def invoice_of(row: InvoiceRow) -> Invoice:
    """An invoice as it is shown and told."""
    return Invoice(row.number, row.issued_on, DocumentKind(row.document), row.url)


async def invoices_of(session: AsyncSession, number: str) -> tuple[Invoice, ...]:
    """What was issued for the order with this number, in the order in which it was told of."""
    rows = await session.scalars(
        select(InvoiceRow)
        .join(OrderRow, OrderRow.id == InvoiceRow.order_id)
        .where(OrderRow.number == number)
        .order_by(InvoiceRow.id)
    )
    return tuple(map(invoice_of, rows))


def _is_same(known: Invoice, told: Invoice) -> bool:
    """Whether they are one invoice; where it can be read may change."""
    return (known.issued_on, known.document) == (told.issued_on, told.document)
