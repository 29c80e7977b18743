"""Signed calls, and money of no order, that name an order which goes: they are found by reading them.

Both are sealed, and one thing may have been reported by any number of calls. So they are read one after the other, in
portions and with nothing held, on the few days on which the years of a deleted customer are over.
"""

import json
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, select

from bot.db.among import is_among
from bot.db.engine import Database
from bot.db.tables import CallbackRow, InvoiceCallRow, OrderRow, PaymentRow
from bot.domain.creditor_reference import named_in_reason

_AT_A_TIME: Final = 500
_ANSWERED_WITHIN: Final = timedelta(days=1)
"""Whoever calls has given up long before."""
_CALLS: Final[tuple[type[CallbackRow] | type[InvoiceCallRow], ...]] = (CallbackRow, InvoiceCallRow)


async def payments_naming(database: Database, numbers: Collection[str]) -> set[str]:
    """The ids of payments that are counted for no order and name these orders, and no other that there still is."""
    wanted, found, last = set(numbers), dict[str, set[str]](), 0
    while True:
        async with database.read() as session:
            rows = await session.execute(
                select(PaymentRow.id, PaymentRow.payment_id, PaymentRow.order_text)
                .where(PaymentRow.id > last, PaymentRow.order_id.is_(None))
                .order_by(PaymentRow.id)
                .limit(_AT_A_TIME)
            )
            some = rows.all()
        if not some:
            break
        last = some[-1].id
        for _, payment_id, order_text in some:
            named = set(named_in_reason(order_text))
            if named & wanted:
                found.setdefault(payment_id, set()).update(named - wanted)
    others = set().union(*found.values())
    async with database.read() as session:
        there = set(await session.scalars(select(OrderRow.number).where(OrderRow.number.in_(others))))
    return {payment_id for payment_id, named in found.items() if not named & there}


async def remove_calls(database: Database, names: Collection[str], now: datetime) -> None:
    """Remove the calls that say any of these names anywhere, in what was sent or in what was answered.

    One that has just come in and is not answered yet stays: it is being judged.
    """
    wanted, judged = set(names), now - _ANSWERED_WITHIN
    for table in _CALLS:
        last = 0
        while True:
            async with database.read() as session:
                rows = await session.execute(
                    select(table.id, table.body, table.answer)
                    .where(table.id > last, or_(table.answer.is_not(None), table.received_at < judged))
                    .order_by(table.id)
                    .limit(_AT_A_TIME)
                )
                some = rows.all()
            if not some:
                break
            last = some[-1].id
            gone = [
                call_id
                for call_id, body, answer in some
                if not wanted.isdisjoint([*_texts(_read(body)), *_texts(answer)])
            ]
            if gone:
                async with database.write() as session:
                    await session.execute(delete(table).where(is_among(session, table.id, gone)))


def _read(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _texts(value: Any) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
