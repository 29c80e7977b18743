"""The chats of a customer that leaves: what is a chat's own goes where it spoke for nobody else.

A chat that serves others too keeps its phrase and its wishes, and loses what is about this customer alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.db.tables import (
    ChatCustomerRow,
    ChatRow,
    CollectiveOrderRow,
    CollectiveRow,
    DraftItemRow,
    DraftRow,
    HolderRow,
    MuteRow,
    OrderRow,
    PaymentPromiseRow,
    SnoozeRow,
)
from bot.db.tables_ground import ChatStateRow, ChatVersionRow
from bot.services.closing import Ending, close_drafts
from bot.services.people.forgetting import forget_own
from bot.services.surroundings import Surroundings

NOBODY: Final = 0
"""Stands for a chat that is named no more: no chat has this number."""


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats of a customer.

    Attributes:
        own: those that are its alone; the others serve other customers too.
        languages: of each of all of them.
    """

    own: Collection[int]
    languages: Mapping[int, str]


async def chats_of(session: AsyncSession, customer_id: int) -> Chats:
    """Which they are."""
    other = aliased(ChatCustomerRow)
    serves_others = exists().where(other.chat_id == ChatRow.id, other.customer_id != customer_id)
    rows = await session.execute(
        select(ChatRow.id, ChatRow.language, serves_others)
        .join(ChatCustomerRow, ChatCustomerRow.chat_id == ChatRow.id)
        .where(ChatCustomerRow.customer_id == customer_id)
        .order_by(ChatRow.id)
    )
    found = rows.all()
    return Chats(
        own=frozenset(chat_id for chat_id, _, shared in found if not shared),
        languages={chat_id: language for chat_id, language, _ in found},
    )


async def let_go(
    session: AsyncSession,
    surroundings: Surroundings,
    customer_id: int,
    mailbox_ids: Collection[int],
    chats: Chats,
    *,
    apart_from: int | None,
) -> None:
    """Unlink them, and delete what is about the customer; of the own ones all that is theirs.

    So do their conversations, `apart_from` that of the chat which is answered just now and writes its own.
    """
    holders = select(HolderRow.id).where(HolderRow.customer_id == customer_id)
    orders = select(OrderRow.id).where(OrderRow.customer_id == customer_id)
    await close_drafts(session, Ending.DISCARDED, DraftRow.holder_id.in_(holders))
    ordered = exists().where(OrderRow.draft_id == DraftRow.id)
    thrown_away = select(DraftRow.id).where(DraftRow.holder_id.in_(holders), ~ordered)
    await session.execute(delete(DraftItemRow).where(DraftItemRow.draft_id.in_(thrown_away)))
    for gone in (
        delete(DraftRow).where(DraftRow.holder_id.in_(holders), ~ordered),
        delete(MuteRow).where(MuteRow.mailbox_id.in_(mailbox_ids)),
        delete(SnoozeRow).where(SnoozeRow.mailbox_id.in_(mailbox_ids)),
        delete(PaymentPromiseRow).where(PaymentPromiseRow.order_id.in_(orders)),
        delete(ChatCustomerRow).where(ChatCustomerRow.customer_id == customer_id),
        update(CollectiveRow)
        .where(
            CollectiveRow.chat_id.in_(chats.own),
            CollectiveRow.id.in_(
                select(CollectiveOrderRow.collective_id).where(CollectiveOrderRow.order_id.in_(orders))
            ),
        )
        .values(chat_id=NOBODY),
    ):
        await session.execute(gone.execution_options(synchronize_session=False))
    for chat_id in chats.own:
        await forget_own(session, surroundings, chat_id)
        if chat_id != apart_from:
            await _end_conversation(session, chat_id)


async def _end_conversation(session: AsyncSession, chat_id: int) -> None:
    """What is kept in Redis is called by the chat's version: under another one nobody finds it any more."""
    await session.execute(delete(ChatStateRow).where(ChatStateRow.chat_id == chat_id))
    await session.execute(
        update(ChatVersionRow)
        .where(ChatVersionRow.chat_id == chat_id)
        .values(version=ChatVersionRow.version + 1)
    )
