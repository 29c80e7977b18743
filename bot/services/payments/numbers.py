"""Numbers that payers write: drawn once each, for orders and collective payments alike (DOMAIN.md 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CollectiveRow, OrderRow, TakenNumberRow
from bot.db.upsert import insert_if_absent
from bot.domain.creditor_reference import named_in_reason
from bot.domain.order_number import random_number


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names for certain of what exists: orders by their ids, and collective numbers."""

    orders: Sequence[OrderRow] = ()
    collectives: Sequence[CollectiveRow] = ()

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.orders) + len(self.collectives)

    @property
    def order(self) -> OrderRow | None:
        """The order, where one is named and nothing else."""
        return self.orders[0] if self.orders and self.count == 1 else None

    @property
    def collective(self) -> CollectiveRow | None:
        """The collective number, where one is named and nothing else."""
        return self.collectives[0] if self.collectives and self.count == 1 else None


async def draw_number(session: AsyncSession) -> str:
    """Take a number that neither an order nor a collective payment has, for good."""
    while True:
        number = random_number()
        if await insert_if_absent(session, TakenNumberRow, {"number": number}):
            return number


async def named_in(session: AsyncSession, text: str, *, to_pay: bool = False) -> Named:
    """What a text names (DOMAIN.md 5); `to_pay` locks the orders."""
    numbers = named_in_reason(text)
    if not numbers:
        return Named()
    query = select(OrderRow).where(OrderRow.number.in_(numbers)).order_by(OrderRow.id)
    orders = (await session.execute(query.with_for_update() if to_pay else query)).scalars().all()
    if len(orders) == len(numbers):
        return Named(orders)
    collectives = await session.execute(select(CollectiveRow).where(CollectiveRow.number.in_(numbers)))
    return Named(orders, collectives.scalars().all())
