"""For how long a mailbox renews itself each time (DOMAIN.md 3.7)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderItemRow, OrderRow
from bot.domain.orders import OrderStatus


async def automatic_years(session: AsyncSession, mailbox_ids: Sequence[int]) -> dict[int, int]:
    """The term of each mailbox's automatic renewal: that of the order which switched it on (DOMAIN.md 3.7)."""
    rows = await session.execute(
        select(OrderItemRow.mailbox_id, OrderRow.years)
        .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
        .where(
            OrderItemRow.mailbox_id.in_(mailbox_ids),
            OrderRow.status == OrderStatus.COMPLETED.value,
            OrderRow.auto_renew,
        )
        .order_by(OrderRow.completed_at)
    )
    return dict(rows.all())
