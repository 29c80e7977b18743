"""The ledger of payments: what it holds of an order, and the row of a new movement (DOMAIN.md 5).

What a payment is once it is written stays as it is, but for what a person decides of it later: a call that comes
again is answered from it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ScalarSelect, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import BigInt
from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.tables import CallbackRow, OrderRow, PaymentRow
from bot.domain.creditor_reference import named_in_reason
from bot.domain.money import Cents
from bot.domain.payments import Judgement
from bot.services.evidence.of_orders import money_moved


class PaymentKind(StrEnum):
    """Money that came, money that went back, and what of it was moved to another order. The values are stored.

    `REGISTERED` and `REVERSED` are reported; `ASSIGNED` is counted for an order by a person's decision, `RELEASED`
    counts no more for the one that it had been counted for. `ALLOTTED` is an order's part of
    money for a collective number.
    """

    REGISTERED = "registered"
    REVERSED = "reversed"
    ASSIGNED = "assigned"
    RELEASED = "released"
    ALLOTTED = "allotted"


@dataclass(frozen=True, slots=True)
class Money:
    """Money that is to be counted: `cents` above zero, the ISO 4217 currency, and when it was registered."""

    cents: Cents
    currency: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentReport:
    """What somebody says of a payment: the operator's system by a callback, or the operator by a command.

    `payment_id` is the caller's, at most 128 characters, and so is `reversal_id`: which of the payment's reversals
    is meant, empty for a caller that knows of one only. With money that came it says that what had gone back by that
    reversal is here again, as after a dispute that was won; `order` is the reason as the payer wrote it, which
    is kept as `bot.domain.payment_reason` says;
    `cents` is above zero; `currency` is ISO 4217; `method` has at most 64 characters; the instant is aware.
    """

    kind: PaymentKind
    payment_id: str
    order: str
    cents: Cents
    currency: str
    method: str
    registered_at: datetime
    reversal_id: str = ""


async def hold_payment(session: AsyncSession, payment_id: str) -> None:
    """Let nobody else judge this payment, or decide on it, until the transaction ends.

    Whoever also needs its order locks that afterwards, and the order's mailboxes last.
    """
    await hold(session, f"payment:{payment_id}")


async def counted_so_far(session: AsyncSession, order_id: int) -> Cents:
    """The cents that pay an order so far; what was reversed counts no more."""
    counted = await session.scalar(
        select(func.coalesce(func.sum(PaymentRow.counted), 0)).where(PaymentRow.order_id == order_id)
    )
    return int(counted or 0)


def paid_for(order: type[OrderRow]) -> ScalarSelect[int]:
    """What `counted_so_far` says, as a part of a query about orders."""
    return (
        select(cast(func.coalesce(func.sum(PaymentRow.counted), 0), BigInt))
        .where(PaymentRow.order_id == order.id)
        .correlate(order)
        .scalar_subquery()
    )


async def reported(
    session: AsyncSession, payment_id: str, kind: PaymentKind, reversal_id: str = ""
) -> PaymentRow | None:
    """What the ledger holds of a report, which these three make the same; None where it was never made."""
    rows = await session.execute(
        select(PaymentRow).where(
            PaymentRow.payment_id == payment_id,
            PaymentRow.kind == kind.value,
            PaymentRow.reversal_id == reversal_id,
            PaymentRow.origin_id.is_(None),
        )
    )
    return rows.scalar_one_or_none()


def new_movement(
    report: PaymentReport, order: OrderRow | None, order_text: str, judgement: Judgement, now: datetime
) -> PaymentRow:
    """The row of a movement of money, for `order` where there is one; `order_text` is what it is called in answers."""
    return PaymentRow(
        payment_id=report.payment_id,
        reversal_id=report.reversal_id,
        kind=report.kind.value,
        order_id=None if order is None else order.id,
        order_text=order_text,
        amount=report.cents,
        currency=report.currency,
        method=report.method,
        registered_at=report.registered_at,
        received_at=now,
        outcome=judgement.outcome.value,
        reason=None if judgement.reason is None else judgement.reason.value,
        counted=judgement.counted,
        refund=judgement.refund,
        missing=judgement.missing,
    )


async def enter(session: AsyncSession, row: PaymentRow) -> None:
    """Write a movement into the ledger, and into the evidence of its order."""
    session.add(row)
    await session.flush()
    await money_moved(session, row)


def says_the_same(row: PaymentRow, report: PaymentReport) -> bool:
    """Whether a report tells of a movement what the ledger holds of it.

    The order of a reversal, and of money that came again, is the one of its payment, whatever the report calls it.
    """
    if (row.amount, row.currency) != (report.cents, report.currency):
        return False
    if report.kind is PaymentKind.REVERSED or report.reversal_id or row.order_text == report.order:
        return True
    return row.order_text in named_in_reason(report.order)


async def last_callback(database: Database) -> datetime | None:
    """When the last signed call came in; None before the first. The operator's system may have gone silent."""
    async with database.read() as session:
        return await session.scalar(select(CallbackRow.received_at).order_by(CallbackRow.id.desc()).limit(1))
