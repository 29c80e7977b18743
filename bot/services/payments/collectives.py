"""Collective numbers: one transfer pays several orders (DOMAIN.md 4).

Money for one is a movement of its own that counts for no order, and one `allotted` to each order that it reaches::

    registered  100.00  counted  0.00 for no order     the answer of the call; what is left over waits here
    allotted     36.48  counted 36.48 for A
    allotted     42.58  counted 42.58 for B
    allotted     20.94  counted 20.94 for C
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import CollectiveOrderRow, CollectiveRow, MailboxRow, OrderItemRow, OrderRow, PaymentRow
from bot.domain.collective import Member, due_of, judge_collective
from bot.domain.money import Cents
from bot.domain.order_number import one_number_in
from bot.domain.orders import OrderStatus
from bot.domain.payments import Judgement
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.errors import NotYours, OrderNotOpen
from bot.services.evidence.of_orders import hold_chains
from bot.services.payments.assignments import follow_up
from bot.services.payments.completion import any_deleted, count_money, standing_of
from bot.services.payments.ledger import Money, PaymentKind, PaymentReport, enter
from bot.services.payments.numbers import draw_number
from bot.services.payments.told_twice import told_before
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Collective:
    """A collective number, the numbers of its orders, the soonest expiry first, and the cents still asked for."""

    number: str
    orders: tuple[str, ...]
    due: Cents


@dataclass(frozen=True, slots=True)
class Counted:
    """A payment for a collective number: how it is judged, and what of it each order takes, as judged there."""

    judgement: Judgement
    parts: tuple[tuple[OrderRow, Cents, Judgement], ...]

    async def enter(
        self,
        session: AsyncSession,
        notices: Notices,
        origin: PaymentRow,
        report: PaymentReport,
        now: datetime,
    ) -> None:
        """Write the rows of the parts, which follow from the row of the payment, and tell their customers.

        What a person has to decide stands at the row of the payment.
        """
        for order, cents, judgement in self.parts:
            part = replace(report, kind=PaymentKind.ALLOTTED, order=order.number, cents=cents)
            row = follow_up(origin, order, part, replace(judgement, reason=None), now)
            await enter(session, row)
            await notices.payment(session, row, order)


class Collectives:
    """Where collective numbers are made."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Keep them in `database`."""
        self._database = database
        self._surroundings = surroundings

    async def create(self, actor: Actor, numbers: Sequence[str]) -> Collective:
        """The collective number of these orders; asked again for the same ones, the same number.

        Args:
            actor: the chat that asks; it may order for the customers of all of them.
            numbers: of the orders, as a person may type them, at least one.

        Raises:
            NotYours: one is not this chat's, or no order.
            OrderNotOpen: one awaits no payment, or can no longer be saved by one.
            InvalidOrderNumber: one was mistyped.
        """
        wanted = {one_number_in(number) for number in numbers}
        async with self._database.write() as session:
            found = await session.execute(
                select(OrderRow)
                .where(OrderRow.number.in_(wanted), may(actor.chat_id, Action.RENEW, OrderRow.customer_id))
                .order_by(OrderRow.id)
                .with_for_update(of=OrderRow)
            )
            orders = {row.id: row for row in found.scalars()}
            if not wanted or len(orders) != len(wanted):
                raise NotYours
            members = await _members(session, self._surroundings, list(orders.values()), lock=False)
            if not all(member.is_payable for member in members):
                raise OrderNotOpen
            number = await self._same(session, set(orders)) or await self._new(session, actor, orders)
        members = sorted(members, key=lambda each: (each.expires_on, each.order))
        return Collective(number, tuple(orders[each.order].number for each in members), due_of(members))

    async def _same(self, session: AsyncSession, order_ids: set[int]) -> str | None:
        """The number that exactly these orders have already; their rows are held, so that nobody makes another."""
        with_one = select(CollectiveOrderRow.collective_id).where(
            CollectiveOrderRow.order_id == min(order_ids)
        )
        found = await session.execute(
            select(CollectiveRow.number, CollectiveOrderRow.order_id)
            .join(CollectiveOrderRow, CollectiveOrderRow.collective_id == CollectiveRow.id)
            .where(CollectiveRow.id.in_(with_one))
            .order_by(CollectiveRow.id)
        )
        lists: dict[str, set[int]] = {}
        for number, order_id in found:
            lists.setdefault(number, set()).add(order_id)
        return next((number for number, ids in lists.items() if ids == order_ids), None)

    async def _new(self, session: AsyncSession, actor: Actor, order_ids: Iterable[int]) -> str:
        row = CollectiveRow(
            number=await draw_number(session), chat_id=actor.chat_id, created_at=self._surroundings.now()
        )
        session.add(row)
        await session.flush()
        session.add_all(CollectiveOrderRow(collective_id=row.id, order_id=each) for each in order_ids)
        await session.flush()
        return row.number


