"""The same money, told of twice: by a bank's statement, and by the callback or another file (DOMAIN.md 8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import (
    CollectiveOrderRow,
    CollectiveRow,
    PaymentRow,
    StatementEntryRow,
    StatementRow,
)
from bot.domain.money import Cents
from bot.domain.payments import ReviewReason
from bot.domain.statements.book import Told
from bot.domain.statements.entry import EntryKind
from bot.services.payments.ledger import Money, PaymentKind

_SECOND = (ReviewReason.DUPLICATE.value, ReviewReason.TOLD_TWICE.value)


async def told_before(session: AsyncSession, money: Money, number: str, order_id: int | None = None) -> bool:
    """Whether a bank's statement has told of as much within three days as a callback or a command now does.

    The transaction holds what is paid: the order of this id, or without one the orders of a collective number.
    """
    order_ids = [] if order_id is None else [order_id]
    collective = await _collective_numbers(session, order_ids)
    numbers = {number, *(each for several in collective.values() for each in several)}
    mine = Told(money.cents, "", rome_day(money.registered_at))
    return any(
        earlier.currency == money.currency and _is_for(earlier, order_id, numbers) and other.is_probably(mine)
        for earlier, other in await _told_so_far(session, order_ids, [money.cents])
    )


async def told_twice(session: AsyncSession, rows: Sequence[PaymentRow]) -> Mapping[int, str]:
    """Of payments that are probably told of for the second time, the earlier ones: ids by rows' numbers.

    Another source told of as much within three days, for the same order, the same collective number, or one of which
    the order is; of these two sources, one is a statement.
    """
    second = [row for row in rows if row.reason in _SECOND]
    if not second:
        return {}
    numbers = await _collective_numbers(session, [row.order_id for row in second if row.order_id is not None])
    orders = [row.order_id for row in second if row.order_id is not None]
    told = await _told_so_far(session, orders, [row.amount for row in second])
    by_id = {row.id: each for row, each in told}
    return {
        later.id: earlier.payment_id
        for later in second
        if (mine := by_id.get(later.id)) is not None
        for earlier, other in told
        if earlier.id < later.id
        and earlier.currency == later.currency
        and _is_for(earlier, later.order_id, _named_by(later, numbers))
        and other.is_probably(mine)
    }


async def _told_so_far(
    session: AsyncSession, order_ids: Collection[int], amounts: Collection[Cents]
) -> Sequence[tuple[PaymentRow, Told]]:
    """What was told of money for these orders, and of money of as much for collective numbers; the oldest first."""
    found = await session.execute(
        select(PaymentRow, StatementRow.format, StatementEntryRow.booked_on)
        .outerjoin(
            StatementEntryRow,
            (StatementEntryRow.payment_id == PaymentRow.payment_id)
            & (StatementEntryRow.kind == EntryKind.CREDIT.value),
        )
        .outerjoin(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(
            or_(
                PaymentRow.order_id.in_(order_ids),
                PaymentRow.order_id.is_(None) & PaymentRow.amount.in_(amounts),
            ),
            PaymentRow.kind == PaymentKind.REGISTERED.value,
            PaymentRow.reversal_id == "",
        )
        .order_by(PaymentRow.id)
    )
    return [(row, _told(row, format_, booked_on)) for row, format_, booked_on in found]


def _is_for(payment: PaymentRow, order_id: int | None, numbers: Collection[str]) -> bool:
    """Whether a payment is for this order, or for one of these collective numbers."""
    return payment.order_text in numbers if payment.order_id is None else payment.order_id == order_id


def _named_by(row: PaymentRow, numbers: Mapping[int, Collection[str]]) -> Collection[str]:
    """The collective numbers that a payment may be for, of `numbers` those of its order."""
    return (row.order_text,) if row.order_id is None else numbers.get(row.order_id, ())


async def _collective_numbers(
    session: AsyncSession, order_ids: Collection[int]
) -> Mapping[int, Collection[str]]:
    if not order_ids:
        return {}
    found = await session.execute(
        select(CollectiveOrderRow.order_id, CollectiveRow.number)
        .join(CollectiveRow, CollectiveRow.id == CollectiveOrderRow.collective_id)
        .where(CollectiveOrderRow.order_id.in_(order_ids))
    )
    numbers: dict[int, set[str]] = defaultdict(set)
    for order_id, number in found:
        numbers[order_id].add(number)
    return numbers


def _told(row: PaymentRow, format_: str | None, booked_on: date | None) -> Told:
    day = rome_day(row.registered_at) if booked_on is None else booked_on
    return Told(row.amount, "" if format_ is None else format_.partition(" ")[0], day)
