"""What workers push meanwhile: completions of orders that the operator's system reports as paid, and reminders.

Each goes to a chat of its own, in which nobody taps. Nothing may be missing in the end, and nothing be handled twice:
one completion for each payment that was acknowledged, one reminder for each mailbox that fell due. A message may come
again where decision 005 says so: its first copy had arrived, and the worker that sent it was killed before it had noted
that, or stood still until its lease was over. Such copies are counted apart; any other is a fault.
"""

import asyncio
import itertools
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

import httpx
from sqlalchemy import func, select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import MailboxRow, OrderRow, OutboxRow, PaymentRow, ReminderRow
from bot.domain.money import Cents
from bot.services.sending.outbox import LEASE, Channel
from bot.web.payments import PATH
from tests.load.stage.contenders import FIRST_CHAT
from tests.load.stage.phones import Phones
from tests.load.stage.preparing import FAR, Ground, join
from tests.support.caller import JSON, payment_event, signed
from tests.support.seed import Seed
from tests.support.till import Till

FIRST_PAYER, FIRST_REMINDED = FIRST_CHAT + 100_000, FIRST_CHAT + 200_000
BURST: Final = 4
"""As many payments, and twice as many mailboxes that fall due, before each incident."""
COMPLETION: Final = "renewal-completed"
_EXPIRES_IN = 3
"""Days: so near that a reminder does not wait for a working day."""
_EVERY_SECONDS = 3.0
"""Between two payments while nothing happens."""
_AGAIN_SECONDS = 0.5
_BEFORE_SECONDS, _AFTER_SECONDS = 3.0, 2.0
"""What is sent so long before something happens may not be noted yet; and so long afterwards all is as usual again."""
SETTLED_WITHIN: Final = 3 * LEASE.total_seconds()


@dataclass(frozen=True, slots=True)
class Paid:
    """An order that waits to be paid, and the chat that will hear of it."""

    number: str
    due: Cents
    chat: int


@dataclass(frozen=True, slots=True)
class Written:
    """A message of the outbox: the chat that it is for, its key, its kind, and what became of it."""

    chat: int
    key: str
    message: str
    state: str


@dataclass(slots=True)
class Found:
    """What came of all of it; `copies` are those that decision 005 allows."""

    payments: int = 0
    reminders: int = 0
    longest: float = 0.0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)


