"""An order as a chat may find it: its own, by the number as a person may type it."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow
from bot.domain.order_number import InvalidOrderNumber, one_number_in
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.errors import NotYours


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
