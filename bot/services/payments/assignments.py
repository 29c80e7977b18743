"""Money that a person assigned to another order: how it gets there, and how it goes back with its payment.

The ledger is only added to. A payment of 100.00 that was counted for A with 36.48, of which the rest was assigned to B,
which takes 36.48 of it, is these rows, the second decided of the first::

    registered  100.00  counted 36.48 for A    the rest waited, and was assigned
    assigned     63.52  counted 36.48 for B    the rest waits

Money that an order which expired had counted is released from it first, by a row that takes it away again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import Judgement, judge_reversal
from bot.services.payments.completion import standing_of
from bot.services.payments.ledger import PaymentKind, PaymentReport, new_movement
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings


async def all_movements(session: AsyncSession, payment_id: str) -> Sequence[PaymentRow]:
    """What was reported of a payment and what was decided of it, the oldest first."""
    rows = await session.execute(
        select(PaymentRow).where(PaymentRow.payment_id == payment_id).order_by(PaymentRow.id)
    )
    return rows.scalars().all()


def still_counted(row: PaymentRow, movements: Sequence[PaymentRow]) -> Cents:
    """The cents of a movement that count for its order, without what was released again."""
    released = PaymentKind.RELEASED.value
    return row.counted + sum(
        each.counted for each in movements if each.origin_id == row.id and each.kind == released
    )


def follow_up(
    origin: PaymentRow, order: OrderRow, report: PaymentReport, judgement: Judgement, now: datetime
) -> PaymentRow:
    """The row of a movement that follows from another: decided of it by a person, or going back with it."""
    row = new_movement(report, order, order.number, judgement, now)
    row.origin_id = origin.id
    return row


async def take_back_assigned(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    original: PaymentRow,
    report: PaymentReport,
) -> tuple[Cents, Cents]:
    """Record that the assigned part of a payment went back with it, and tell the operator for each order.

    What waited for a person is taken to have gone first, then what was assigned last.

    Args:
        session: the transaction that records the reversal; it holds the payment.
        surroundings: the time.
        notices: who is told.
        original: the payment as it was registered.
        report: its reversal.

    Returns:
        The cents of the payment itself that count for its order, and those of it that do not, assigned or not.
    """
    movements = await all_movements(session, original.payment_id)
    orders = await _hold_orders(session, movements)
    chain = [row for row in movements if row.kind == PaymentKind.ASSIGNED.value]
    last = chain[-1] if chain else original
    left = report.cents - (last.amount - still_counted(last, movements))
    for row in reversed(chain):
        counts = still_counted(row, movements)
        undone = min(left, counts)
        if undone <= 0 or row.order_id is None:
            continue
        left -= undone
        order = orders[row.order_id]
        judgement = judge_reversal(await standing_of(session, order), undone, counts, 0)
        back = follow_up(row, order, replace(report, cents=undone), judgement, surroundings.now())
        session.add(back)
        await session.flush()
        await notices.payment(session, back, order)
    counted = still_counted(original, movements)
    return counted, original.amount - counted


async def _hold_orders(session: AsyncSession, movements: Sequence[PaymentRow]) -> dict[int, OrderRow]:
    """The orders of these movements, which nobody else changes; locked by their ids, as whoever needs several does."""
    ids = {row.order_id for row in movements if row.order_id is not None}
    rows = await session.execute(
        select(OrderRow).where(OrderRow.id.in_(ids)).order_by(OrderRow.id).with_for_update()
    )
    return {row.id: row for row in rows.scalars()}
