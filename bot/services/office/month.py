"""A month as the books need it: orders with their lines, the money that moved or was given back, invoices.

A month is that of the calendar in Rome. An order belongs to the month in which it was placed and to that in which it
was completed; money to that in which it was registered, a refund to that in which somebody noted it, an
invoice to that of its own date.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_midnight
from bot.db.engine import Database
from bot.db.tables import InvoiceRow, OrderItemRow, OrderLineRow, OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.review import Decision
from bot.domain.vat import VatTreatment
from bot.services.office.order_book import OrderBook, OrderSummary
from bot.services.payments.assignments import all_movements
from bot.services.payments.holdings import waiting_of
from bot.services.surroundings import Surroundings

_BATCH: Final = 500
"""Rows that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, in Rome."""

    year: int
    number: int

    @property
    def begin(self) -> datetime:
        """Its first instant."""
        return rome_midnight(self.first_day)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return rome_midnight(self.next_day)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def next_day(self) -> date:
        """The first day after it."""
        years, month = divmod(self.number, 12)
        return date(self.year + years, month + 1, 1)

    def holds(self, moment: Any) -> ColumnElement[bool]:
        """Whether an instant, a column, lies in it."""
        return and_(moment >= self.begin, moment < self.end)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of an order. Cents; `mailbox` is its address, None where it is of no single one."""

    order: str
    kind: str
    code: str
    mailbox: str | None
    quantity: int
    years: int
    unit_net: Cents
    net: Cents
    vat_percent: str
    vat: Cents


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of money as it was reported or decided; see `bot.db.tables.PaymentRow`. Cents.

    `order` is that for which it counts, None where it counts for none. `is_reported` tells what came from outside from
    what followed from it here: the part of a reversal that an order lost.
    """

    id: int
    payment_id: str
    reversal_id: str
    kind: str
    order: str | None
    registered_at: datetime
    method: str
    currency: str
    amount: Cents
    counted: Cents
    refund: Cents
    outcome: str
    is_reported: bool


@dataclass(frozen=True, slots=True)
class Refunded:
    """Money that was given back to whoever paid, as somebody noted. Cents."""

    id: int
    payment_id: str
    order: str | None
    refunded_at: datetime
    currency: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice or a credit note of an order, and when the operator's system told of it."""

    order: str
    number: str
    document: str
    issued_on: date
    told_at: datetime


class Books:
    """Opens the books of a month."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Read from `database`."""
        self._database = database
        self._orders = OrderBook(database, surroundings)

    @asynccontextmanager
    async def of(self, month: Month) -> AsyncIterator["MonthBook"]:
        """What happened in a month, all of it at one moment of the database, so that its parts agree."""
        async with self._database.read() as session:
            yield MonthBook(session, self._orders, month)


class MonthBook:
    """What happened in a month."""

    def __init__(self, session: AsyncSession, orders: OrderBook, month: Month) -> None:
        """Read through `session`, and orders as `orders` does."""
        self._session = session
        self._orders = orders
        self._month = month

    async def orders(self) -> AsyncIterator[OrderSummary]:
        """The orders that were placed or completed in it, the oldest first."""
        async for order in self._orders.each_where(self._session, _of(self._month)):
            yield order

    async def lines(self) -> AsyncIterator[SoldLine]:
        """The lines of these orders, in their order."""
        query = (
            select(OrderRow.number, OrderRow.vat_treatment, OrderLineRow, OrderItemRow.address)
            .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
            .outerjoin(
                OrderItemRow,
                and_(
                    OrderItemRow.order_id == OrderLineRow.order_id,
                    OrderItemRow.mailbox_id == OrderLineRow.mailbox_id,
                ),
            )
            .where(_of(self._month))
            .order_by(OrderRow.id, OrderLineRow.position)
        )
        rows = await self._session.stream(query.execution_options(yield_per=_BATCH))
        async for number, treatment, line, address in rows:
            charged = treatment != VatTreatment.WITHOUT.value
            yield SoldLine(
                order=number,
                kind=line.kind,
                code=line.code,
                mailbox=address,
                quantity=line.quantity,
                years=line.years,
                unit_net=line.unit_net,
                net=line.net,
                vat_percent=line.vat_percent if charged else "0",
                vat=line.vat if charged else 0,
            )

    async def movements(self) -> AsyncIterator[Movement]:
        """The money that was registered in it, the oldest first."""
        query = (
            select(PaymentRow, OrderRow.number)
            .outerjoin(OrderRow, OrderRow.id == PaymentRow.order_id)
            .where(self._month.holds(PaymentRow.registered_at))
            .order_by(PaymentRow.registered_at, PaymentRow.id)
        )
        rows = await self._session.stream(query.execution_options(yield_per=_BATCH))
        async for row, number in rows:
            yield Movement(
                id=row.id,
                payment_id=row.payment_id,
                reversal_id=row.reversal_id,
                kind=row.kind,
                order=number,
                registered_at=row.registered_at,
                method=row.method,
                currency=row.currency,
                amount=row.amount,
                counted=row.counted,
                refund=row.refund,
                outcome=row.outcome,
                is_reported=row.origin_id is None,
            )

    async def refunds(self) -> tuple[Refunded, ...]:
        """What was noted as given back in it, the oldest first."""
        rows = await self._session.execute(
            select(PaymentRow, OrderRow.number)
            .outerjoin(OrderRow, OrderRow.id == PaymentRow.order_id)
            .where(
                PaymentRow.resolution == Decision.REFUNDED.value, self._month.holds(PaymentRow.resolved_at)
            )
            .order_by(PaymentRow.resolved_at, PaymentRow.id)
        )
        return tuple(
            [
                Refunded(
                    id=row.id,
                    payment_id=row.payment_id,
                    order=order,
                    refunded_at=row.resolved_at or row.received_at,
                    currency=row.currency,
                    amount=await _belonged_back(self._session, row),
                )
                for row, order in rows.all()
            ]
        )

    async def invoices(self) -> AsyncIterator[Issued]:
        """The invoices and credit notes whose own date lies in it, the oldest first."""
        month = self._month
        query = (
            select(OrderRow.number, InvoiceRow)
            .join(OrderRow, OrderRow.id == InvoiceRow.order_id)
            .where(InvoiceRow.issued_on >= month.first_day, InvoiceRow.issued_on < month.next_day)
            .order_by(InvoiceRow.issued_on, InvoiceRow.id)
        )
        rows = await self._session.stream(query.execution_options(yield_per=_BATCH))
        async for order, row in rows:
            yield Issued(order, row.number, row.document, row.issued_on, row.received_at)


def _of(month: Month) -> ColumnElement[bool]:
    return or_(month.holds(OrderRow.placed_at), month.holds(OrderRow.completed_at))


async def _belonged_back(session: AsyncSession, row: PaymentRow) -> Cents:
    """What of a payment belonged back when somebody noted that it was sent, whatever was reported later."""
    before = [
        each
        for each in await all_movements(session, row.payment_id)
        if row.resolved_at is None or each.id <= row.id or each.received_at < row.resolved_at
    ]
    waiting = waiting_of(row, before)
    return 0 if waiting is None else waiting.refundable
