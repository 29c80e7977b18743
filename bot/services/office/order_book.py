"""The orders of all customers, as the operator looks at them: listed, exported, and one with all that belongs to it.

Lists name customers by the operator's own code. Only one order by itself shows the addresses of its mailboxes, and
only on request the data that its customer confirmed (DOMAIN.md 3.5).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import (
    AcceptanceRow,
    CustomerRow,
    EvidenceRow,
    InvoiceRow,
    MethodChangeRow,
    OrderItemRow,
    OrderLineRow,
    OrderRow,
    OutboxRow,
    PaymentRow,
)
from bot.domain.money import Cents
from bot.domain.order_number import one_number_in
from bot.domain.orders import OrderStatus
from bot.domain.payments import asked_of
from bot.services.errors import NoSuchCustomer
from bot.services.office.payment_cases import NoSuchOrder
from bot.services.payments.collectives import collective_of, due_of_collective, orders_of
from bot.services.payments.ledger import PaymentKind, paid_for
from bot.services.payments.numbers import named_in
from bot.services.surroundings import Surroundings

_BATCH = 500
"""Rows that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders: all, unless something is given.

    Attributes:
        statuses: any of these.
        customer: the operator's code of the customer.
        since: the first day on which they were placed, in the zone in which times are shown; `until` the last one.
    """

    statuses: frozenset[OrderStatus] = frozenset()
    customer: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order in one line. Cents; instants in UTC; `paid` is what counts for it so far.

    `invoices` are the numbers of its invoices and credit notes, `2026/1042; 2026/1050`; None without any.
    """

    number: str
    status: OrderStatus
    customer: str
    placed_at: datetime
    mailboxes: int
    years: int
    method: str
    net: Cents
    vat: Cents
    due: Cents
    paid: Cents
    split_payment: bool
    auto_renew: bool
    kit: str | None
    pay_by: date
    payable_until: date
    completed_at: datetime | None
    cancelled_at: datetime | None
    expired_at: datetime | None
    invoices: str | None
    withdrawn_at: datetime | None
    vat_treatment: str
    vat_mention: str | None
    kit_delivered_on: date | None
    kit_withdrawn_at: datetime | None

    @property
    def missing(self) -> Cents:
        """What is still asked for."""
        return asked_of(self.status, self.due, self.paid)


@dataclass(frozen=True, slots=True)
class Sending:
    """Something that was sent about an order, or waits to be.

    Attributes:
        what: what it is about, such as `completed`.
        to: `chat 123`, `mail`, `event`, or `operator`.
        state: of the outbox: `due`, `claimed`, `sent`, `unreachable`, `unknown` or `failed`.
        at: when it was settled, or else when it may be sent next.
        reason: why it was not sent.
    """

    what: str
    to: str
    state: str
    attempts: int
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """An order with all that belongs to it. The rows are for reading: their session is closed.

    Attributes:
        summary: the order in one line.
        items: its mailboxes.
        lines: what was priced.
        payments: the movements of its money, the oldest first.
        evidence: who ordered it, when, on which words.
        acceptances: the documents that were accepted.
        method_changes: the other methods of payment that were chosen afterwards, the oldest first.
        sendings: what was sent about it.
        personal: the data that the customer confirmed: the holder, who a kit names, where it is sent; empty unless
            asked for.
    """

    summary: OrderSummary
    items: tuple[OrderItemRow, ...]
    lines: tuple[OrderLineRow, ...]
    payments: tuple[PaymentRow, ...]
    evidence: EvidenceRow | None
    acceptances: tuple[AcceptanceRow, ...]
    method_changes: tuple[MethodChangeRow, ...]
    sendings: tuple[Sending, ...]
    personal: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CollectiveFile:
    """A collective number with all that belongs to it. Cents; `due` is still asked for, of the sum of its orders."""

    number: str
    created_at: datetime
    orders: tuple[OrderSummary, ...]
    payments: tuple[PaymentRow, ...]
    due: Cents

    @property
    def total(self) -> Cents:
        """The sum of its orders."""
        return sum(order.due for order in self.orders)


