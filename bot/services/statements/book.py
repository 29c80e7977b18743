"""Loading what a payer may mean: all that is open, and what is over and may still be named (DOMAIN.md 8)."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final

from sqlalchemy import Select, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import rome_day
from bot.db.among import is_among
from bot.db.base import BigInt
from bot.db.tables import (
    CollectiveOrderRow,
    CollectiveRow,
    MailboxRow,
    OrderItemRow,
    OrderRow,
    PaymentRow,
    StatementEntryRow,
    StatementRow,
)
from bot.domain.mailboxes import Expiring, is_over
from bot.domain.orders import UNENDED, OrderStatus, progress_of
from bot.domain.payments import missing_of
from bot.domain.statements.book import Book, PastPayment, Payable, Told
from bot.domain.statements.entry import EntryKind
from bot.services.payments.ledger import PaymentKind
from bot.services.surroundings import Surroundings

_IN_PARTS: Final = {"yield_per": 500}
"""What is sealed is opened as it is read: after so many rows whoever else has work gets a turn."""
_NAMED_FOR: Final = timedelta(days=800)
"""An order that is over may be named, paid twice, or its payment recalled, for so long after it was placed."""
_NAMED_BY_PAYERS_FOR: Final = timedelta(days=60)
"""For so long after its completion an order is also found by names and addresses: what comes again may be the same."""
_CAME: Final = (PaymentKind.REGISTERED.value, PaymentKind.ASSIGNED.value)
"""Money that came for an order, or that a person found to be for it."""
_ANOTHER_WAY: Final = "reported"
"""Where a payment came from that no statement told of: the callback, or an operator's command."""


async def load_book(session: AsyncSession, surroundings: Surroundings) -> Book:
    """Everything that entries of a statement are compared with, as it is in this transaction."""
    payables = await all_payables(session, surroundings)
    return await asyncio.to_thread(Book, payables)  # its indexes take a while, and others have work


async def all_payables(session: AsyncSession, surroundings: Surroundings) -> Sequence[Payable]:
    """What payers may mean: what is open, and what is over and may still be named."""
    since = surroundings.now() - _NAMED_FOR
    orders = or_(OrderRow.placed_at >= since, OrderRow.status.in_([each.value for each in UNENDED]))
    payables = await _orders(session, surroundings, select(OrderRow.id).where(orders))
    found = await session.execute(
        select(CollectiveRow.number, OrderRow.number)
        .join(CollectiveOrderRow, CollectiveOrderRow.collective_id == CollectiveRow.id)
        .join(OrderRow, OrderRow.id == CollectiveOrderRow.order_id)
        .where(CollectiveRow.created_at >= since)
        .order_by(CollectiveRow.id, OrderRow.id)
    )
    collectives = await _collectives(session, [(number, member) for number, member in found], payables)
    return [*payables.values(), *collectives]


async def book_of(session: AsyncSession, surroundings: Surroundings, *numbers: str) -> Book:
    """The book of these numbers alone, to look once more whether an entry pays one of them.

    With an order go the collective numbers of which it is one, and with these all of their orders.
    """
    own = select(OrderRow.id).where(is_among(session, OrderRow.number, numbers))
    collectives = select(CollectiveRow.id).where(
        or_(
            is_among(session, CollectiveRow.number, numbers),
            CollectiveRow.id.in_(
                select(CollectiveOrderRow.collective_id).where(CollectiveOrderRow.order_id.in_(own))
            ),
        )
    )
    found = await session.execute(
        select(CollectiveRow.number, OrderRow.number)
        .join(CollectiveOrderRow, CollectiveOrderRow.collective_id == CollectiveRow.id)
        .join(OrderRow, OrderRow.id == CollectiveOrderRow.order_id)
        .where(CollectiveRow.id.in_(collectives))
        .order_by(CollectiveRow.id, OrderRow.id)
    )
    pairs = [(each, member) for each, member in found]
    listed = select(CollectiveOrderRow.order_id).where(CollectiveOrderRow.collective_id.in_(collectives))
    wanted = select(OrderRow.id).where(or_(OrderRow.id.in_(own), OrderRow.id.in_(listed)))
    payables = await _orders(session, surroundings, wanted)
    return Book([*payables.values(), *await _collectives(session, pairs, payables)])


