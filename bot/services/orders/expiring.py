"""Orders that nobody pays: their customers are told before it is too late, and when it is (DOMAIN.md 4).

Both happen once for an order, in the transaction that notes it. Several workers may do it at the same time. What is
said keeps the hours of reminders (DOMAIN.md 6): a warning is written when it may leave, so that what is paid meanwhile
is not warned of; an order expires at midnight, and that is told in the morning.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_midnight
from bot.db.engine import Database
from bot.db.tables import MailboxRow, OrderRow, PaymentRow
from bot.domain import mailboxes
from bot.domain.cases import CaseKind
from bot.domain.orders import UNENDED, OrderStatus
from bot.domain.payments import ReviewReason
from bot.domain.reminders import hours_are_open, is_urgent, may_leave, next_opening
from bot.domain.vat import VatTreatment
from bot.services.cases import resolve_case
from bot.services.evidence.of_orders import orders_ended
from bot.services.orders.finding import all_gone
from bot.services.payments.ledger import counted_so_far
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises
from bot.services.surroundings import Surroundings

BATCH = 50
"""Orders in one transaction: nobody who taps meanwhile waits long."""

_AWAITING = OrderRow.status == OrderStatus.AWAITING_PAYMENT.value
_UNENDED = OrderRow.status.in_(sorted(status.value for status in UNENDED))


class Expiring:
    """Looks after the orders that await payment."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Tell customers and operator through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def run(self) -> None:
        """Do for every order what its day asks for; again on the same day, nothing."""
        await self._in_batches(self._expire)
        await self._in_batches(self._warn)

    async def _in_batches(self, step: Callable[[AsyncSession], Awaitable[int]]) -> None:
        found = BATCH
        while found == BATCH:
            async with self._database.write() as session:
                found = await step(session)

    async def _expire(self, session: AsyncSession) -> int:
        """Close the orders that no payment can make good any more, and free their mailboxes."""
        now = self._surroundings.now()
        too_late = [OrderRow.payable_until < self._surroundings.today()]
        orders = await self._take(
            session, _UNENDED, too_late, {"status": OrderStatus.EXPIRED.value, "expired_at": now}
        )
        await orders_ended(session, orders, OrderStatus.EXPIRED, now)
        for order in orders:
            for item in order.items:
                item.open = False
            await end_promises(session, [order.id], now)
            if order.vat_treatment == VatTreatment.OPEN.value:
                await resolve_case(session, CaseKind.VAT, order.number, "the order expired", now)
            paid = await counted_so_far(session, order.id)
            opening = await self._opening(session, order)
            if not all_gone(order):
                await self._notices.order_expired(session, order, paid, not_before=opening)
            if paid > 0:
                await self._give_to_a_person(session, order)
        return len(orders)

    async def _warn(self, session: AsyncSession) -> int:
        """Say when it is soon too late to pay, but not on the day of the order, which has just said it."""
        today, rules = self._surroundings.today(), self._surroundings.catalogue.rules
        midnight = rome_midnight(today)
        here = self._surroundings.here()
        ahead = rules.order_warning_days
        if not hours_are_open(here, rules):
            if here.hour < rules.remind_from_hour:
                return 0
            ahead = 0  # of a last day that is nearly over it can only be said now
        elif not may_leave(here, rules, urgent=False):
            ahead = min(ahead, rules.urgent_days)
        soon = [
            OrderRow.payable_until >= today,
            OrderRow.payable_until <= today + timedelta(days=ahead),
            OrderRow.placed_at < midnight,
            OrderRow.warned_at.is_(None),
        ]
        orders = await self._take(session, _AWAITING, soon, {"warned_at": self._surroundings.now()})
        for order in orders:
            if not all_gone(order):
                await self._notices.order_expiring(session, order, await counted_so_far(session, order.id))
        return len(orders)

    async def _opening(self, session: AsyncSession, order: OrderRow) -> datetime:
        """When it may be told that an order expired: on a holiday too where one of its mailboxes is near its end."""
        surroundings = self._surroundings
        catalogue, today = surroundings.catalogue, surroundings.today()
        boxes = await session.execute(
            select(MailboxRow.plan_id, MailboxRow.expires_on).where(
                MailboxRow.id.in_([item.mailbox_id for item in order.items])
            )
        )
        urgent = any(
            is_urgent(mailboxes.Expiring(plan_id, expires_on), catalogue, today)
            for plan_id, expires_on in boxes
        )
        here = surroundings.here()
        return next_opening(here, catalogue.rules, urgent=urgent).astimezone(UTC)

    async def _take(
        self,
        session: AsyncSession,
        unended: ColumnElement[bool],
        conditions: Sequence[ColumnElement[bool]],
        values: dict[str, Any],
    ) -> Sequence[OrderRow]:
        """Change a batch of unpaid orders; those that a payment or another worker holds are left for later."""
        found = await session.execute(
            select(OrderRow.id)
            .where(unended, *conditions)
            .order_by(OrderRow.payable_until, OrderRow.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        ids = found.scalars().all()
        if not ids:
            return []
        changed = await session.execute(
            update(OrderRow).where(OrderRow.id.in_(ids), unended).values(values).returning(OrderRow)
        )
        return changed.scalars().all()

    async def _give_to_a_person(self, session: AsyncSession, order: OrderRow) -> None:
        """What was paid of an order that expired is not dropped: the operator decides (DOMAIN.md 5)."""
        payments = await session.execute(
            select(PaymentRow).where(
                PaymentRow.order_id == order.id, PaymentRow.counted > 0, PaymentRow.reason.is_(None)
            )
        )
        for payment in payments.scalars():
            payment.reason = ReviewReason.ORDER_EXPIRED.value
            await self._notices.payment(session, payment, None)