class Pushed:
    """Causes messages, and watches them arrive."""

    def __init__(self, ground: Ground, phones: Phones, port: int) -> None:
        """Pay through the balancer at `port`; `prepare` comes first."""
        self._ground = ground
        self._phones = phones
        self._address = f"http://127.0.0.1:{port}{PATH}"
        self._orders: list[Paid] = []
        self._far: list[int] = []
        self._numbers = itertools.count()
        self._arrived: dict[tuple[int, str], list[float]] = defaultdict(list)
        self._caused: dict[int, float] = {}
        self._severed: list[tuple[float, float]] = []

    async def prepare(self, orders: int, mailboxes: int) -> None:
        """Place so many orders, and let as many customers more have a mailbox of which nothing is due yet."""
        async with self._ground.open() as (database, surroundings):
            services = build_services(database, surroundings, Told())
            seed = Seed(database, surroundings)
            till = Till(database, services, seed)
            for number in range(orders):
                order = await till.order(f"pagante{number:04}", chats=(FIRST_PAYER + number,), expires_in=FAR)
                self._orders.append(Paid(order.number, order.quote.due, FIRST_PAYER + number))
            for number in range(mailboxes):
                self._far.append(await seed.mailbox(_reminded(number), expires_in=FAR))
            await join(database, surroundings, mailboxes, FIRST_REMINDED, _reminded)
        for first, several in ((FIRST_PAYER, orders), (FIRST_REMINDED, mailboxes)):
            for number in range(several):
                self._phones.joined(first + number)
        self._phones.overhear(self._hear)

    def _hear(self, chat: int, text: str) -> None:
        if chat >= FIRST_PAYER:
            self._arrived[chat, text].append(time.monotonic())

    async def pay_until(self, stop: asyncio.Event) -> None:
        """Pay one order after the other."""
        while not stop.is_set():
            await self._pay()
            await asyncio.sleep(_EVERY_SECONDS)

    async def burst(self) -> None:
        """Let much be on its way when something happens, at a moment that nobody knows."""
        async with self._ground.connect() as (database, surroundings):
            await self._fall_due(database, surroundings.today(), 2 * BURST)
        paying = [asyncio.create_task(self._pay()) for _ in range(BURST)]
        self._paying = [each for each in self._paying if not each.done()] + paying
        await asyncio.sleep(random.uniform(0.05, 0.6))  # noqa: S311 - the moment need not be secret

    _paying: Sequence["asyncio.Task[None]"] = ()

    def severed(self, begun: float, over: float) -> None:
        """What was sent in this time may not have been noted."""
        self._severed.append((begun - _BEFORE_SECONDS, over + _AFTER_SECONDS))

    async def _pay(self) -> None:
        """Report the next order as paid until that is acknowledged, as a system does that lets no call fall."""
        if (number := next(self._numbers)) >= len(self._orders):
            return
        order = self._orders[number]
        event = payment_event(
            payment_id=f"bank-{number}", order=order.number, amount=f"{order.due / 100:.2f}",
            registered_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
        body = json.dumps(event).encode()
        async with httpx.AsyncClient(timeout=15) as http:
            while True:
                try:
                    headers = signed(body, call_id=f"call-{number}") | JSON
                    if (await http.post(self._address, content=body, headers=headers)).is_success:
                        break
                except httpx.TransportError:
                    pass
                await asyncio.sleep(_AGAIN_SECONDS)
        self._caused[order.chat] = time.monotonic()

    async def _fall_due(self, database: Database, today: date, number: int) -> None:
        due, self._far = self._far[:number], self._far[number:]
        async with database.write() as session:
            await session.execute(
                update(MailboxRow)
                .where(MailboxRow.id.in_(due))
                .values(expires_on=today + timedelta(days=_EXPIRES_IN), remind_on=today)
            )

    async def judge(self) -> Found:
        """Wait until everything has been sent; what came of it."""
        await asyncio.gather(*self._paying)
        found = Found()
        async with self._ground.connect() as (database, surroundings):
            try:
                async with asyncio.timeout(SETTLED_WITHIN):
                    while await _waiting(database, surroundings.today()):
                        await asyncio.sleep(0.5)
            except TimeoutError:
                found.lost.append(f"some wait still, {SETTLED_WITHIN:.0f} s later")
            await asyncio.sleep(1)  # what is noted has been shown
            await self._compare(database, found)
        return found

    async def _compare(self, database: Database, found: Found) -> None:
        async with database.read() as session:
            rows = await session.execute(
                select(OutboxRow.chat_id, OutboxRow.key, OutboxRow.payload, OutboxRow.state).where(
                    OutboxRow.channel == Channel.TELEGRAM.value, OutboxRow.chat_id >= FIRST_PAYER
                )
            )
            written = [Written(chat, key, data.get("message", ""), state) for chat, key, data, state in rows]
            ledger = await session.scalar(select(func.count()).select_from(PaymentRow)) or 0
            completed = await session.scalar(
                select(func.count()).select_from(OrderRow).where(OrderRow.status == "completed")
            )
            found.reminders = await session.scalar(select(func.count()).select_from(ReminderRow)) or 0
        found.payments = len(self._caused)
        if not ledger == completed == found.payments:
            said = f"{found.payments} payments acknowledged, {ledger} noted, {completed} orders completed"
            (found.twice if ledger > found.payments else found.lost).append(said)
        compare(written, self._arrived, self._caused, self._severed, found)


def compare(
    written: Sequence[Written],
    arrived: Mapping[tuple[int, str], Sequence[float]],
    paid: Mapping[int, float],
    severed: Sequence[tuple[float, float]],
    found: Found,
) -> None:
    """Add to `found` what is missing, and what came more than once.

    Args:
        written: the messages of the outbox.
        arrived: when each text was shown in each chat.
        paid: the chats that have to hear of a completion, and when its payment was acknowledged.
        severed: from when to when what was sent may not have been noted.
        found: what is added to.
    """
    number = Counter(each.chat for each in written)
    texts = Counter(chat for chat, _ in arrived)
    completed = {each.chat for each in written if each.message == COMPLETION}
    found.lost += [
        f"chat {chat}: paid, and no completion was written" for chat in paid if chat not in completed
    ]
    found.lost += [
        f"chat {each.chat}: {each.key} is {each.state}, and did not arrive"
        for each in written
        if texts[each.chat] < number[each.chat]
    ]
    found.twice += [
        f"chat {chat}: {several} messages were written" for chat, several in number.items() if several > 1
    ]
    for (chat, text), times in arrived.items():
        if chat in paid:
            found.longest = max(found.longest, times[0] - paid[chat])
        for first, again in itertools.pairwise(times):
            allowed = any(begun <= first <= over for begun, over in severed)
            said = f"chat {chat}: again after {again - first:.1f} s: {text[:60]!r}"
            (found.copies if allowed else found.twice).append(said)


def _reminded(number: int) -> str:
    return f"avvisato{number:04}"


async def _waiting(database: Database, today: date) -> int:
    """How many messages wait, and mailboxes that nobody has looked at."""
    async with database.read() as session:
        rows = await session.scalar(
            select(func.count()).select_from(OutboxRow)
            .where(OutboxRow.channel == Channel.TELEGRAM.value, OutboxRow.state.in_(("due", "claimed")))
        )  # fmt: skip
        due = await session.scalar(
            select(func.count()).select_from(MailboxRow).where(MailboxRow.remind_on <= today)
        )
    return (rows or 0) + (due or 0)
