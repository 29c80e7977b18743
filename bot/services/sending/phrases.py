"""The security phrase that shows an e-mail to be genuine (DOMAIN.md 6)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import ChatCustomerRow, ChatRow


async def phrases_for_customers(session: AsyncSession, customer_ids: Collection[int]) -> dict[int, str]:
    """The security phrase of each customer's e-mails: that of the chat bound first, of those that have one."""
    rows = await session.execute(
        select(ChatCustomerRow.customer_id, ChatRow.security_phrase)
        .join(ChatRow, ChatRow.id == ChatCustomerRow.chat_id)
        .where(ChatCustomerRow.customer_id.in_(customer_ids), ChatRow.security_phrase.is_not(None))
        .order_by(ChatCustomerRow.bound_at.desc(), ChatRow.id.desc())
    )
    return {customer: phrase for customer, phrase in rows if phrase is not None}


async def phrase_for_customer(session: AsyncSession, customer_id: int) -> str | None:
    """The phrase of one customer's e-mails, where there is one."""
    return (await phrases_for_customers(session, [customer_id])).get(customer_id)
