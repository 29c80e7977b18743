"""The confirmation of an order says how to pay all of it: once that is no longer so, it is rewritten in its place.

It is a window of the chat that placed the order, with buttons that copy the whole sum. What is told of a payment comes
below it, and who scrolls up must not pay what is paid already.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow
from bot.domain.orders import OrderStatus
from bot.messages import told
from bot.messages.facts import OrderFacts
from bot.services.access import chats_of
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings


async def rewrite_confirmation(
    session: AsyncSession,
    order: OrderRow,
    facts: OrderFacts,
    why: str,
    surroundings: Surroundings,
    *,
    apart_from: int | None = None,
) -> None:
    """Let the confirmation say how its order stands by now; nothing where none is known.

    Args:
        session: the transaction of what changed it.
        order: the order.
        facts: the same, with what is missing of it by now.
        why: what changed it, such as `payment-7`: the same again is one message.
        surroundings: the clock.
        apart_from: the chat in which it was changed, which has another window by now.
    """
    chat_id, message_id = order.confirmed_in, order.confirmation_id
    if chat_id is None or message_id is None or chat_id == apart_from:
        return
    if chat_id not in await chats_of(session, order.customer_id):
        return
    what = told.ConfirmationOver(
        order=order.number,
        message_id=message_id,
        stands=_stands(order, facts),
        paid=order.due - facts.missing,
        missing=facts.missing,
    )
    await put(
        session,
        key=f"confirmation:{order.number}:{why}:chat:{chat_id}",
        channel=Channel.TELEGRAM,
        payload=what.to_json(),
        now=surroundings.now(),
        chat_id=chat_id,
    )


def _stands(order: OrderRow, facts: OrderFacts) -> told.Stands:
    status = OrderStatus(order.status)
    if status is OrderStatus.COMPLETED:
        return told.Stands.COMPLETED
    if status is not OrderStatus.AWAITING_PAYMENT or facts.gone:
        return told.Stands.OVER
    return told.Stands.PART_PAID if facts.missing < order.due else told.Stands.AWAITING
