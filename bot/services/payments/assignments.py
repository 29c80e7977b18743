"""Movements that follow from others: money that a person assigned to another order.

The ledger is only added to. A payment of 100.00 that was counted for A with 36.48, of which the rest was assigned to B,
which takes 36.48 of it, is these rows, the second decided of the first::

    registered  100.00  counted 36.48 for A    the rest waited, and was assigned
    assigned     63.52  counted 36.48 for B    the rest waits

Money that an order which expired had counted is released from it first, by a row that takes it away again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.payments import Judgement
from bot.services.payments.ledger import PaymentReport, new_movement


async def all_movements(session: AsyncSession, payment_id: str) -> Sequence[PaymentRow]:
    """What was reported of a payment and what was decided of it, the oldest first."""
    rows = await session.execute(
        select(PaymentRow).where(PaymentRow.payment_id == payment_id).order_by(PaymentRow.id)
    )
    return rows.scalars().all()


def follow_up(
    origin: PaymentRow, order: OrderRow | None, report: PaymentReport, judgement: Judgement, now: datetime
) -> PaymentRow:
    """The row of a movement that follows from another: decided of it by a person, or going back with it.

    Where it counts for no order, as money for a collective number does, it is called what the report calls it.
    """
    row = new_movement(report, order, report.order if order is None else order.number, judgement, now)
    row.origin_id = origin.id
    return row
