"""The operator's own accounts: what the catalogue has, and what open orders were told to pay to (DOMAIN.md 8)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OrderRow
from bot.domain.catalogue import MethodFamily
from bot.domain.orders import UNENDED
from bot.services.surroundings import Surroundings


async def own_ibans(session: AsyncSession, surroundings: Surroundings) -> frozenset[str]:
    """The accounts on which the operator is paid.

    One that the catalogue has no more is the operator's own for as long as an open order was told to pay there: its
    customer has that account in the mail, and may use it until the end.
    """
    methods = surroundings.catalogue.methods.values()
    now = {each.iban for each in methods if each.family is MethodFamily.BANK_TRANSFER}
    told = await session.scalars(
        select(OrderRow.told_iban)
        .where(OrderRow.told_iban.is_not(None), OrderRow.status.in_([each.value for each in UNENDED]))
        .distinct()
    )
    return frozenset(now | {each for each in told if each is not None})
