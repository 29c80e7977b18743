"""The promise that an order is paid, and its end: the card that says so is unpinned, whatever ended it.

It ends in the transaction of whatever ends it, and the card by a row of the outbox, so that neither is lost.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow, PaymentPromiseRow
from bot.messages import told
from bot.services.sending.outbox import Channel, put


async def end_promises(
    session: AsyncSession, order_ids: Collection[int], now: datetime, *, arrived: bool = False
) -> bool:
    """Whether there was one for any of these orders; it is over, and its card says so.

    Args:
        session: the transaction of what ends it, which holds the orders' rows.
        order_ids: the orders.
        now: this instant.
        arrived: whether money came.
    """
    ended = await session.execute(
        delete(PaymentPromiseRow)
        .where(PaymentPromiseRow.order_id.in_(order_ids))
        .returning(PaymentPromiseRow.order_id, PaymentPromiseRow.chat_id, PaymentPromiseRow.card_id)
    )
    rows = ended.all()
    for order_id, chat_id, card_id in rows:
        if card_id is not None:
            await take_card_down(session, order_id, chat_id, card_id, now, arrived=arrived)
    return bool(rows)


async def take_card_down(
    session: AsyncSession,
    order_id: int,
    chat_id: int,
    card_id: int,
    now: datetime,
    *,
    arrived: bool = False,
    elsewhere: bool = False,
) -> None:
    """Unpin the card of a promise that is over, soon, or of one that has its card `elsewhere` by now."""
    number = await session.scalar(select(OrderRow.number).where(OrderRow.id == order_id))
    what = told.PaymentCardOver(order=number or "", card_id=card_id, arrived=arrived, elsewhere=elsewhere)
    await put(
        session,
        key=f"card:{chat_id}:{card_id}",
        channel=Channel.TELEGRAM,
        payload=what.to_json(),
        now=now,
        chat_id=chat_id,
    )
