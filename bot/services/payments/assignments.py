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
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import Judgement, judge_reversal
from bot.services.payments.completion import standing_of
from bot.services.payments.ledger import PaymentKind, PaymentReport, new_movement
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_MOVED: Final = frozenset({PaymentKind.ASSIGNED.value, PaymentKind.ALLOTTED.value})


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


def allotted(row: PaymentRow, movements: Sequence[PaymentRow]) -> Cents:
    """The cents of a movement for a collective number that orders took, without what was released again."""
    parts = (
        each for each in movements if each.origin_id == row.id and each.kind == PaymentKind.ALLOTTED.value
    )
    return sum(still_counted(part, movements) for part in parts)


def follow_up(
    origin: PaymentRow, order: OrderRow | None, report: PaymentReport, judgement: Judgement, now: datetime
) -> PaymentRow:
    """The row of a movement that follows from another: decided of it by a person, or going back with it.

    Where it counts for no order, as money for a collective number does, it is called what the report calls it.
    """
    row = new_movement(report, order, report.order if order is None else order.number, judgement, now)
    row.origin_id = origin.id
    return row


async def take_back_assigned(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    original: PaymentRow,
    report: PaymentReport,
) -> tuple[Cents, Cents]:
    """Record that what other orders took of a payment went back with it, and tell the operator.

    What waited for a person is taken to have gone first, then what was assigned, or allotted, last: a collective number
    gives back in the opposite order. The operator hears of each order to which a person had assigned something.

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
    moved = [row for row in movements if row.kind in _MOVED]
    elsewhere = sum(still_counted(row, movements) for row in moved)
    left = report.cents - (original.amount - still_counted(original, movements) - elsewhere)
    for row in reversed(moved):
        counts = still_counted(row, movements)
        undone = min(left, counts)
        if undone <= 0 or row.order_id is None:
            continue
        left -= undone
        order = orders[row.order_id]
        judgement = judge_reversal(await standing_of(session, order), undone, counts, 0)
        if row.kind == PaymentKind.ALLOTTED.value:
            judgement = replace(judgement, reason=None)  # one look at the whole payment is enough
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