async def _orders(
    session: AsyncSession, surroundings: Surroundings, wanted: Select[Any]
) -> Mapping[str, Payable]:
    """The orders with these ids, by their numbers; of those long over, neither names nor addresses are opened."""
    today = surroundings.today()
    open_ones = wanted.where(
        or_(
            OrderRow.status.in_([each.value for each in UNENDED]),
            OrderRow.completed_at >= surroundings.now() - _NAMED_BY_PAYERS_FOR,
        )
    )
    people = await _people(session, open_ones)
    addresses, deleted = await _mailboxes(session, surroundings, open_ones)
    payments = await _payments(session, PaymentRow.order_id, PaymentRow.order_id.in_(wanted))
    counted = (
        select(PaymentRow.order_id, cast(func.sum(PaymentRow.counted), BigInt).label("paid"))
        .where(PaymentRow.order_id.in_(wanted))
        .group_by(PaymentRow.order_id)
        .subquery()
    )
    rows = await session.execute(
        select(
            OrderRow.id,
            OrderRow.number,
            OrderRow.status,
            OrderRow.due,
            OrderRow.payable_until,
            OrderRow.withdrawn_at,
            func.coalesce(counted.c.paid, 0),
        )
        .outerjoin(counted, counted.c.order_id == OrderRow.id)
        .where(OrderRow.id.in_(wanted))
        .order_by(OrderRow.id)
    )
    found = {}
    for order_id, number, stored, due, payable_until, withdrawn_at, paid in rows:
        status = _status(OrderStatus(stored), paid, payable_until, withdrawn_at, today)
        if order_id in deleted and status is OrderStatus.AWAITING_PAYMENT:
            status = (
                OrderStatus.EXPIRED
            )  # money could not save it: what the ledger makes of that, a person looks at
        found[number] = Payable(
            number=number,
            status=status,
            missing=missing_of(due, paid) if status is OrderStatus.AWAITING_PAYMENT else 0,
            names=people.get(order_id, ()),
            addresses=tuple(addresses.get(order_id, ())),
            payments=tuple(payments.get(order_id, ())),
        )
    return found


def _status(
    stored: OrderStatus, paid: int, payable_until: date, withdrawn_at: datetime | None, today: date
) -> OrderStatus:
    if withdrawn_at is not None:
        return OrderStatus.WITHDRAWN
    progress = progress_of(stored, paid, payable_until, today)
    return OrderStatus.AWAITING_PAYMENT if progress.is_open else OrderStatus(progress.value)


async def _people(session: AsyncSession, wanted: Select[Any]) -> Mapping[int, tuple[str, ...]]:
    """The names of whoever may pay an order: its holder's, the business, who stands for it."""
    rows = await session.stream(
        select(OrderRow.id, OrderRow.registrant).where(OrderRow.id.in_(wanted)), execution_options=_IN_PARTS
    )
    return {order_id: _names(registrant) async for order_id, registrant in rows}


def _names(registrant: Mapping[str, Any]) -> tuple[str, ...]:
    person = f"{registrant.get('first_name', '')} {registrant.get('last_name', '')}".strip()
    names = (registrant.get("business_name", ""), person, registrant.get("legal_rep", ""))
    return tuple(name for name in names if name)


async def _mailboxes(
    session: AsyncSession, surroundings: Surroundings, wanted: Select[Any]
) -> tuple[Mapping[int, Sequence[str]], set[int]]:
    """The addresses of the mailboxes of each order, and the orders of which one is gone."""
    today, catalogue = surroundings.today(), surroundings.catalogue
    rows = await session.stream(
        select(
            OrderItemRow.order_id,
            OrderItemRow.address,
            MailboxRow.plan_id,
            MailboxRow.expires_on,
            MailboxRow.gone_on,
        )
        .join(MailboxRow, MailboxRow.id == OrderItemRow.mailbox_id)
        .where(OrderItemRow.order_id.in_(wanted))
        .order_by(OrderItemRow.order_id, OrderItemRow.position),
        execution_options=_IN_PARTS,
    )
    addresses: dict[int, list[str]] = defaultdict(list)
    deleted = set()
    async for order_id, address, plan_id, expires_on, gone_on in rows:
        addresses[order_id].append(address)
        if is_over(Expiring(plan_id, expires_on), gone_on, catalogue, today):
            deleted.add(order_id)
    return addresses, deleted


