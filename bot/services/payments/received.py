"""What was received for orders, as their customers see it: each movement of money that counts (DOMAIN.md 5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import refund_left
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
    by_order: dict[int, list[PaymentRow]] = {}
    for row in found.scalars():
        if row.order_id is not None:
            by_order.setdefault(row.order_id, []).append(row)
    return {order_id: _received(rows) for order_id, rows in by_order.items()}


def _received(rows: list[PaymentRow]) -> Received:
    went_back = {row.payment_id: row.amount for row in rows if row.kind == PaymentKind.REVERSED.value}
    return Received(
        movements=tuple(
            Movement(PaymentKind(row.kind), row.counted, row.registered_at) for row in rows if row.counted
        ),
        refund=sum(
            refund_left(row.refund, went_back.get(row.payment_id, 0))
            for row in rows
            if row.resolution is None
        ),
    )
