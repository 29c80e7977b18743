"""The demo's time machine: it moves the clock to what happens next to somebody, and lets the bot do what is due.

A lease in the outbox is measured by the clock. It is moved while nothing is being sent, and while nobody can begin to
send: otherwise a message would look as if its sender had died, and leave once more.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import ROME, rome_day
from bot.db.tables import (
    ChatCustomerRow,
    MailboxRow,
    OrderItemRow,
    OrderRow,
    OutboxRow,
    PaymentPromiseRow,
)
from bot.demo.timeline import BoxAhead, OrderAhead, Stop, next_stop
from bot.demo.travel_clock import TravelClock
from bot.domain.orders import OrderStatus
from bot.domain.reminders import Subject
from bot.messages.told import AboutOrder, OrderExpired, OrderExpiring, PaymentNotArrived, Told, read_told
from bot.playground.leaps import Happening, What
from bot.playground.travels import StillBusyError
from bot.playground.world import World
from bot.runtime import Running
from bot.services.reminders.filling import SPACE_MESSAGE, SpaceLetter
from bot.services.reminders.letters import MESSAGE, Letter
from bot.services.sending.outbox import Channel, Result

PATIENCE_SECONDS = 60.0
"""How long is waited until nothing is being sent any more."""
_LOOK_AGAIN_SECONDS = 0.05
_MOST_LOOKS = 400
"""Days that are passed in one go because nothing is said on them: more than a year has."""

_REMINDERS = {
    Subject.RENEW: What.REMINDER,
    Subject.OWN_DOMAIN: What.REMINDER,
    Subject.AWAITING_PAYMENT: What.PAYMENT_REMINDER,
    Subject.AWAITING_DECISION: What.PAYMENT_REMINDER,
    Subject.AUTOMATIC: What.AUTOMATIC_NOTICE,
    Subject.NOT_CHARGED: What.NOT_CHARGED,
    Subject.DELETED: What.DELETED,
}
_ORDERS: Mapping[type[Told], What] = {
    OrderExpiring: What.ORDER_EXPIRING,
    OrderExpired: What.ORDER_EXPIRED,
    PaymentNotArrived: What.PAYMENT_NOT_ARRIVED,
}
_UNSAID = (Result.OBSOLETE.value, Result.UNREACHABLE.value)


class DemoTimeMachine:
    """Moves the demo's clock from event to event of one person; everybody else only grows older."""

    def __init__(self, clock: TravelClock, zone: ZoneInfo, customers: Mapping[int, int]) -> None:
        """Move `clock`.

        Args:
            clock: what everything in the demo goes by.
            zone: where the page shows times.
            customers: whom each person's chat stands for until it speaks for somebody, by the chat's number.
        """
        self._clock = clock
        self._zone = zone
        self._invited = customers
        self._parts: tuple[World, Running] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def zone(self) -> str:
        """The zone in which the page shows times."""
        return self._zone.key

    def now(self) -> datetime:
        """What time it is in the demo."""
        return self._clock.now()

    def begin(self, world: World, running: Running) -> None:
        """Work on this bot from now on; before, every leap is refused as too early."""
        self._parts = (world, running)

    async def peek(self, chat_id: int) -> Stop | None:
        """The next stop of a chat's person, without going there.

        Raises:
            StillBusyError: the bot has not begun.
        """
        _, running = self._begun()
        here = self._clock.now().astimezone(ROME)
        async with running.database.read() as session:
            customers = await self._customers(session, chat_id)
            boxes = [box for _, box in await _boxes(session, customers)]
            orders = await self._orders(session, customers)
        return next_stop(boxes, orders, running.conversation.services.surroundings.catalogue, here)

    async def on_to_next(self, chat_id: int, moved: Callable[[], None]) -> tuple[Happening, ...]:
        """Go on to the next event of a chat's person, and return what happened; nothing when nothing more will.

        Whoever asks meanwhile waits for it to be over, and goes on from there.

        Raises:
            StillBusyError: something does not come to rest; the clock is where it was.
        """
        async with self._one_at_a_time:
            for _ in range(_MOST_LOOKS):
                stop = await self.peek(chat_id)
                if stop is None:
                    break
                last = await self._jump(stop.moment)
                moved()
                told = await self._act(chat_id, last)
                if stop.facts or told:
                    said = {each.what for each in told}  # what is told of needs no line besides
                    return (*(fact for fact in stop.facts if fact.what not in said), *told)
        return ()

    async def wait_until(self, chat_id: int, moment: datetime) -> None:
        """Let it be that moment, and whatever is due by then have happened; one that has passed changes nothing.

        Raises:
            StillBusyError: something does not come to rest; the clock is where it was.
        """
        async with self._one_at_a_time:
            await self._act(chat_id, await self._jump(moment))

    def _begun(self) -> tuple[World, Running]:
        if self._parts is None:
            raise StillBusyError("the bot has not begun")
        return self._parts

    async def _jump(self, moment: datetime) -> int:
        """Move the clock as soon as nothing is on its way; return the number of the last message before."""
        world, running = self._begun()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    # Nobody can claim anything as long as this transaction is open.
                    async with running.database.write() as session:
                        if not world.waiting_updates and not await self._in_flight(session):
                            last = await session.scalar(select(func.max(OutboxRow.id)))
                            self._clock.reach(moment)
                            return last or 0
                    await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        except TimeoutError:
            raise StillBusyError("something is still being done or sent") from None

    async def _act(self, chat_id: int, last: int) -> tuple[Happening, ...]:
        """Do what is due by now, wait until it was sent, and return what this person was told of it."""
        _, running = self._begun()
        services = running.conversation.services
        await services.expiring.run()
        await services.promises.run()
        await services.reminders.run()
        await services.announcements.run()
        await self._rest()
        async with running.database.read() as session:
            return await self._told(session, chat_id, last)

    async def _rest(self) -> None:
        """Wait until what is due was sent, or as long as is reasonable."""
        _, running = self._begun()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    async with running.database.read() as session:
                        if not await self._in_flight(session):
                            return
                    await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        except TimeoutError:
            return

    async def _in_flight(self, session: AsyncSession) -> bool:
        """Whether something is being sent, or would be at once."""
        due = and_(OutboxRow.state == Result.RETRY.value, OutboxRow.due_at <= self._clock.now())
        found = await session.scalar(
            select(OutboxRow.id).where(or_(OutboxRow.state == "claimed", due)).limit(1)
        )
        return found is not None

    async def _told(self, session: AsyncSession, chat_id: int, last: int) -> tuple[Happening, ...]:
        """What this person was told since a message: in the chat, and what was told by e-mail alone."""
        customers = await self._customers(session, chat_id)
        boxes = dict(await _boxes(session, customers))
        numbers = set(
            (await session.scalars(select(OrderRow.number).where(OrderRow.customer_id.in_(customers)))).all()
        )
        rows = (
            await session.scalars(
                select(OutboxRow)
                .where(OutboxRow.id > last, OutboxRow.state.not_in(_UNSAID))
                .order_by(OutboxRow.id)
            )
        ).all()
        told: dict[What, Happening] = {}
        for row in rows:
            if row.chat_id == chat_id:
                self._note(told, _said(row), boxes, by_mail=False)
        for row in rows:
            if row.channel == Channel.MAIL.value:
                said = _said(row)
                mine = (
                    said.customer_id in customers
                    if isinstance(said, (Letter, SpaceLetter))
                    else isinstance(said, AboutOrder) and said.order.number in numbers
                )
                if mine:
                    self._note(told, said, boxes, by_mail=True)
        return tuple(told.values())

    def _note(
        self,
        told: dict[What, Happening],
        said: Letter | SpaceLetter | Told,
        boxes: Mapping[int, BoxAhead],
        *,
        by_mail: bool,
    ) -> None:
        """Take down what a message is about, unless that was told already."""
        if isinstance(said, Told):
            what = _ORDERS.get(type(said))
            if what is None:
                return
            told.setdefault(what, Happening(what, by_mail=by_mail))
        else:
            what = What.SPACE if isinstance(said, SpaceLetter) else _REMINDERS[said.subject]
            ids = {entry.mailbox_id for entry in said.entries}
            concerned = [boxes[mailbox_id] for mailbox_id in sorted(ids) if mailbox_id in boxes]
            first = min(concerned, key=lambda box: box.expires_on, default=None)
            if first is None:
                return
            several = len(boxes) > 1 and len(concerned) == 1
            told.setdefault(
                what,
                Happening(
                    what,
                    (first.expires_on - rome_day(self._clock.now())).days,
                    first.address if several else "",
                    len(concerned),
                    by_mail,
                ),
            )

    async def _customers(self, session: AsyncSession, chat_id: int) -> set[int]:
        """Whom a chat speaks for; before it speaks for anybody, whom its person is invited for."""
        bound = await session.scalars(
            select(ChatCustomerRow.customer_id).where(ChatCustomerRow.chat_id == chat_id)
        )
        mine = set(bound.all())
        if not mine and chat_id in self._invited:
            mine.add(self._invited[chat_id])
        return mine

    async def _orders(self, session: AsyncSession, customers: set[int]) -> list[OrderAhead]:
        rows = await session.execute(
            select(OrderRow.placed_at, OrderRow.payable_until, OrderRow.warned_at, PaymentPromiseRow.ask_on)
            .outerjoin(PaymentPromiseRow, PaymentPromiseRow.order_id == OrderRow.id)
            .where(OrderRow.customer_id.in_(customers), OrderRow.status == OrderStatus.AWAITING_PAYMENT.value)
        )
        return [
            OrderAhead(rome_day(placed_at), payable_until, warned_at is not None, ask_on)
            for placed_at, payable_until, warned_at, ask_on in rows
        ]


