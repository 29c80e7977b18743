"""Money for an order: it is judged, and what completes the order gives what was ordered (DOMAIN.md 4 and 5)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import MailboxRow, OrderItemRow, OrderRow
from bot.domain.held import AUTO_RENEW
from bot.domain.mailboxes import is_over
from bot.domain.orders import OrderStatus
from bot.domain.payments import (
    Judgement,
    OrderedExpiry,
    PaymentOutcome,
    Standing,
    completed_expiry,
    judge_payment,
)
from bot.domain.reminders import first_look
from bot.services.evidence.of_orders import orders_ended
from bot.services.held import Subject, by_order, hold
from bot.services.payments.ledger import Money, counted_so_far
from bot.services.payments.told_twice import told_before
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises
from bot.services.surroundings import Surroundings


async def standing_of(session: AsyncSession, order: OrderRow, *, mailbox_deleted: bool = False) -> Standing:
    """How an order stands; the transaction holds its row."""
    paid = await counted_so_far(session, order.id)
    # An unpaid one that was withdrawn from is cancelled: what comes for it all the same is due back.
    status = OrderStatus(order.status) if order.withdrawn_at is None else OrderStatus.WITHDRAWN
    return Standing(status, order.due, paid, mailbox_deleted)


async def count_money(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    order: OrderRow | None,
    money: Money,
    *,
    reversed_before: bool = False,
    several: bool = False,
    compare: bool = False,
) -> Judgement:
    """Judge money for an order, and complete the order if that is what it does; the ledger is the caller's to write.

    Args:
        session: the transaction that records the money; it holds the order's row.
        surroundings: the time and the catalogue.
        notices: who is told that a mailbox renews itself from now on, or does not any more.
        order: None when no order is named, or more than one.
        money: what arrived.
        reversed_before: this very payment is known to have gone back.
        several: more than one order is named.
        compare: whether a person is asked where a bank's statement has told of as much (DOMAIN.md 8).
    """
    mailboxes: dict[int, MailboxRow] = {}
    standing, told = None, False
    # 1. The mailboxes of an order that waits are held, after its row: they may be deleted, and may be extended.
    if order is not None:
        if order.status == OrderStatus.AWAITING_PAYMENT.value:
            mailboxes = await hold_mailboxes(session, order)
            told = compare and await told_before(session, money, order.number, order.id)
        deleted = any_deleted(mailboxes.values(), surroundings)
        standing = await standing_of(session, order, mailbox_deleted=deleted)
    # 2. The table of DOMAIN.md 5.
    judgement = judge_payment(
        standing,
        money.cents,
        money.currency,
        reversed_before=reversed_before,
        several=several,
        told_before=told,
    )
    # 3. Money that counts is what was waited for, or a part of it.
    if order is not None and judgement.counted:
        await end_promises(session, [order.id], surroundings.now(), arrived=True)
    # 4. What completes the order gives what was ordered, in the same transaction.
    if order is not None and judgement.outcome is PaymentOutcome.COMPLETED:
        # The caller's clock may be wrong: a payment is not made tomorrow.
        said = rome_day(money.registered_at)
        await complete(session, surroundings, notices, order, mailboxes, min(said, surroundings.today()))
    return judgement


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
    """Whether one of the mailboxes was deleted or is gone: money for its order is for a person to look at."""
    today, catalogue = surroundings.today(), surroundings.catalogue
    return any(is_over(mailbox, mailbox.gone_on, catalogue, today) for mailbox in mailboxes)


async def complete(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    order: OrderRow,
    mailboxes: dict[int, MailboxRow],
    paid_on: date,
) -> None:
    """Complete an order that awaits payment, and give every mailbox what was ordered: expiry, plan, space.

    Args:
        session: the transaction that counts the payment; it holds the order's row.
        surroundings: the time and the catalogue.
        notices: who is told that a mailbox renews itself from now on, or does not any more.
        order: becomes `completed`; its items get the expiry that came to be.
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
        mailbox.remind_on = first_look(mailbox, surroundings.catalogue, surroundings.today())
        mailbox.extra_mailbox_gb = item.extra_mailbox_gb
        mailbox.extra_archive_gb = item.extra_archive_gb
        mailbox.promotion_id = None
        did_before, mailbox.auto_renew = mailbox.auto_renew, order.auto_renew
        if mailbox.auto_renew:
            # It was chosen, with its price and its day: a file that does not say so does not undo it.
            await hold(
                session,
                Subject.MAILBOX,
                mailbox.id,
                {AUTO_RENEW: True},
                origin=by_order(order.number),
                now=surroundings.now(),
            )
            if order.notice_by is not None:
                mailbox.notice_by = order.notice_by
            await notices.switches.started(session, mailbox, years=order.years, order=order.number)
        elif did_before:
            await notices.switches.stopped(session, mailbox, order=order.number)
    await session.flush()
    await session.refresh(order)
    await orders_ended(session, [order], OrderStatus.COMPLETED, surroundings.now())
