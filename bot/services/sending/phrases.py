"""The security phrase that shows an e-mail to be genuine (DOMAIN.md 6)."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import ChatCustomerRow, ChatRow


async def phrase_for_customer(session: AsyncSession, customer_id: int) -> str | None:
    """The security phrase of a customer's e-mails: that of the chat which was bound first, of those that have one."""
    rows = await session.execute(
        select(ChatRow.security_phrase)
        .join(ChatCustomerRow, ChatCustomerRow.chat_id == ChatRow.id)
        .where(ChatCustomerRow.customer_id == customer_id, ChatRow.security_phrase.is_not(None))
        .order_by(ChatCustomerRow.bound_at, ChatRow.id)
        .limit(1)
    )
    return rows.scalar_one_or_none()
