"""Payments: each is recorded, judged and acted on once (DOMAIN.md 5).

A call is stored first, in a transaction of its own; judging it, the ledger, the order, the mailboxes and everything
that has to be told are one second transaction. A call that comes again, by its own id or by the payment's, is answered
as it was the first time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CallbackRow, MailboxRow, OrderItemRow, OrderRow, PaymentRow
from bot.db.upsert import insert_if_absent
from bot.domain.calendar import add_years
from bot.domain.mailboxes import deletion_date
from bot.domain.money import Cents, amount
from bot.domain.order_number import InvalidOrderNumber, parse_number
from bot.domain.orders import OrderStatus
from bot.domain.payments import (
    Judgement,
    PaymentOutcome,
    ReviewReason,
    Standing,
    judge_payment,
)
from bot.services.ledger import counted_so_far
from bot.services.notices import Notices
from bot.services.surroundings import Surroundings


class PaymentKind(StrEnum):
    """Money that came, and money that went back. The values are stored."""

    REGISTERED = "registered"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What somebody says of a payment: the operator's system by a callback, or the operator by a command.

    `cents` is above zero; `order` is the order's number as it was written; the instant is aware.
    """

    kind: PaymentKind
    payment_id: str
    order: str
    cents: Cents
    currency: str
    method: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What a report is answered: the outcome, the order as it was understood, and the cents still missing."""

    outcome: PaymentOutcome
    order: str
    due: Cents

    def to_json(self) -> dict[str, str]:
        """The answer of the callback's contract."""
        return {"outcome": self.outcome.value, "order": self.order, "due": amount(self.due)}


