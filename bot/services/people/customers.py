"""Finding a customer by the operator's code, one who was deleted too."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.keys import KeyRing
from bot.db.tables import CustomerRow, ForgottenRow
from bot.domain.leaving import name_of_customer
from bot.services.errors import NoSuchCustomer, WasForgotten


async def customer_called(session: AsyncSession, keys: KeyRing, code: str) -> CustomerRow:
    """The customer of this code.

    Raises:
        NoSuchCustomer: none has it; `WasForgotten` where one had.
    """
    row = await session.scalar(
        select(CustomerRow).where(CustomerRow.code == code, CustomerRow.forgotten_on.is_(None))
    )
    if row is not None:
        return row
    found = await session.execute(
        select(ForgottenRow.forgotten_on, CustomerRow.code)
        .join(CustomerRow, CustomerRow.id == ForgottenRow.customer_id)
        .where(ForgottenRow.name_index == keys.index(name_of_customer(code)))
        .order_by(ForgottenRow.forgotten_on.desc(), ForgottenRow.customer_id.desc())
        .limit(1)
    )
    if (before := found.one_or_none()) is None:
        raise NoSuchCustomer
    raise WasForgotten(before.forgotten_on, before.code)