def _said(row: OutboxRow) -> Letter | SpaceLetter | Told:
    """What a row for a chat or an e-mail says: the plan of a reminder or of a notice of space, or anything else."""
    if row.payload["message"] == MESSAGE:
        return Letter.read(row.payload, row.chat_id)
    if row.payload["message"] == SPACE_MESSAGE:
        return SpaceLetter.read(row.payload, row.chat_id)
    return read_told(row.payload)


async def _boxes(session: AsyncSession, customers: set[int]) -> Sequence[tuple[int, BoxAhead]]:
    """The mailboxes of these customers with their ids; one with an open order is not charged by itself."""
    mine: ColumnElement[bool] = MailboxRow.customer_id.in_(customers)
    ordered = set(
        (
            await session.scalars(
                select(OrderItemRow.mailbox_id)
                .join(MailboxRow, MailboxRow.id == OrderItemRow.mailbox_id)
                .where(mine, OrderItemRow.open)
            )
        ).all()
    )
    rows = (await session.scalars(select(MailboxRow).where(mine).order_by(MailboxRow.id))).all()
    return [
        (
            row.id,
            BoxAhead(
                row.address,
                row.plan_id,
                row.expires_on,
                row.auto_renew and row.id not in ordered,
                row.remind_on,
            ),
        )
        for row in rows
    ]
