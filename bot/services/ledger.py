"""Reading the ledger of payments."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import PaymentRow
from bot.domain.money import Cents


async def counted_so_far(session: AsyncSession, order_id: int) -> Cents:
    """The cents that pay an order so far; what was reversed counts no more."""
    counted = await session.scalar(
        select(func.coalesce(func.sum(PaymentRow.counted), 0)).where(PaymentRow.order_id == order_id)
    )
    return int(counted or 0)
