"""What was received for orders, as their customers see it: each movement of money that counts (DOMAIN.md 5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import PaymentRow
from bot.domain.money import Cents
from bot.services.payments.holdings import holdings_of
from bot.services.payments.ledger import PaymentKind


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that counts for an order; below zero when it was reversed, or released for another order.

    `registered_at` is an instant in UTC.
    """

    kind: PaymentKind
    cents: Cents
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """All that was received for an order, the oldest first.

    `refund` is what arrived beyond what was due and neither went back by itself nor was refunded so far.
    """

    movements: tuple[Movement, ...] = ()
    refund: Cents = 0

    @property
    def paid(self) -> Cents:
        """The cents that pay the order so far."""
        return sum(movement.cents for movement in self.movements)


NOTHING = Received()


async def received_for(session: AsyncSession, order_ids: Collection[int]) -> Mapping[int, Received]:
    """What was received for each of these orders; an order without payments is not among the keys."""
    if not order_ids:
        return {}
    found = await session.execute(
        select(PaymentRow).where(PaymentRow.order_id.in_(order_ids)).order_by(PaymentRow.id)
    )
    rows = found.scalars().all()
    waiting = await _waiting(session, {row.payment_id for row in rows if row.refund})
    by_order: dict[int, list[PaymentRow]] = {}
    for row in rows:
        if row.order_id is not None:
            by_order.setdefault(row.order_id, []).append(row)
    return {order_id: _received(rows, waiting) for order_id, rows in by_order.items()}


async def _waiting(session: AsyncSession, payment_ids: Collection[str]) -> Mapping[int, Cents]:
    """What waits of each movement of these payments."""
    if not payment_ids:
        return {}
    found = await session.execute(
        select(PaymentRow).where(PaymentRow.payment_id.in_(payment_ids)).order_by(PaymentRow.id)
    )
    payments: dict[str, list[PaymentRow]] = {}
    for row in found.scalars():
        payments.setdefault(row.payment_id, []).append(row)
    return {
        row_id: holding.waiting
        for movements in payments.values()
        for row_id, holding in holdings_of(movements).items()
    }


def _received(rows: list[PaymentRow], waiting: Mapping[int, Cents]) -> Received:
    return Received(
        movements=tuple(
            Movement(PaymentKind(row.kind), row.counted, row.registered_at) for row in rows if row.counted
        ),
        refund=sum(
            min(row.refund, waiting.get(row.id, row.refund)) for row in rows if row.resolution is None
        ),
    )
