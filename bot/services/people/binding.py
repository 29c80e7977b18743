"""Binding a chat to a customer, whichever way it came in (DOMAIN.md 2)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import ChatCustomerRow, ChatRow, MailboxRow
from bot.db.upsert import insert_if_absent
from bot.services.actor import Actor
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again


async def customers_of(session: AsyncSession, actor: Actor) -> set[int]:
    """The ids of the customers that the chat speaks for."""
    rows = await session.execute(
        select(ChatCustomerRow.customer_id).where(ChatCustomerRow.chat_id == actor.chat_id)
    )
    return set(rows.scalars())


async def bind(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    actor: Actor,
    customer_id: int,
    *,
    cause: str,
) -> None:
    """Let the chat speak for the customer, and tell the customer's other chats; nothing if it does so already.

    `cause` names what brought it in, as in `Notices.chat_joined`. Two ways in at the same time bind it once.
    """
    now = surroundings.now()
    await insert_if_absent(
        session, ChatRow, {"id": actor.chat_id, "language": actor.language, "created_at": now}
    )
    new = await insert_if_absent(
        session,
        ChatCustomerRow,
        {"chat_id": actor.chat_id, "customer_id": customer_id, "bound_at": now},
    )
    if new:
        await notices.chat_joined(session, customer_id, actor.chat_id, cause)
        await look_at_customers_again(session, surroundings, {customer_id})


async def look_at_customers_again(
    session: AsyncSession, surroundings: Surroundings, customers: Collection[int]
) -> None:
    """Who reads the reminders of these customers has changed."""
    await look_again(
        session, surroundings.catalogue, surroundings.today(), MailboxRow.customer_id.in_(customers)
    )
