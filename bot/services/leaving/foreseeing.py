"""What would go and what would stay if a customer were deleted today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import (
    ChainRow,
    ContentRow,
    CustomerRow,
    HolderRow,
    InvoiceRow,
    MailboxRow,
    OrderRow,
    PaymentRow,
    WithdrawalRow,
)
from bot.domain.calendar import add_years
from bot.domain.evidence.chain import Subject
from bot.domain.leaving import Obstacle, Past
from bot.domain.orders import OrderStatus
from bot.services.access import chats_of
from bot.services.evidence.writing import Kept
from bot.services.surroundings import Surroundings

_UNPAID_ENDS = frozenset({OrderStatus.CANCELLED.value, OrderStatus.EXPIRED.value})


@dataclass(frozen=True, slots=True)
class OrdersOf:
    """A customer's orders by their ids: those that the law wants kept, and those that nothing came of."""

    kept: Sequence[int]
    emptied: Sequence[int]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What deleting a customer is about.

    Attributes:
        code: the operator's.
        email: the reference e-mail.
        first: the mailbox that expires first; empty without any.
        mailboxes, holders, chats: how many there are, which all go.
        orders: how many stay, with their payments and invoices.
        emptied: how many orders nothing came of: they stay as numbers and sums alone.
        notices: how many contents stay as evidence of the mailboxes: notices owed by law, switches.
        reminders: how many reminders go from the evidence.
        until: the day until which the last of what stays is kept.
        years: the years of that.
        obstacles: what stands against it now.
    """

    code: str
    email: str
    first: str
    mailboxes: int
    holders: int
    chats: int
    orders: int
    emptied: int
    notices: int
    reminders: int
    until: date
    years: int
    obstacles: tuple[Obstacle, ...]


async def orders_of(session: AsyncSession, customer_id: int) -> OrdersOf:
    """The orders, by what the law says of each."""
    rows = await session.execute(
        select(
            OrderRow.id,
            OrderRow.status,
            exists().where(PaymentRow.order_id == OrderRow.id),
            exists().where(InvoiceRow.order_id == OrderRow.id),
            exists().where(WithdrawalRow.order_id == OrderRow.id),
        )
        .where(OrderRow.customer_id == customer_id)
        .order_by(OrderRow.id)
    )
    kept: list[int] = []
    emptied: list[int] = []
    for order_id, status, moved, invoiced, stated in rows:
        past = Past(status in _UNPAID_ENDS, bool(moved), bool(invoiced), bool(stated))
        (kept if past.is_to_be_kept else emptied).append(order_id)
    return OrdersOf(kept, emptied)


async def foresee(
    session: AsyncSession,
    surroundings: Surroundings,
    customer: CustomerRow,
    obstacles: Sequence[Obstacle],
) -> Foreseen:
    """All of it; `obstacles` are those that were found."""
    boxes = (
        await session.execute(
            select(MailboxRow.id, MailboxRow.address)
            .where(MailboxRow.customer_id == customer.id)
            .order_by(MailboxRow.expires_on, MailboxRow.id)
        )
    ).all()
    holders = await session.scalar(
        select(func.count()).select_from(HolderRow).where(HolderRow.customer_id == customer.id)
    )
    contents = await session.execute(
        select(ContentRow.kept, func.count().label("contents"))
        .join(ChainRow, ChainRow.id == ContentRow.chain_id)
        .where(
            ChainRow.subject == Subject.MAILBOX.value,
            ChainRow.subject_id.in_([box.id for box in boxes]),
            ContentRow.erased_on.is_(None),
        )
        .group_by(ContentRow.kept)
    )
    counts = {row.kept: row.contents for row in contents}
    orders = await orders_of(session, customer.id)
    years = surroundings.catalogue.rules.evidence_years
    return Foreseen(
        code=customer.code,
        email=customer.reference_email,
        first=boxes[0].address if boxes else "",
        mailboxes=len(boxes),
        holders=holders or 0,
        chats=len(await chats_of(session, customer.id)),
        orders=len(orders.kept),
        emptied=len(orders.emptied),
        notices=counts.get(Kept.EVIDENCE.value, 0),
        reminders=counts.get(Kept.REMINDER.value, 0),
        until=add_years(surroundings.today(), years),
        years=years,
        obstacles=tuple(obstacles),
    )
