"""Deleting what is a chat's own (DOMAIN.md 7, "Data"; docs/decisions/039).

What goes: that it is linked, the renewal under way, reminders put off or muted, the security phrase and all wishes,
codes, what was sent to it. What stays: the customer's own data, which its other chats and the operator go on with, and
the evidence of what was agreed and told, as long as the law asks. Requests for a code of the last day stay too: they
count against guessing, and who could delete them could guess on.
"""

from dataclasses import dataclass

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import (
    ChatCustomerRow,
    ChatOnceBoundRow,
    ChatRow,
    DraftItemRow,
    DraftRow,
    EvidenceRow,
    LinkTokenRow,
    LoginCodeRow,
    MuteRow,
    OrderRow,
    OutboxRow,
    PaymentPromiseRow,
    SnoozeRow,
)
from bot.domain.login_codes import remembered_for
from bot.services.actor import Actor
from bot.services.closing import Ending, close_drafts
from bot.services.people.binding import hold_customers, look_at_customers_again
from bot.services.people.own_data import asked
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What deleting a chat's data is about.

    Attributes:
        customers: how many customers it speaks for.
        orders: whether it has placed an order, or any of theirs is there.
        evidence_years: how long the evidence of orders and notices stays.
    """

    customers: int
    orders: bool
    evidence_years: int


class Forgetting:
    """Deletes."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Delete from `database`."""
        self._database = database
        self._surroundings = surroundings

    async def foresee(self, actor: Actor) -> Foreseen:
        """What would go and stay."""
        async with self._database.read() as session:
            customers = (
                await session.scalars(
                    select(ChatCustomerRow.customer_id).where(ChatCustomerRow.chat_id == actor.chat_id)
                )
            ).all()
            # Of the evidence that has no index by chats: this is asked so rarely that reading all of it is no matter.
            ordered = await session.scalar(
                select(
                    or_(
                        exists().where(OrderRow.customer_id.in_(customers)),
                        exists().where(EvidenceRow.chat_id == actor.chat_id),
                    )
                )
            )
        return Foreseen(len(customers), bool(ordered), self._surroundings.catalogue.rules.evidence_years)

    async def forget_chat(self, actor: Actor) -> None:
        """Delete what is the chat's; once is as good as twice. That it was asked for goes on record."""
        now, chat_id = self._surroundings.now(), actor.chat_id
        async with self._database.write() as session:
            await _hold_links(session, chat_id)
            await hold_customers(session, actor)
            await close_drafts(session, Ending.DISCARDED, DraftRow.chat_id == chat_id)
            customers = (
                await session.scalars(
                    delete(ChatCustomerRow)
                    .where(ChatCustomerRow.chat_id == chat_id)
                    .returning(ChatCustomerRow.customer_id)
                )
            ).all()
            await asked(session, customers, {"request": "deletion of the chat", "chat": chat_id}, now)
            await forget_own(session, self._surroundings, chat_id)
            await look_at_customers_again(session, self._surroundings, customers)


async def _hold_links(session: AsyncSession, chat_id: int) -> None:
    """Links are held before their customers, as by whoever opens one, or deletes all of a customer."""
    await session.execute(
        select(LinkTokenRow.id)
        .where(or_(LinkTokenRow.used_by == chat_id, LinkTokenRow.offered_to == chat_id))
        .order_by(LinkTokenRow.id)
        .with_for_update()
    )


async def forget_own(session: AsyncSession, surroundings: Surroundings, chat_id: int) -> None:
    """Delete what is the own of a chat that speaks for nobody any more, and has no renewal under way."""
    await _wishes(session, surroundings, chat_id)
    await _drafts(session, chat_id)


async def _wishes(session: AsyncSession, surroundings: Surroundings, chat_id: int) -> None:
    counted_since = surroundings.now() - remembered_for(surroundings.catalogue.rules)
    for gone in (
        delete(MuteRow).where(MuteRow.chat_id == chat_id),
        delete(SnoozeRow).where(SnoozeRow.chat_id == chat_id),
        delete(PaymentPromiseRow).where(PaymentPromiseRow.chat_id == chat_id),
        delete(ChatOnceBoundRow).where(ChatOnceBoundRow.chat_id == chat_id),
        delete(LinkTokenRow).where(LinkTokenRow.used_by == chat_id),
        update(LinkTokenRow).where(LinkTokenRow.offered_to == chat_id).values(offered_to=None),
        delete(LoginCodeRow).where(LoginCodeRow.chat_id == chat_id, LoginCodeRow.created_at <= counted_since),
        # What waits is looked at once more when it is sent, and a notice owed by law has to have an end.
        delete(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.settled_at.is_not(None)),
    ):
        await session.execute(gone)


async def _drafts(session: AsyncSession, chat_id: int) -> None:
    """Drafts that became orders stay, empty as they are; and with them what the orders name of the chat."""
    ordered = exists().where(OrderRow.draft_id == DraftRow.id)
    thrown_away = select(DraftRow.id).where(DraftRow.chat_id == chat_id, ~ordered)
    await session.execute(delete(DraftItemRow).where(DraftItemRow.draft_id.in_(thrown_away)))
    await session.execute(delete(DraftRow).where(DraftRow.chat_id == chat_id, ~ordered))
    await session.execute(
        update(ChatRow)
        .where(ChatRow.id == chat_id)
        .values(security_phrase=None, steps_off=None, mail_too=False)
    )
    left = exists().where(DraftRow.chat_id == ChatRow.id)
    await session.execute(delete(ChatRow).where(ChatRow.id == chat_id, ~left))
