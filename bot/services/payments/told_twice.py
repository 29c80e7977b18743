"""The same money, told of twice: by a bank's statement, and by the callback or another file (DOMAIN.md 8)."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.tables import PaymentRow, StatementEntryRow, StatementRow
from bot.domain.payments import ReviewReason
from bot.domain.statements.book import Told
from bot.domain.statements.entry import EntryKind
from bot.services.payments.ledger import PaymentKind


async def told_twice(session: AsyncSession, rows: Sequence[PaymentRow]) -> Mapping[int, str]:
    """Of payments for orders that were paid already, the earlier one that each probably is: ids by rows' numbers.

    It is one of as much, for the same order, that another source told of within three days; of these two sources, one
    is a statement.
    """
    second = [row for row in rows if row.reason == ReviewReason.DUPLICATE.value and row.order_id is not None]
    if not second:
        return {}
    found = await session.execute(
        select(PaymentRow, StatementRow.format, StatementEntryRow.booked_on)
        .outerjoin(
            StatementEntryRow,
            (StatementEntryRow.payment_id == PaymentRow.payment_id)
            & (StatementEntryRow.kind == EntryKind.CREDIT.value),
        )
        .outerjoin(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(
            PaymentRow.order_id.in_([row.order_id for row in second]),
            PaymentRow.kind == PaymentKind.REGISTERED.value,
            PaymentRow.reversal_id == "",
        )
        .order_by(PaymentRow.id)
    )
    told = [(row, _told(row, format_, booked_on)) for row, format_, booked_on in found]
    by_id = {row.id: each for row, each in told}
    return {
        later.id: earlier.payment_id
        for later in second
        if (mine := by_id.get(later.id)) is not None
        for earlier, other in told
        if earlier.id < later.id
        and (earlier.order_id, earlier.currency) == (later.order_id, later.currency)
        and other.is_probably(mine)
    }


def _told(row: PaymentRow, format_: str | None, booked_on: date | None) -> Told:
    day = rome_day(row.registered_at) if booked_on is None else booked_on
    return Told(row.amount, "" if format_ is None else format_.partition(" ")[0], day)