async def collective_of(session: AsyncSession, number: str) -> CollectiveRow | None:
    """The collective number that is written so exactly; None where there is none."""
    found = await session.execute(select(CollectiveRow).where(CollectiveRow.number == number))
    return found.scalar_one_or_none()


async def orders_of(
    session: AsyncSession, collective: CollectiveRow, *, also: int | None = None, lock: bool = False
) -> Sequence[OrderRow]:
    """The orders of a collective number, by their ids; `also` is one more that is locked with them."""
    listed = select(CollectiveOrderRow.order_id).where(CollectiveOrderRow.collective_id == collective.id)
    query = select(OrderRow).where(or_(OrderRow.id.in_(listed), OrderRow.id == also)).order_by(OrderRow.id)
    found = (await session.execute(query.with_for_update() if lock else query)).scalars().all()
    ids = set((await session.execute(listed)).scalars())
    return [row for row in found if row.id in ids]


async def due_of_collective(
    session: AsyncSession, surroundings: Surroundings, collective: CollectiveRow
) -> Cents:
    """The cents still asked for by a collective number."""
    orders = await orders_of(session, collective)
    return due_of(await _members(session, surroundings, orders, lock=False))


async def count_for_collective(
    session: AsyncSession,
    surroundings: Surroundings,
    notices: Notices,
    collective: CollectiveRow,
    money: Money,
    *,
    reversed_before: bool = False,
    compare: bool = False,
    also: int | None = None,
) -> Counted:
    """Judge money for a collective number, allot it, and complete what it completes; the ledger is the caller's.

    Args:
        session: the transaction that records the money.
        surroundings: the time and the catalogue.
        notices: who is told that a mailbox renews itself from now on, or does not any more.
        collective: what the money was paid for.
        money: what arrived.
        reversed_before: this very payment is known to have gone back.
        compare: whether a person is asked where a bank's statement has told of as much (DOMAIN.md 8).
        also: the order that the money was counted for before, locked with the others.
    """
    # 1. Orders are held, then their mailboxes, then their evidence: each in the order of their ids, as everybody does.
    orders = {row.id: row for row in await orders_of(session, collective, also=also, lock=True)}
    members = await _members(session, surroundings, list(orders.values()), lock=True)
    await hold_chains(session, orders.values())
    # 2. The table of DOMAIN.md 5, and the division.
    told = compare and await told_before(session, money, collective.number)
    judged = judge_collective(
        members, money.cents, money.currency, reversed_before=reversed_before, told_before=told
    )
    # 3. Each part is money for its order, like any other.
    parts = []
    for part in judged.parts:
        order = orders[part.order]
        taken = await count_money(session, surroundings, notices, order, replace(money, cents=part.cents))
        parts.append((order, part.cents, taken))
    return Counted(judged.judgement, tuple(parts))


async def _members(
    session: AsyncSession, surroundings: Surroundings, orders: Sequence[OrderRow], *, lock: bool
) -> list[Member]:
    waiting = [row.id for row in orders if row.status == OrderStatus.AWAITING_PAYMENT.value]
    items = select(OrderItemRow.mailbox_id).where(OrderItemRow.order_id.in_(waiting))
    query = select(MailboxRow).where(MailboxRow.id.in_(items)).order_by(MailboxRow.id)
    found = await session.execute(query.with_for_update() if lock else query)
    boxes = {row.id: row for row in found.scalars()}
    members = []
    for order in orders:
        own = [boxes[item.mailbox_id] for item in order.items if item.mailbox_id in boxes]
        deleted = order.id in waiting and any_deleted(own, surroundings)
        standing = await standing_of(session, order, mailbox_deleted=deleted)
        members.append(Member(order.id, standing, min(item.old_expiry for item in order.items)))
    return members
