"""What stands against deleting a customer: what is not over yet (`bot.domain.leaving.Against`)."""

from collections.abc import Iterable

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import (
    CustomerRow,
    EmailChangeRow,
    MailboxRow,
    OrderItemRow,
    OrderRow,
    PaymentRow,
    WithdrawalRow,
)
from bot.domain.leaving import Against, Obstacle
from bot.domain.mailboxes import Expiring, is_over
from bot.domain.orders import UNENDED, OrderStatus
from bot.services.access import chats_of
from bot.services.leaving.cases import names_of, open_cases
from bot.services.payments.due_back import owed_for
from bot.services.payments.ledger import paid_for
from bot.services.surroundings import Surroundings


async def obstacles_to(
    session: AsyncSession, surroundings: Surroundings, customer: CustomerRow
) -> list[Obstacle]:
    """Those that hold for whoever asks, in the order in which they are to be dealt with."""
    of_customer = OrderRow.customer_id == customer.id
    open_orders = await session.scalars(
        select(OrderRow.number)
        .where(of_customer, OrderRow.status.in_([each.value for each in UNENDED]))
        .order_by(OrderRow.id)
    )
    unseen = await session.scalars(
        select(OrderRow.number)
        .where(
            of_customer,
            OrderRow.status == OrderStatus.COMPLETED.value,
            paid_for(OrderRow) >= OrderRow.due,
            exists().where(OrderItemRow.order_id == OrderRow.id, OrderItemRow.seen_at.is_(None)),
        )
        .order_by(OrderRow.id)
    )
    found = [*_named(Against.OPEN_ORDER, open_orders.all())]
    found += _named(Against.MONEY, await _with_money(session, customer))
    found += _named(Against.UNSEEN, unseen.all())
    found += _named(Against.AUTOMATIC, await _automatic(session, surroundings, customer))
    cases = await open_cases(session, await names_of(session, customer))
    return [*found, *_named(Against.PENDING, [f"C{number}" for number in cases])]


async def obstacles_in_chat(
    session: AsyncSession, surroundings: Surroundings, customer: CustomerRow, *, mail: bool
) -> list[Obstacle]:
    """All of them for a chat: those of who asks come first. `mail` says whether a code can be mailed."""
    found = []
    if not mail:
        found.append(Obstacle(Against.NO_MAIL))
    if len(await chats_of(session, customer.id)) > 1:
        found.append(Obstacle(Against.SEVERAL_CHATS))
    undo_until = await session.scalar(
        select(func.max(EmailChangeRow.undo_until)).where(
            EmailChangeRow.customer_id == customer.id,
            EmailChangeRow.undone_at.is_(None),
            EmailChangeRow.undo_until > surroundings.now(),
        )
    )
    if undo_until is not None:
        found.append(Obstacle(Against.EMAIL_CHANGED, until=rome_day(undo_until)))
    return [*found, *await obstacles_to(session, surroundings, customer)]


def _named(why: Against, names: Iterable[str]) -> list[Obstacle]:
    return [Obstacle(why, name) for name in names]


async def _with_money(session: AsyncSession, customer: CustomerRow) -> list[str]:
    """The orders of which money is due back, or waits for a decision."""
    waiting = await session.scalars(
        select(OrderRow.number)
        .join(PaymentRow, PaymentRow.order_id == OrderRow.id)
        .where(
            OrderRow.customer_id == customer.id,
            PaymentRow.reason.is_not(None),
            PaymentRow.resolution.is_(None),
        )
    )
    found = set(waiting)
    withdrawn = await session.scalars(
        select(OrderRow)
        .join(WithdrawalRow, WithdrawalRow.order_id == OrderRow.id)
        .where(OrderRow.customer_id == customer.id)
    )
    for order in withdrawn.all():
        owed = await owed_for(session, order)
        if owed is not None and owed.remaining > 0:
            found.add(order.number)
    return sorted(found)


async def _automatic(session: AsyncSession, surroundings: Surroundings, customer: CustomerRow) -> list[str]:
    """The mailboxes that renew themselves; one that is deleted or gone does not."""
    rows = await session.execute(
        select(MailboxRow.address, MailboxRow.plan_id, MailboxRow.expires_on, MailboxRow.gone_on)
        .where(MailboxRow.customer_id == customer.id, MailboxRow.auto_renew.is_(True))
        .order_by(MailboxRow.expires_on, MailboxRow.id)
    )
    catalogue, today = surroundings.catalogue, surroundings.today()
    return [
        address
        for address, plan_id, expires_on, gone_on in rows
        if not is_over(Expiring(plan_id, expires_on), gone_on, catalogue, today)
    ]