class OrderBook:
    """The operator's view of all orders."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Read orders from `database`; days are those that are shown in the zone of `surroundings`."""
        self._database = database
        self._surroundings = surroundings

    async def latest(self, wanted: OrderFilter, limit: int) -> tuple[OrderSummary, ...]:
        """The orders that were placed last, the newest first, at most `limit`.

        Raises:
            NoSuchCustomer: the filter names a customer who does not exist.
        """
        async with self._database.read() as session:
            await self._check(session, wanted)
            rows = await session.execute(self._chosen(wanted).order_by(OrderRow.id.desc()).limit(limit))
            return tuple(_summary(row) for row in rows)

    async def each(self, wanted: OrderFilter) -> AsyncIterator[OrderSummary]:
        """Every order, the oldest first, at one moment of the database, in a memory that does not grow with them.

        Raises:
            NoSuchCustomer: the filter names a customer who does not exist.
        """
        async with self._database.read() as session:
            await self._check(session, wanted)
            async for order in self._streamed(session, self._chosen(wanted)):
                yield order

    async def each_where(
        self, session: AsyncSession, condition: ColumnElement[bool]
    ) -> AsyncIterator[OrderSummary]:
        """Every order for which a condition holds, as `each` gives them, at the moment that `session` sees."""
        async for order in self._streamed(session, self._chosen(OrderFilter()).where(condition)):
            yield order

    async def show(self, number: str, *, personal: bool = False) -> OrderFile:
        """One order.

        Args:
            number: its number, as a person types it.
            personal: also the data that its customer confirmed.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchOrder: no order has it.
        """
        exact = one_number_in(number)
        async with self._database.read() as session:
            found = await session.execute(self._chosen(OrderFilter()).where(OrderRow.number == exact))
            summary = found.one_or_none()
            if summary is None:
                raise NoSuchOrder(exact)
            order = (await session.execute(select(OrderRow).where(OrderRow.number == exact))).scalar_one()
            payments = await session.execute(
                select(PaymentRow).where(PaymentRow.order_id == order.id).order_by(PaymentRow.id)
            )
            ledger = tuple(payments.scalars())
            accepted = await session.execute(
                select(AcceptanceRow)
                .where(AcceptanceRow.order_id == order.id)
                .order_by(AcceptanceRow.accepted_at)
            )
            changed = await session.execute(
                select(MethodChangeRow)
                .where(MethodChangeRow.order_id == order.id)
                .order_by(MethodChangeRow.id)
            )
            return OrderFile(
                summary=_summary(summary),
                items=tuple(order.items),
                lines=tuple(order.lines),
                payments=ledger,
                evidence=await session.get(EvidenceRow, order.id),
                acceptances=tuple(accepted.scalars()),
                method_changes=tuple(changed.scalars()),
                sendings=await _sendings(session, exact, [payment.id for payment in ledger]),
                personal=_personal(order) if personal else {},
            )

    async def named(self, text: str) -> tuple[str, ...]:
        """The numbers, of orders and collective ones, that exist among those that a reason names (DOMAIN.md 5)."""
        async with self._database.read() as session:
            found = await named_in(session, text)
            return (
                *(order.number for order in found.orders),
                *(collective.number for collective in found.collectives),
            )

    async def collective(self, number: str) -> "CollectiveFile":
        """A collective number, with its orders and the money that came for it.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchOrder: there is none.
        """
        exact = one_number_in(number)
        async with self._database.read() as session:
            row = await collective_of(session, exact)
            if row is None:
                raise NoSuchOrder(exact)
            ids = [order.id for order in await orders_of(session, row)]
            orders = await session.execute(
                self._chosen(OrderFilter()).where(OrderRow.id.in_(ids)).order_by(OrderRow.id)
            )
            payments = await session.execute(
                select(PaymentRow)
                .where(
                    PaymentRow.payment_id.in_(
                        select(PaymentRow.payment_id).where(
                            PaymentRow.order_id.in_(ids), PaymentRow.kind == PaymentKind.ALLOTTED.value
                        )
                    )
                )
                .order_by(PaymentRow.id)
            )
            return CollectiveFile(
                number=row.number,
                created_at=row.created_at,
                orders=tuple(_summary(each) for each in orders),
                payments=tuple(payments.scalars()),
                due=await due_of_collective(session, self._surroundings, row),
            )

    async def _streamed(self, session: AsyncSession, query: Select[Any]) -> AsyncIterator[OrderSummary]:
        rows = await session.stream(query.order_by(OrderRow.id).execution_options(yield_per=_BATCH))
        async for row in rows:
            yield _summary(row)

    async def _check(self, session: AsyncSession, wanted: OrderFilter) -> None:
        if wanted.customer is None:
            return
        if await session.scalar(select(CustomerRow.id).where(CustomerRow.code == wanted.customer)) is None:
            raise NoSuchCustomer

    def _chosen(self, wanted: OrderFilter) -> Select[Any]:
        query = select(
            OrderRow.number,
            OrderRow.status,
            CustomerRow.code,
            OrderRow.placed_at,
            select(func.count())
            .select_from(OrderItemRow)
            .where(OrderItemRow.order_id == OrderRow.id)
            .scalar_subquery(),
            OrderRow.years,
            OrderRow.method_id,
            OrderRow.net,
            OrderRow.vat,
            OrderRow.due,
            paid_for(OrderRow),
            OrderRow.split_payment,
            OrderRow.auto_renew,
            OrderRow.kit_id,
            OrderRow.pay_by,
            OrderRow.payable_until,
            OrderRow.completed_at,
            OrderRow.cancelled_at,
            OrderRow.expired_at,
            _invoices(),
            OrderRow.withdrawn_at,
            OrderRow.vat_treatment,
            OrderRow.vat_mention,
            OrderRow.kit_delivered_on,
            OrderRow.kit_withdrawn_at,
        ).join(CustomerRow, CustomerRow.id == OrderRow.customer_id)
        if wanted.statuses:
            query = query.where(OrderRow.status.in_(sorted(status.value for status in wanted.statuses)))
        if wanted.customer is not None:
            query = query.where(CustomerRow.code == wanted.customer)
        if wanted.since is not None:
            query = query.where(OrderRow.placed_at >= self._midnight(wanted.since))
        if wanted.until is not None:
            query = query.where(OrderRow.placed_at < self._midnight(wanted.until + timedelta(days=1)))
        return query

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._surroundings.zone)


