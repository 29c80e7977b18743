"""Binding a chat to a customer, whichever way it came in (DOMAIN.md 2)."""

from collections.abc import Collection

from sqlalchemy import literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import ChatCustomerRow, ChatOnceBoundRow, ChatRow, CustomerRow, MailboxRow
from bot.db.upsert import insert_if_absent
from bot.services.actor import Actor
from bot.services.errors import NotYours
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again


async def customers_of(session: AsyncSession, actor: Actor) -> set[int]:
    """The ids of the customers that the chat speaks for."""
    rows = await session.execute(
        select(ChatCustomerRow.customer_id).where(ChatCustomerRow.chat_id == actor.chat_id)
    )
    return set(rows.scalars())


async def hold_customers(session: AsyncSession, actor: Actor) -> None:
    """Let none of the chat's customers be deleted before the transaction ends.

    Whoever unlinks a chat does so before it holds anything else: deleting a customer holds that first, and its links
    and mailboxes afterwards.
    """
    await session.execute(
        select(CustomerRow.id)
        .join(ChatCustomerRow, ChatCustomerRow.customer_id == CustomerRow.id)
        .where(ChatCustomerRow.chat_id == actor.chat_id)
        .order_by(CustomerRow.id)
        .with_for_update(read=True, of=CustomerRow)
    )


async def customers_with(session: AsyncSession, email_index: bytes) -> set[int]:
    """The ids of the customers with this reference e-mail, as it is found in the database."""
    rows = await session.execute(select(CustomerRow.id).where(CustomerRow.email_index == email_index))
    return set(rows.scalars())


async def was_bound(session: AsyncSession, chat_id: int, email_index: bytes) -> bool:
    """Whether the chat speaks for a customer with this address, or did before it let go of it."""
    now = (
        select(literal(1))
        .join_from(ChatCustomerRow, CustomerRow)
        .where(ChatCustomerRow.chat_id == chat_id, CustomerRow.email_index == email_index)
    )
    once = select(literal(1)).where(
        ChatOnceBoundRow.chat_id == chat_id, ChatOnceBoundRow.email_index == email_index
    )
    return await session.scalar(select(or_(now.exists(), once.exists()))) is True


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

    Raises:
        NotYours: everything of the customer was deleted at this moment.
    """
    now = surroundings.now()
    there = select(CustomerRow.id).where(CustomerRow.id == customer_id, CustomerRow.forgotten_on.is_(None))
    if await session.scalar(there.with_for_update(read=True)) is None:
        raise NotYours
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
