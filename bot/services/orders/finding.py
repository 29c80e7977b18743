"""An order as a chat may find it: its own, by the number as a person may type it."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentPromiseRow
from bot.domain.order_number import InvalidOrderNumber, one_number_in
from bot.domain.orders import OrderStatus, Progress, progress_of
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.errors import NotYours, OrderNotOpen


def owned(actor: Actor, action: Action) -> Select[OrderRow]:
    """The orders of the customers for whom a chat may do this."""
    return select(OrderRow).where(may(actor.chat_id, action, OrderRow.customer_id))


def named(actor: Actor, action: Action, number: str) -> Select[OrderRow]:
    """Those of them with this number: one at most.

    Raises:
        NotYours: it is no order's number.
    """
    try:
        exact = one_number_in(number)
    except InvalidOrderNumber as mistyped:
        raise NotYours from mistyped
    return owned(actor, action).where(OrderRow.number == exact)


def with_promise(orders: Select[OrderRow]) -> Select[OrderRow, PaymentPromiseRow | None]:
    """These orders, each with what its customer has said of its payment."""
    return orders.add_columns(PaymentPromiseRow).outerjoin(
        PaymentPromiseRow, PaymentPromiseRow.order_id == OrderRow.id
    )


async def find_order(
    session: AsyncSession, actor: Actor, action: Action, number: str, *, lock: bool = False
) -> OrderRow:
    """The order with this number; with `lock` nobody else changes it until the transaction ends.

    Raises:
        NotYours: no such order, or not this chat's.
    """
    query = named(actor, action, number)
    found = await session.execute(query.with_for_update(of=OrderRow) if lock else query)
    row = found.scalar_one_or_none()
    if row is None:
        raise NotYours
    return row


def can_be_paid(order: OrderRow, today: date) -> bool:
    """Whether there is still something to pay of an order, and a payment of this day would do."""
    return _progress(order, today).is_open


def is_told_of(order: OrderRow, today: date) -> bool:
    """Whether its customer still hears how to pay an order, or that it is not to be paid.

    Of one whose mailboxes are all gone nothing is told (docs/decisions/034).
    """
    progress = _progress(order, today)
    return progress.is_open or (progress is Progress.GONE and not all_gone(order))


def all_gone(order: OrderRow) -> bool:
    """Whether none of its mailboxes is the operator's any more."""
    return all(item.gone_on is not None for item in order.items)


def _progress(order: OrderRow, today: date) -> Progress:
    gone = any(item.gone_on is not None for item in order.items)
    return progress_of(OrderStatus(order.status), 0, order.payable_until, today, gone=gone)


async def find_open_order(
    session: AsyncSession, actor: Actor, number: str, today: date, *, lock: bool = False
) -> OrderRow:
    """The order with this number, for who pays it; `lock` as in `find_order`.

    Raises:
        NotYours: no such order, or not this chat's.
        OrderNotOpen: it does not await payment any more.
    """
    order = await find_order(session, actor, Action.PAY, number, lock=lock)
    if not can_be_paid(order, today):
        raise OrderNotOpen
    return order