async def _payments(session: AsyncSession, of: Any, condition: Any) -> Mapping[Any, Sequence[PastPayment]]:
    """What came so far under a condition, by a column `of` of the payment."""
    returns = await _returns(session)
    rows = await session.stream(
        select(
            of,
            PaymentRow.payment_id,
            PaymentRow.amount,
            PaymentRow.registered_at,
            StatementEntryRow.content,
            StatementEntryRow.booked_on,
            StatementRow.format,
        )
        .outerjoin(
            StatementEntryRow,
            (StatementEntryRow.payment_id == PaymentRow.payment_id)
            & (StatementEntryRow.kind == EntryKind.CREDIT.value),
        )
        .outerjoin(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(condition, PaymentRow.kind.in_(_CAME), PaymentRow.reversal_id == "")
        .order_by(PaymentRow.id),
        execution_options=_IN_PARTS,
    )
    found: dict[Any, list[PastPayment]] = defaultdict(list)
    async for which, payment_id, cents, registered_at, references, booked_on, format_ in rows:
        known = references or {}
        back = tuple(returns.get(payment_id, ()))
        found[which].append(
            PastPayment(
                payment_id=payment_id,
                cents=cents - sum(each.cents for each in back),
                source=_source(format_),
                day=_day(booked_on, registered_at),
                reference=known.get("reference", ""),
                end_to_end=known.get("end_to_end", ""),
                returns=back,
            )
        )
    return found


async def _returns(session: AsyncSession) -> Mapping[str, Sequence[Told]]:
    """What went back of each payment, as it was reported."""
    rows = await session.execute(
        select(
            PaymentRow.payment_id,
            PaymentRow.amount,
            PaymentRow.registered_at,
            StatementEntryRow.booked_on,
            StatementRow.format,
        )
        .outerjoin(
            StatementEntryRow,
            (StatementEntryRow.payment_id == PaymentRow.reversal_id)
            & (StatementEntryRow.kind == EntryKind.REVERSAL.value),
        )
        .outerjoin(StatementRow, StatementRow.id == StatementEntryRow.statement_id)
        .where(PaymentRow.kind == PaymentKind.REVERSED.value, PaymentRow.origin_id.is_(None))
    )
    found: dict[str, list[Told]] = defaultdict(list)
    for payment_id, cents, registered_at, booked_on, format_ in rows:
        told = Told(cents, _source(format_), _day(booked_on, registered_at))
        found[payment_id].append(told)
    return found


def _day(booked_on: date | None, registered_at: datetime) -> date:
    return rome_day(registered_at) if booked_on is None else booked_on


def _source(format_: str | None) -> str:
    return _ANOTHER_WAY if format_ is None else source_of(format_)


async def _collectives(
    session: AsyncSession, pairs: Sequence[tuple[str, str]], orders: Mapping[str, Payable]
) -> Sequence[Payable]:
    """Collective numbers with the numbers of their orders, as pairs."""
    members: dict[str, list[str]] = defaultdict(list)
    for number, member in pairs:
        members[number].append(member)
    if not members:
        return []
    payments = await _payments(session, PaymentRow.order_text, PaymentRow.order_id.is_(None))
    found = []
    for number, listed in members.items():
        parts = [orders[member] for member in listed if member in orders]
        missing = sum(part.missing for part in parts)
        found.append(
            Payable(
                number=number,
                status=OrderStatus.AWAITING_PAYMENT if missing else OrderStatus.COMPLETED,
                missing=missing,
                names=_all(part.names for part in parts),
                addresses=_all(part.addresses for part in parts),
                members=tuple(listed),
                payments=tuple(payments.get(number, ())),
            )
        )
    return found


def _all(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What all of them have, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(several)))


def source_of(format_: str) -> str:
    """What a statement of this format is called as a source of payments: `camt.053` whatever its version."""
    return format_.partition(" ")[0].lower()
