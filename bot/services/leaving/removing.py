"""What was kept of a deleted customer goes when its years are over, as it was told on the day of the deletion.

The law counts from the last entry (art. 2220 Civil Code): what happened to an order after the deletion - money, an
invoice, a withdrawal by the link of its e-mail - keeps that order for its own years, and nothing else of the customer.

Two things stay, from which nobody reads who it was: the blind indexes, so that a file does not bring the customer back
years later, with the emptied row that they belong to; and the numbers of the orders as numbers that were drawn, so that
money for an old one never pays a new one. The chains stay too, without what they prove.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.among import is_among
from bot.db.append_only import kept_no_longer
from bot.db.engine import Database
from bot.db.tables import (
    AcceptanceRow,
    ChatCustomerRow,
    ChatRow,
    CollectiveOrderRow,
    CollectiveRow,
    CustomerRow,
    DraftItemRow,
    DraftRow,
    EvidenceRow,
    ForgottenRow,
    HolderRow,
    InvoiceRow,
    MailboxRow,
    MethodChangeRow,
    MuteRow,
    OrderItemRow,
    OrderLineRow,
    OrderRow,
    OwedNoticeRow,
    PaymentPromiseRow,
    PaymentRow,
    ReminderRow,
    RenewalDecisionRow,
    SnoozeRow,
    SpaceLevelRow,
    StatementEntryRow,
    SwitchingRow,
    VatDecisionRow,
    WithdrawalLinkRow,
    WithdrawalRow,
)
from bot.domain.calendar import add_years
from bot.domain.catalogue import Rules
from bot.domain.evidence.chain import Chain, Subject
from bot.domain.leaving import is_over
from bot.services.evidence.erasing import RETENTION, erase_of
from bot.services.evidence.of_orders import chain_of_order
from bot.services.leaving import cases
from bot.services.leaving.calls import payments_naming, remove_calls

_OF_AN_ORDER: Final = (
    InvoiceRow,
    WithdrawalLinkRow,
    PaymentPromiseRow,
    OrderItemRow,
    CollectiveOrderRow,
)
_OF_AN_ORDER_FOR_GOOD: Final = (
    OrderLineRow,
    AcceptanceRow,
    EvidenceRow,
    MethodChangeRow,
    VatDecisionRow,
    WithdrawalRow,
)
"""Append-only."""
_OF_A_MAILBOX: Final = (ReminderRow, SpaceLevelRow, MuteRow, SnoozeRow, DraftItemRow)
_OF_A_MAILBOX_FOR_GOOD: Final = (SwitchingRow, RenewalDecisionRow)
"""Append-only."""
_NO_SYNC: Final = {"synchronize_session": False}

_Orders = Mapping[int, str]
"""Orders by their ids, with their numbers."""


async def remove_what_is_over(database: Database, rules: Rules, today: date, now: datetime) -> int:
    """Remove what is kept no longer of deleted customers; return of how many. Again on the same day, nothing.

    What names an order from outside goes first, and each customer in a transaction of its own: whoever is stopped in
    between goes on the next time.
    """
    async with database.read() as session:
        due = {
            customer_id: await _orders_over(session, customer_id, rules.evidence_years, today)
            for customer_id in await _due(session, rules.evidence_years, today)
        }
    if not due:
        return 0
    orders = {order_id: number for of_one in due.values() for order_id, number in of_one.items()}
    if orders:
        strays = await payments_naming(database, orders.values())
        async with database.write() as session:
            of_orders = await session.scalars(
                select(PaymentRow.payment_id).where(is_among(session, PaymentRow.order_id, orders))
            )
            payments = {*of_orders, *strays}
        await remove_calls(database, {*orders.values(), *payments}, now)
        async with database.write() as session:
            await _remove_payments(session, strays, orders)
    for customer_id in due:
        async with database.write() as session:
            await _remove(session, customer_id, rules.evidence_years, today, now)
    return len(due)


async def _due(session: AsyncSession, years: int, today: date) -> list[int]:
    """Deleted customers whose years are over, and of whom something is left that goes."""
    found = await session.execute(
        select(CustomerRow.id, CustomerRow.forgotten_on)
        .where(
            CustomerRow.forgotten_on <= add_years(today, -years),
            or_(
                *(
                    exists().where(of.customer_id == CustomerRow.id)
                    for of in (OrderRow, MailboxRow, HolderRow)
                )
            ),
        )
        .order_by(CustomerRow.id)
    )
    return [customer_id for customer_id, on in found if on is not None and is_over(on, years, today)]


async def _orders_over(session: AsyncSession, customer_id: int, years: int, today: date) -> _Orders:
    """The orders of a deleted customer of which nothing was heard in these years."""
    of_customer = select(OrderRow.id).where(OrderRow.customer_id == customer_id)
    heard: set[int] = set()
    for order_id, at in (
        (PaymentRow.order_id, PaymentRow.received_at),
        (PaymentRow.order_id, PaymentRow.resolved_at),
        (WithdrawalRow.order_id, WithdrawalRow.at),
        (InvoiceRow.order_id, InvoiceRow.received_at),
    ):
        rows = await session.execute(select(order_id, at).where(order_id.in_(of_customer)))
        heard |= {
            each
            for each, when in rows
            if each is not None and when is not None and not is_over(rome_day(when), years, today)
        }
    of_it = await session.execute(
        select(OrderRow.id, OrderRow.number).where(OrderRow.customer_id == customer_id)
    )
    return {order_id: number for order_id, number in of_it if order_id not in heard}


async def _remove(session: AsyncSession, customer_id: int, years: int, today: date, now: datetime) -> None:
    """Remove what is over of one customer. Held first, as by whoever deletes one: the customer, orders, mailboxes."""
    customer = await session.get_one(CustomerRow, customer_id, with_for_update={"key_share": True})
    for held in (
        select(OrderRow.id).where(OrderRow.customer_id == customer_id).order_by(OrderRow.id),
        select(MailboxRow.id).where(MailboxRow.customer_id == customer_id).order_by(MailboxRow.id),
    ):
        await session.execute(held.with_for_update())
    orders = await _orders_over(session, customer_id, years, today)
    mailboxes = (
        await session.scalars(select(MailboxRow.id).where(MailboxRow.customer_id == customer_id))
    ).all()
    chains = [
        *(chain_of_order(order_id) for order_id in orders),
        *(Chain(Subject.MAILBOX, mailbox_id) for mailbox_id in mailboxes),
        Chain(Subject.CUSTOMER, customer_id),
    ]
    await erase_of(session, chains, (), today, now, reason=RETENTION)
    await cases.remove_all(session, customer_id, cases.Names(customer.code, set(orders.values()), ()))
    await _remove_orders(session, orders)
    await _remove_mailboxes(session, customer_id, mailboxes)


async def _remove_orders(session: AsyncSession, orders: _Orders) -> None:
    if not orders:
        return
    await _remove_payments(
        session,
        (
            await session.scalars(
                select(PaymentRow.payment_id).where(is_among(session, PaymentRow.order_id, orders))
            )
        ).all(),
        orders,
    )
    drafts = (
        await session.execute(
            select(DraftRow.id, DraftRow.chat_id)
            .join(OrderRow, OrderRow.draft_id == DraftRow.id)
            .where(is_among(session, OrderRow.id, orders))
        )
    ).all()
    draft_ids = [draft_id for draft_id, _ in drafts]
    async with kept_no_longer(session):
        for of in _OF_AN_ORDER_FOR_GOOD:
            await session.execute(
                delete(of).where(is_among(session, of.order_id, orders)).execution_options(**_NO_SYNC)
            )
    for gone in (
        *(delete(of).where(is_among(session, of.order_id, orders)) for of in _OF_AN_ORDER),
        delete(CollectiveRow).where(~exists().where(CollectiveOrderRow.collective_id == CollectiveRow.id)),
        delete(OrderRow).where(is_among(session, OrderRow.id, orders)),
        delete(DraftItemRow).where(is_among(session, DraftItemRow.draft_id, draft_ids)),
        delete(DraftRow).where(is_among(session, DraftRow.id, draft_ids)),
        # A chat that stayed for what it had ordered, and is used for nothing any more.
        delete(ChatRow).where(
            is_among(session, ChatRow.id, {chat_id for _, chat_id in drafts}),
            *(
                ~exists().where(of.chat_id == ChatRow.id)
                for of in (ChatCustomerRow, DraftRow, MuteRow, SnoozeRow)
            ),
        ),
    ):
        await session.execute(gone.execution_options(**_NO_SYNC))


async def _remove_payments(session: AsyncSession, payment_ids: Collection[str], orders: _Orders) -> None:
    """Remove payments with all that followed from them; of one that also paid another order only whose it was goes."""
    shared = set(
        await session.scalars(
            select(PaymentRow.payment_id).where(
                is_among(session, PaymentRow.payment_id, set(payment_ids)),
                PaymentRow.order_id.is_not(None),
                ~is_among(session, PaymentRow.order_id, orders),
            )
        )
    )
    await session.execute(
        update(PaymentRow)
        .where(
            is_among(session, PaymentRow.payment_id, shared), is_among(session, PaymentRow.order_id, orders)
        )
        .values(order_id=None, order_text="", note=None)
        .execution_options(**_NO_SYNC)
    )
    own = set(payment_ids) - shared
    for of in (StatementEntryRow, PaymentRow):
        await session.execute(
            delete(of).where(is_among(session, of.payment_id, own)).execution_options(**_NO_SYNC)
        )


async def _remove_mailboxes(session: AsyncSession, customer_id: int, mailboxes: Collection[int]) -> None:
    """Remove what was kept of the mailboxes; they themselves, and holders, where no order that stays is about them."""
    async with kept_no_longer(session):
        for of in _OF_A_MAILBOX_FOR_GOOD:
            await session.execute(
                delete(of).where(is_among(session, of.mailbox_id, mailboxes)).execution_options(**_NO_SYNC)
            )
    ordered = or_(*(exists().where(of.mailbox_id == MailboxRow.id) for of in (OrderItemRow, OrderLineRow)))
    going = (
        await session.scalars(
            select(MailboxRow.id).where(is_among(session, MailboxRow.id, mailboxes), ~ordered)
        )
    ).all()
    of_customer = ForgottenRow.customer_id == customer_id
    for gone in (
        delete(OwedNoticeRow).where(is_among(session, OwedNoticeRow.mailbox_id, mailboxes)),
        *(delete(of).where(is_among(session, of.mailbox_id, going)) for of in _OF_A_MAILBOX),
        delete(ForgottenRow).where(of_customer, ForgottenRow.readmitted_on.is_not(None)),
        update(ForgottenRow)
        .where(of_customer, is_among(session, ForgottenRow.mailbox_id, going))
        .values(mailbox_id=None),
        delete(MailboxRow).where(is_among(session, MailboxRow.id, going)),
        delete(HolderRow).where(
            HolderRow.customer_id == customer_id,
            *(~exists().where(of.holder_id == HolderRow.id) for of in (OrderRow, MailboxRow, DraftRow)),
        ),
    ):
        await session.execute(gone.execution_options(**_NO_SYNC))
