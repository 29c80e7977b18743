"""What waits to be sent to a customer, or was sent lately: it goes, but for what is still owed (DOMAIN.md 7).

The keys of the outbox say what each row is about; what stands in the rows is sealed. Events stay: they are for the
operator's own books, and are about orders that stay too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.tables import (
    CustomerRow,
    EmailChangeRow,
    LinkTokenRow,
    LoginCodeRow,
    OrderRow,
    OutboxRow,
    OwedNoticeRow,
    PaymentRow,
)
from bot.services.sending.outbox import Channel
from bot.services.sending.owed import KEY_OF_NOTICE
from bot.services.sending.undelivered import Telling

_AT_A_TIME: Final = 500
_FORGOTTEN: Final = "the customer's data were deleted"
_OF_CUSTOMER: Final = frozenset({"remind", "notice", "space", "silenced"})
_OF_MAILBOX: Final = frozenset({"automatic-on", "automatic-off", "renewal-declined", "renewal-wanted"})
_OF_CHANGE: Final = frozenset({"email-changed", "email-restored"})


@dataclass(frozen=True, slots=True)
class Names:
    """What the keys call a customer and what is its: numbers of rows as text, orders by their own number.

    Of the orders those that nothing came of are `emptied`: of these nobody is owed a word any more.
    """

    customer: str
    orders: Collection[str]
    emptied: Collection[str]
    mailboxes: Collection[str]
    changes: Collection[str]
    codes: Collection[str]
    tokens: Collection[str]
    payments: Collection[str]

    def are_in(self, key: str) -> bool:
        """Whether a row with this key is about any of them."""
        kind, _, rest = key.partition(":")
        of = rest.partition(":")[0]
        numbers: dict[str, Collection[str]] = {
            **dict.fromkeys(_OF_CUSTOMER, (self.customer,)),
            **dict.fromkeys(_OF_MAILBOX, self.mailboxes),
            **dict.fromkeys(_OF_CHANGE, self.changes),
            "login": self.codes,
            "partial": self.payments,
            "joined": self.tokens,
        }
        by_code = kind == "joined" and of.endswith(f"-{self.customer}")
        return of in self.orders or of in numbers.get(kind, ()) or by_code


def is_shared(customer: CustomerRow) -> ColumnElement[bool]:
    """Whether another customer has the same reference e-mail: what is kept by it alone is not this one's."""
    return exists().where(CustomerRow.email_index == customer.email_index, CustomerRow.id != customer.id)


async def names_of(
    session: AsyncSession, customer: CustomerRow, mailbox_ids: Collection[int], emptied: Collection[int]
) -> Names:
    """What they are called by; tokens and codes are still there. `emptied` are ids of orders that nothing came of."""
    customer_id = customer.id
    orders = (
        await session.execute(select(OrderRow.id, OrderRow.number).where(OrderRow.customer_id == customer_id))
    ).all()
    changes = await session.scalars(
        select(EmailChangeRow.id).where(EmailChangeRow.customer_id == customer_id)
    )
    codes = await session.scalars(
        select(LoginCodeRow.id).where(
            or_(
                LoginCodeRow.customer_id == customer_id,
                and_(LoginCodeRow.email_index == customer.email_index, ~is_shared(customer)),
            )
        )
    )
    tokens = await session.scalars(select(LinkTokenRow.id).where(LinkTokenRow.customer_id == customer_id))
    payments = await session.scalars(
        select(PaymentRow.id).where(PaymentRow.order_id.in_([order.id for order in orders]))
    )
    return Names(
        customer=str(customer_id),
        orders=frozenset(order.number for order in orders),
        emptied=frozenset(order.number for order in orders if order.id in emptied),
        mailboxes=frozenset(map(str, mailbox_ids)),
        changes=frozenset(map(str, changes)),
        codes=frozenset(map(str, codes)),
        tokens=frozenset(map(str, tokens)),
        payments=frozenset(map(str, payments)),
    )


async def remove(session: AsyncSession, names: Names, chats: Collection[int], now: datetime) -> None:
    """Remove what is about the customer, and all that goes or went to these chats, which are its alone.

    What waits and is owed about an order, a receipt of a withdrawal for one, is sent all the same. A notice of an
    automatic renewal, which is off by now, has an end.

    Whoever settles a message holds its notices first, then the message, then the chain in which it is proved: so
    whoever calls this holds none of these chains yet.
    """
    going: dict[int, str] = {}
    last = 0
    while True:
        found = await session.execute(
            select(OutboxRow.id, OutboxRow.key, OutboxRow.chat_id, OutboxRow.settled_at)
            .where(OutboxRow.id > last, OutboxRow.channel != Channel.EVENT.value)
            .order_by(OutboxRow.id)
            .limit(_AT_A_TIME * 10)
        )
        rows = found.all()
        if not rows:
            break
        last = rows[-1].id
        mine = [row for row in rows if row.chat_id in chats or names.are_in(row.key)]
        mine = [row for row in mine if ":operator" not in row.key]
        owed = await _owed(session, names, [row.id for row in mine if row.settled_at is None])
        going |= {row.id: row.key for row in mine if row.id not in owed}
    told = [key for key in going.values() if key.startswith(KEY_OF_NOTICE)]
    await _hold(session, OwedNoticeRow.id, OwedNoticeRow.key, told)
    await _hold(session, OutboxRow.id, OutboxRow.id, list(going))
    ids = list(going)
    for start in range(0, len(ids), _AT_A_TIME):
        gone = await session.scalars(
            delete(OutboxRow)
            .where(OutboxRow.id.in_(ids[start : start + _AT_A_TIME]))
            .returning(OutboxRow.key)
        )
        notices = [key for key in gone if key.startswith(KEY_OF_NOTICE)]
        if notices:
            await session.execute(
                update(OwedNoticeRow)
                .where(OwedNoticeRow.key.in_(notices), OwedNoticeRow.outcome.is_(None))
                .values(outcome="obsolete", settled_at=now, reason=_FORGOTTEN)
            )


async def _hold(
    session: AsyncSession,
    number: InstrumentedAttribute[int],
    named: InstrumentedAttribute[Any],
    names: Sequence[Any],
) -> None:
    """Hold rows in the order of their numbers, as everybody does who holds several."""
    for start in range(0, len(names), _AT_A_TIME):
        some = names[start : start + _AT_A_TIME]
        await session.execute(select(number).where(named.in_(some)).order_by(number).with_for_update())


async def _owed(session: AsyncSession, names: Names, ids: Collection[int]) -> set[int]:
    """Those of the waiting rows that tell what a customer is owed about an order of which something came."""
    if not ids:
        return set()
    found = await session.execute(
        select(OutboxRow.id, OutboxRow.key, OutboxRow.payload).where(OutboxRow.id.in_(ids))
    )
    tellings = ((row.id, Telling.of(row.key, row.payload)) for row in found)
    return {
        row_id
        for row_id, telling in tellings
        if telling is not None and telling.told.order.number not in names.emptied
    }