class Payments:
    """The ledger, and what follows from it."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep the ledger in `database`; whoever has to know is told through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def receive(self, webhook_id: str, body: dict[str, Any], report: PaymentReport) -> PaymentAnswer:
        """Take a signed call: store it, then judge it. The same id again is answered alike and changes nothing.

        When this returns, all that follows from the payment is stored. When it raises, the call is at most stored,
        and is judged when it comes again.
        """
        now = self._surroundings.now()
        async with self._database.write() as session:
            await insert_if_absent(
                session, CallbackRow, {"webhook_id": webhook_id, "received_at": now, "body": body}
            )
        async with self._database.write() as session:
            call = (
                await session.execute(
                    select(CallbackRow).where(CallbackRow.webhook_id == webhook_id).with_for_update()
                )
            ).scalar_one()
            if call.answer is not None:
                return _from_stored(call.answer)
            answer = await self._record(session, report)
            call.answer = {"outcome": answer.outcome.value, "order": answer.order, "due": answer.due}
            return answer

    async def register(self, report: PaymentReport) -> PaymentAnswer:
        """Take a report of the operator's own, who needs no signature; the same payment id again changes nothing."""
        async with self._database.write() as session:
            return await self._record(session, report)

    async def _record(self, session: AsyncSession, report: PaymentReport) -> PaymentAnswer:
        # The order's row is the lock: two payments of one order are judged one after the other.
        order = await self._order(session, report.order)
        known = await session.scalar(
            select(PaymentRow).where(
                PaymentRow.payment_id == report.payment_id, PaymentRow.kind == report.kind.value
            )
        )
        if known is not None:
            return PaymentAnswer(PaymentOutcome(known.outcome), known.order_text, known.missing)
        if report.kind is PaymentKind.REVERSED:
            row = await self._reverse(session, order, report)
        else:
            row = await self._count(session, order, report)
        session.add(row)
        await session.flush()
        await self._notices.payment(session, row, order)
        return PaymentAnswer(PaymentOutcome(row.outcome), row.order_text, row.missing)

    async def _count(
        self, session: AsyncSession, order: OrderRow | None, report: PaymentReport
    ) -> PaymentRow:
        paid = 0 if order is None else await counted_so_far(session, order.id)
        standing = None
        if order is not None:
            standing = Standing(
                OrderStatus(order.status), order.due, paid, await self._any_deleted(session, order)
            )
        judgement = judge_payment(standing, report.cents, report.currency)
        if order is not None and judgement.outcome is PaymentOutcome.COMPLETED:
            await self._complete(session, order)
        return self._row(order, report, judgement)

    async def _reverse(
        self, session: AsyncSession, order: OrderRow | None, report: PaymentReport
    ) -> PaymentRow:
        """Record money that went back. What it had paid counts no more; an expiry is not moved back by itself."""
        original = await session.scalar(
            select(PaymentRow).where(
                PaymentRow.payment_id == report.payment_id,
                PaymentRow.kind == PaymentKind.REGISTERED.value,
            )
        )
        judgement = Judgement(PaymentOutcome.REVERSED, 0, 0, ReviewReason.REVERSED)
        row = self._row(order, report, judgement)
        row.counted = 0 if original is None else -min(original.counted, report.cents)
        if order is not None and order.status == OrderStatus.AWAITING_PAYMENT.value:
            row.missing = max(order.due - await counted_so_far(session, order.id) - row.counted, 0)
        return row

    def _row(self, order: OrderRow | None, report: PaymentReport, judgement: Judgement) -> PaymentRow:
        counts = judgement.outcome in {PaymentOutcome.COMPLETED, PaymentOutcome.PARTIAL}
        return PaymentRow(
            payment_id=report.payment_id,
            kind=report.kind.value,
            order_id=None if order is None else order.id,
            order_text=report.order if order is None else order.number,
            amount=report.cents,
            currency=report.currency,
            method=report.method,
            registered_at=report.registered_at,
            received_at=self._surroundings.now(),
            outcome=judgement.outcome.value,
            reason=None if judgement.reason is None else judgement.reason.value,
            counted=report.cents - judgement.refund if counts else 0,
            refund=judgement.refund,
            missing=judgement.missing,
        )

    async def _complete(self, session: AsyncSession, order: OrderRow) -> None:
        """Complete the order, and give every mailbox what was ordered (DOMAIN.md 4: only now the expiry moves)."""
        changed = await session.execute(
            update(OrderRow)
            .where(OrderRow.id == order.id, OrderRow.status == OrderStatus.AWAITING_PAYMENT.value)
            .values(status=OrderStatus.COMPLETED.value, completed_at=self._surroundings.now())
            .returning(OrderRow.id)
        )
        changed.scalar_one()
        for item in order.items:
            mailbox = await session.get_one(MailboxRow, item.mailbox_id, with_for_update=True)
            if mailbox.expires_on != item.old_expiry:
                # The operator's file moved the date meanwhile: the years paid for run from there.
                item.new_expiry = add_years(mailbox.expires_on, order.years)
            mailbox.expires_on = item.new_expiry
            mailbox.plan_id = item.plan_id
            mailbox.extra_mailbox_gb = item.extra_mailbox_gb
            mailbox.extra_archive_gb = item.extra_archive_gb
            mailbox.auto_renew = order.auto_renew
            mailbox.promotion_id = None
            item.open = False
        await session.flush()
        await session.refresh(order)

    async def _order(self, session: AsyncSession, number: str) -> OrderRow | None:
        try:
            exact = parse_number(number)
        except InvalidOrderNumber:
            return None
        found = await session.execute(select(OrderRow).where(OrderRow.number == exact).with_for_update())
        return found.scalar_one_or_none()

    async def _any_deleted(self, session: AsyncSession, order: OrderRow) -> bool:
        expiries = await session.execute(
            select(MailboxRow.expires_on)
            .join(OrderItemRow, OrderItemRow.mailbox_id == MailboxRow.id)
            .where(OrderItemRow.order_id == order.id)
        )
        today, catalogue = self._surroundings.today(), self._surroundings.catalogue
        return any(today > deletion_date(expiry, catalogue) for expiry in expiries.scalars())


def _from_stored(record: dict[str, Any]) -> PaymentAnswer:
    return PaymentAnswer(PaymentOutcome(record["outcome"]), record["order"], record["due"])