def _invoices() -> ScalarSelect[str]:
    numbers = (
        select(InvoiceRow.number)
        .where(InvoiceRow.order_id == OrderRow.id)
        .order_by(InvoiceRow.id)
        .correlate(OrderRow)
        .subquery()
    )
    return select(func.aggregate_strings(numbers.c.number, "; ")).scalar_subquery()


def _summary(row: Row[Any]) -> OrderSummary:
    number, status, *rest = tuple(row)
    return OrderSummary(number, OrderStatus(status), *rest)


def _personal(order: OrderRow) -> Mapping[str, Any]:
    given = {"holder": order.registrant, "kit_holder": order.kit_holder, "shipping": order.shipping}
    return {name: data for name, data in given.items() if data is not None}


async def _sendings(session: AsyncSession, number: str, payment_ids: list[int]) -> tuple[Sending, ...]:
    """What the outbox holds about an order: it is named by the order's number, or by that of a payment."""
    about: list[ColumnElement[bool]] = [OutboxRow.key.contains(f":{number}:", autoescape=True)]
    for payment_id in payment_ids:
        about += [
            OutboxRow.key.startswith(f"{what}:{payment_id}:", autoescape=True)
            for what in ("partial", "review")
        ]
    found = await session.execute(
        select(
            OutboxRow.key,
            OutboxRow.state,
            OutboxRow.attempts,
            func.coalesce(OutboxRow.settled_at, OutboxRow.due_at, type_=OutboxRow.due_at.type),
            OutboxRow.reason,
        )
        .where(or_(*about))
        .order_by(OutboxRow.id)
    )
    return tuple(_sending(*row) for row in found)


def _sending(key: str, state: str, attempts: int, at: datetime, reason: str | None) -> Sending:
    what, _, *to = key.split(":")
    return Sending(what, " ".join(to), state, attempts, at, reason)
