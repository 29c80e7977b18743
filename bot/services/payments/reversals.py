"""Money that went back, and money of it that came again: a lost and a won dispute, a refund (DOMAIN.md 5).

A reversal is known by its own id and the payment it belongs to: several partial ones add up, and never to more than the
payment. A payment of 40.00 that was counted for A with 36.48, of which 3.52 was refunded and the rest disputed, lost,
and won in the end, is these rows::

    registered   40.00            counted  36.48 for A    3.52 belongs back
    reversed      3.52  re_1      counted   0.00          equals what belonged back: that case is closed
    reversed     36.48  dp_1      counted -36.48 for A    a person is asked
    registered   36.48  dp_1      counted  36.48 for A    it is money again: that case is closed too
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentRow
from bot.domain.money import Cents
from bot.domain.payments import Judgement, PaymentOutcome, ReviewReason, judge_reversal
from bot.domain.review import Decision
from bot.services.evidence.of_orders import hold_chains, money_decided
from bot.services.payments.assignments import follow_up
from bot.services.payments.collectives import collective_of, due_of_collective
from bot.services.payments.completion import standing_of
from bot.services.payments.due_back import is_refund, was_withdrawn_from
from bot.services.payments.holdings import (
    holdings_of,
    is_reversal,
    original_of,
    still_counted,
    waiting_of,
)
from bot.services.payments.ledger import PaymentKind, PaymentReport, enter, new_movement
from bot.services.payments.numbers import named_in
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings

_MOVED = frozenset({PaymentKind.ASSIGNED.value, PaymentKind.ALLOTTED.value})


@dataclass(frozen=True, slots=True)
class Undone:
    """What a reversal had taken from orders.

    Attributes:
        row: the reversal, as it was reported.
        order_id: the only order from which it took, None where there were several, or none.
    """

    row: PaymentRow
    order_id: int | None


async def reverse(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    report: PaymentReport,
    movements: Sequence[PaymentRow],
) -> tuple[OrderRow | None, PaymentRow]:
    """Record money that went back. It goes back from where it had been counted, whatever the call names.

    Args:
        session: the transaction that records it; it holds the payment.
        surroundings: the time.
        notices: who is told.
        report: the reversal.
        movements: all that is known of the payment, the oldest first.

    Returns:
        The order that the payment was for, held, where there is one; and the row of the reversal, to be added.
    """
    original = original_of(movements)
    if original is None:
        order, text = await _named(session, report)
        judgement = judge_reversal(None if order is None else await standing_of(session, order), 0)
    else:
        orders = await _hold_orders(session, movements)
        order = None if original.order_id is None else orders[original.order_id]
        text = original.order_text if order is None else order.number
        now = surroundings.now()
        judgement = await _take_back(session, notices, original, report, movements, orders, now)
    if order is None and (collective := await collective_of(session, text)) is not None:
        judgement = replace(judgement, missing=await due_of_collective(session, surroundings, collective))
    return order, new_movement(report, order, text, judgement, surroundings.now())


def undone_by(report: PaymentReport, movements: Sequence[PaymentRow]) -> Undone | None:
    """The reversal of which money is said to have come again; None where that does not fit what is known."""
    rows = [
        row
        for row in movements
        if row.kind == PaymentKind.REVERSED.value and row.reversal_id == report.reversal_id
    ]
    reported = next((row for row in rows if is_reversal(row)), None)
    if reported is None or reported.currency != report.currency or report.cents > reported.amount:
        return None
    orders = {row.order_id for row in rows if row.counted < 0}
    return Undone(reported, orders.pop() if len(orders) == 1 else None)


def close_won(undone: Undone, report: PaymentReport, now: datetime) -> None:
    """Nobody has to decide on a reversal any more of which all the money came again."""
    row = undone.row
    if row.resolution is None and row.amount == report.cents:
        _close(row, Decision.SETTLED, "all of it came again", now)


async def _take_back(
    session: AsyncSession,
    notices: Notices,
    original: PaymentRow,
    report: PaymentReport,
    movements: Sequence[PaymentRow],
    orders: dict[int, OrderRow],
    now: datetime,
) -> Judgement:
    """Take what went back from what waited first, then from what was moved, the last first, then from the payment."""
    order = None if original.order_id is None else orders[original.order_id]
    # 1. More than is left of it is not believed: nothing is taken until a person has looked.
    holdings = holdings_of(movements)
    here = sum(each.waiting for each in holdings.values())
    counts = sum(each.counted for each in holdings.values())
    if report.currency != original.currency or report.cents > here + counts:
        missing = 0 if order is None else (await standing_of(session, order)).missing
        return Judgement(PaymentOutcome.REVIEW, 0, 0, missing, ReviewReason.REVERSAL_UNFIT)
    # 2. What equals money that belongs back is its refund.
    refunded = await _close_refunded(session, movements, report, now)
    # 3. Other orders lose what had been moved to them; the operator hears of each to which a person had moved it.
    left = max(report.cents - here, 0)
    for row in reversed([row for row in movements if _was_moved(row)]):
        left -= await _take_from(session, notices, row, report, left, movements, orders, now)
    # 4. Its own order loses the rest; what had come again for it is gone by now.
    own = still_counted(original, movements)
    standing = None if order is None else await standing_of(session, order)
    judgement = judge_reversal(standing, min(left, own))
    if order is not None and was_withdrawn_from(order):
        refunded = refunded or await is_refund(session, order, -judgement.counted)
    return replace(judgement, reason=None) if refunded else judgement


async def _take_from(
    session: AsyncSession,
    notices: Notices,
    row: PaymentRow,
    report: PaymentReport,
    left: Cents,
    movements: Sequence[PaymentRow],
    orders: dict[int, OrderRow],
    now: datetime,
) -> Cents:
    """Take at most `left` cents from what a movement counts for another order; return how many."""
    undone = min(left, still_counted(row, movements))
    if undone <= 0 or row.order_id is None:
        return 0
    order = orders[row.order_id]
    judgement = judge_reversal(await standing_of(session, order), undone)
    if row.kind != PaymentKind.ASSIGNED.value:
        judgement = replace(judgement, reason=None)  # one look at the whole payment is enough
    back = follow_up(row, order, replace(report, cents=undone), judgement, now)
    await enter(session, back)
    await notices.payment(session, back, order)
    return undone


def _was_moved(row: PaymentRow) -> bool:
    """Whether a movement counts beside the payment itself: assigned, allotted, or come again."""
    return row.kind in _MOVED or (row.kind == PaymentKind.REGISTERED.value and bool(row.reversal_id))


async def _close_refunded(
    session: AsyncSession, movements: Sequence[PaymentRow], report: PaymentReport, now: datetime
) -> bool:
    """Close the case of money that belonged back, where exactly that went back; whether there is such money.

    A person may have noted before that it was sent.
    """
    for row in movements:
        waiting = waiting_of(row, movements)
        if waiting is None or waiting.refundable != report.cents:
            continue
        if row.resolution is None:
            note = f"went back: {report.reversal_id or report.payment_id}"
            _close(row, Decision.REFUNDED, note, now)
            await money_decided(session, row, Decision.REFUNDED.value, now)
            return True
        if row.resolution == Decision.REFUNDED.value:
            return True
    return False


def _close(row: PaymentRow, decision: Decision, note: str, now: datetime) -> None:
    row.resolution, row.note, row.resolved_at = decision.value, note, now


async def _named(session: AsyncSession, report: PaymentReport) -> tuple[OrderRow | None, str]:
    """What the reversal of an unknown payment names, and how it is called."""
    named = await named_in(session, report.order, to_pay=True)
    if named.collective is not None:
        return None, named.collective.number
    return named.order, report.order if named.order is None else named.order.number


async def _hold_orders(session: AsyncSession, movements: Sequence[PaymentRow]) -> dict[int, OrderRow]:
    """The orders of these movements, which nobody else changes; locked by their ids, as whoever needs several does."""
    ids = {row.order_id for row in movements if row.order_id is not None}
    rows = await session.execute(
        select(OrderRow).where(OrderRow.id.in_(ids)).order_by(OrderRow.id).with_for_update()
    )
    orders = {row.id: row for row in rows.scalars()}
    await hold_chains(session, orders.values())
    return orders
