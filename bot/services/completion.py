"""Completing an order: what was ordered is given, and only now the expiry moves (DOMAIN.md 4 and 5)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, OrderItemRow, OrderRow
from bot.domain.mailboxes import deletion_date
from bot.domain.orders import OrderStatus
from bot.domain.payments import OrderedExpiry, completed_expiry
from bot.services.surroundings import Surroundings


async def hold_mailboxes(session: AsyncSession, order: OrderRow) -> dict[int, MailboxRow]:
    """The order's mailboxes by their ids, which nobody else changes until the transaction ends.

    They are locked in the order of their ids, as everybody does who needs several.
    """
    rows = await session.execute(
        select(MailboxRow)
        .where(MailboxRow.id.in_(select(OrderItemRow.mailbox_id).where(OrderItemRow.order_id == order.id)))
        .order_by(MailboxRow.id)
        .with_for_update()
    )
    return {row.id: row for row in rows.scalars()}


def any_deleted(mailboxes: Collection[MailboxRow], surroundings: Surroundings) -> bool:
    """Whether one of the mailboxes can no longer be saved: its order is for a person to look at."""
    today, catalogue = surroundings.today(), surroundings.catalogue
    return any(today > deletion_date(mailbox.expires_on, catalogue) for mailbox in mailboxes)


async def complete(
    session: AsyncSession,
    surroundings: Surroundings,
    order: OrderRow,
    mailboxes: dict[int, MailboxRow],
    paid_on: date,
) -> None:
    """Complete an order that awaits payment, and give every mailbox what was ordered: expiry, plan, space.

    Args:
        session: the transaction that counts the payment; it holds the order's row.
        surroundings: the time and the catalogue.
        order: becomes ``completed``; its items get the expiry that came to be.
        mailboxes: from `hold_mailboxes`.
        paid_on: the day of the payment that completes the order.

    Raises:
        NoResultFound: the order does not await payment any more.
    """
    changed = await session.execute(
        update(OrderRow)
        .where(OrderRow.id == order.id, OrderRow.status == OrderStatus.AWAITING_PAYMENT.value)
        .values(status=OrderStatus.COMPLETED.value, completed_at=surroundings.now())
        .returning(OrderRow.id)
    )
    changed.scalar_one()
    for item in order.items:
        mailbox = mailboxes[item.mailbox_id]
        item.new_expiry = completed_expiry(
            OrderedExpiry(item.old_expiry, item.new_expiry),
            mailbox.expires_on,
            order.years,
            surroundings.catalogue,
            paid_on,
        )
        item.open = False
        mailbox.expires_on = item.new_expiry
        mailbox.plan_id = item.plan_id
        mailbox.extra_mailbox_gb = item.extra_mailbox_gb
        mailbox.extra_archive_gb = item.extra_archive_gb
        mailbox.auto_renew = order.auto_renew
        mailbox.promotion_id = None
    await session.flush()
    await session.refresh(order)
