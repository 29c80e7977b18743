"""How mailboxes were renewed here before."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, OrderItemRow, OrderRow
from bot.domain.keeping import LastTime
from bot.domain.orders import OrderStatus


async def last_times(session: AsyncSession, mailbox_ids: Collection[int]) -> dict[int, LastTime]:
    """Years and method of the last completed order of each mailbox for the holder that it has today."""
    if not mailbox_ids:
        return {}
    rows = await session.execute(
        select(OrderItemRow.mailbox_id, OrderRow.years, OrderRow.method_id)
        .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
        .join(
            MailboxRow,
            (MailboxRow.id == OrderItemRow.mailbox_id) & (MailboxRow.holder_id == OrderRow.holder_id),
        )
        .where(OrderItemRow.mailbox_id.in_(mailbox_ids), OrderRow.status == OrderStatus.COMPLETED.value)
        .order_by(OrderRow.completed_at, OrderRow.id)
    )
    return {mailbox_id: LastTime(years, method_id) for mailbox_id, years, method_id in rows}
