"""*Ho pagato*: an order of which its customer says that it is paid, until the money comes or does not (DOMAIN.md 6).

It is one row, whoever asks for it and however often. While it is there the reminders of the order's mailboxes are those
of the last days alone (`bot.services.reminders.batch`). The working day after the payment should have been registered
it is said that nothing has arrived; the row goes with that, and the ladder goes on from there.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MailboxRow, OrderRow, PaymentPromiseRow
from bot.domain.promises import expected
from bot.domain.reminders import may_leave
from bot.services.access import Action
from bot.services.actor import Actor
from bot.services.errors import NothingToExpect
from bot.services.orders.finding import find_open_order, find_order, is_told_of
from bot.services.orders.rows import Promise, promise_of
from bot.services.payments.ledger import counted_so_far
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises, take_card_down
from bot.services.surroundings import Surroundings
from bot.services.watching import look_again, note_asked

BATCH = 50
"""Promises in one transaction."""


class Promises:
    """The payments that were announced."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Keep them in `database`, judged in these `surroundings`; tell through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def say_paid(self, actor: Actor, number: str) -> Promise:
        """Note that an order is paid; said before, it stays as it was said first.

        Raises:
            NotYours: no such order, or not this chat's.
            OrderNotOpen: it does not await payment any more.
            NothingToExpect: by its method a payment is registered at once.
        """
        here, now = self._surroundings.here(), self._surroundings.now()
        async with self._database.write() as session:
            order = await find_open_order(session, actor, number, here.date(), lock=True)
            known = await session.get(PaymentPromiseRow, order.id)
            if known is not None:
                return promise_of(known)
            method = self._surroundings.catalogue.methods.get(order.method_id)
            dates = None if method is None else expected(method, here.date(), here.time())
            if dates is None:
                raise NothingToExpect
            row = PaymentPromiseRow(
                order_id=order.id,
                said_at=now,
                chat_id=actor.chat_id,
                method_id=order.method_id,
                expected_on=dates.on,
                ask_on=dates.ask_on,
            )
            session.add(row)
            await session.flush()
            paid = await counted_so_far(session, order.id)
            await self._notices.payment_promised(session, order, row, paid)
            return promise_of(row)

    async def card_stands(self, actor: Actor, number: str, card_id: int) -> None:
        """The card of the promise is pinned in this chat; where it is over meanwhile, or has another card, that goes.

        Raises:
            NotYours: no such order, or not this chat's.
        """
        now = self._surroundings.now()
        async with self._database.write() as session:
            order = await find_order(session, actor, Action.PAY, number, lock=True)
            row = await session.get(PaymentPromiseRow, order.id)
            if row is None:
                await take_card_down(session, order.id, actor.chat_id, card_id, now)
                return
            if row.card_id is not None and row.card_id != card_id:
                await take_card_down(session, order.id, row.chat_id, row.card_id, now, elsewhere=True)
            row.chat_id, row.card_id = actor.chat_id, card_id

    async def take_back(self, actor: Actor, number: str) -> bool:
        """It is not paid yet after all: the reminders are as before; whether it was said to be.

        Raises:
            NotYours: no such order, or not this chat's.
        """
        async with self._database.write() as session:
            order = await find_order(session, actor, Action.PAY, number, lock=True)
            if not await end_promises(session, [order.id], self._surroundings.now()):
                return False
            await self._look_again(session, order)
            return True

    async def run(self) -> None:
        """Say of every payment that should be here that it is not; again on the same day, nothing."""
        found = BATCH
        while found == BATCH:
            async with self._database.write() as session:
                found = await self._ask(session)

    async def _ask(self, session: AsyncSession) -> int:
        surroundings = self._surroundings
        if not may_leave(surroundings.here(), surroundings.catalogue.rules, urgent=False):
            return 0
        due = await self._due(session, surroundings.today())
        now = surroundings.now()
        for order, promised in due:
            if not await end_promises(session, [order.id], now):
                continue
            if is_told_of(order, surroundings.today()):
                paid = await counted_so_far(session, order.id)
                await self._notices.payment_not_arrived(session, order, promised.expected_on, paid)
                await self._go_on(session, order)
        return len(due)

    async def _due(self, session: AsyncSession, today: date) -> Sequence[tuple[OrderRow, Promise]]:
        """The orders of which it is to be said, held until the transaction ends; another worker's are left to it."""
        rows = await session.execute(
            select(PaymentPromiseRow)
            .where(PaymentPromiseRow.ask_on <= today)
            .order_by(PaymentPromiseRow.ask_on, PaymentPromiseRow.order_id)
            .limit(BATCH)
        )
        promised = {row.order_id: promise_of(row) for row in rows.scalars()}
        orders = await session.execute(
            select(OrderRow)
            .where(OrderRow.id.in_(promised))
            .order_by(OrderRow.id)
            .with_for_update(of=OrderRow, skip_locked=True)
        )
        return [(order, promised[order.id]) for order in orders.scalars()]

    async def _go_on(self, session: AsyncSession, order: OrderRow) -> None:
        """The step of the ladder that has come meanwhile is told by what was just said; later ones come."""
        boxes = await session.execute(
            select(MailboxRow)
            .where(MailboxRow.id.in_([item.mailbox_id for item in order.items]), MailboxRow.gone_on.is_(None))
            .order_by(MailboxRow.id)
            .with_for_update()
        )
        for box in boxes.scalars():
            await note_asked(session, self._surroundings, box)

    async def _look_again(self, session: AsyncSession, order: OrderRow) -> None:
        ids = [item.mailbox_id for item in order.items]
        surroundings = self._surroundings
        await look_again(session, surroundings.catalogue, surroundings.today(), MailboxRow.id.in_(ids))
