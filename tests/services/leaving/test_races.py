"""A customer is deleted while something else of it goes on: one of the two is first, whichever statement they meet at.

On PostgreSQL one process is stopped after each statement of what it does, and the other goes on until it waits or has
ended. On SQLite, where one writes at a time, both simply run at once.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import ChatCustomerRow, CustomerRow, DraftRow, HolderRow, OrderRow, OwedNoticeRow
from bot.db.turns import LostRace
from bot.domain.calendar import add_years
from bot.domain.errors import RinnovoError
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.leaving.at_the_office import LeavingAtTheOffice
from bot.services.leaving.removing import remove_what_is_over
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result, put
from bot.services.sending.owed import KEY_OF_NOTICE
from bot.services.surroundings import Surroundings
from tests.services.leaving.test_forgetting import KEPT, LAST_WORDS, settle_all
from tests.support.clock import FrozenClock
from tests.support.databases import ReusedEngines
from tests.support.everything import everything, where
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pausing import HUNG_SECONDS, pausing, reached_or_done, waits_or_is_done
from tests.support.renewing import one_turn
from tests.support.till import Till

Deed = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class Customer:
    """One of many, with a chat of its own."""

    code: str
    chat: Actor


@pytest.fixture
def sqlite_engines(reused_engines: ReusedEngines) -> ReusedEngines:
    """SQLite with its threads, as a running bot has it."""
    return reused_engines


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def elsewhere(other_database: Database) -> Database:
    """Another process on the same database."""
    return other_database


async def linked(till: Till, customer: Customer, **mailbox: Any) -> int:
    """A mailbox of the customer, whose chat speaks for it."""
    box = await till.seed.mailbox(
        customer.code, address=f"casella-{customer.code}@pec.example", plan="pro", **mailbox
    )
    invited = await till.services.linking.invite(customer.code)
    await till.services.linking.redeem(customer.chat, invited.token)
    return box


async def begins(till: Till, customer: Customer) -> Deed:
    """The chat begins a renewal."""
    box = await linked(till, customer)

    async def begin() -> None:
        async with one_turn(customer.chat):
            await till.services.renewals.begin_with(customer.chat, box)

    return begin


async def orders(till: Till, customer: Customer) -> Deed:
    """The chat places an order."""
    renewal = await chosen(till.services, customer.chat, [await linked(till, customer)])
    return lambda: place(till.services, customer.chat, renewal)


async def links(till: Till, customer: Customer) -> Deed:
    """Another chat opens a link of the customer's."""
    await linked(till, customer)
    invited = await till.services.linking.invite(customer.code)
    other = Actor(customer.chat.chat_id + 50_000, "en")
    return lambda: till.services.linking.redeem(other, invited.token)


async def pays_a_cancelled_one(till: Till, customer: Customer) -> Deed:
    """Money comes for an order that was cancelled."""
    order = await place(
        till.services,
        customer.chat,
        await chosen(till.services, customer.chat, [await linked(till, customer)]),
    )
    await till.services.orders.cancel(customer.chat, order.number)
    await settle_all(till, customer.code)
    report = till.paid(order, payment_id=f"banca-{customer.code}")
    return lambda: till.receive(report)


async def pays_twice(till: Till, customer: Customer) -> Deed:
    """Money comes once more for an order that was completed."""
    order = await place(
        till.services,
        customer.chat,
        await chosen(till.services, customer.chat, [await linked(till, customer)]),
    )
    await till.receive(till.paid(order, payment_id=f"banca-{customer.code}"))
    await settle_all(till, customer.code)
    report = till.paid(order, payment_id=f"ancora-{customer.code}")
    return lambda: till.receive(report)


async def asks_for_its_data(till: Till, customer: Customer) -> Deed:
    """The chat asks for its data."""
    await linked(till, customer)
    return lambda: till.services.own_data.of_chat(customer.chat)


async def deletes_its_chat(till: Till, customer: Customer) -> Deed:
    """The chat deletes what is its own."""
    await linked(till, customer)
    return lambda: till.services.forgetting.forget_chat(customer.chat)


async def unlinks(till: Till, customer: Customer) -> Deed:
    """The chat lets go of the customer."""
    await linked(till, customer)
    return lambda: till.services.linking.unlink(customer.chat)


async def mutes(till: Till, customer: Customer) -> Deed:
    """The chat wants no reminders of the mailbox."""
    box = await linked(till, customer)
    return lambda: till.services.wishes.mute(customer.chat, box, MuteLevel.ALL)


async def is_told(till: Till, customer: Customer) -> Deed:
    """A worker settles what was sent about an order, and the notice of the customer's mailbox."""
    box = await linked(till, customer)
    order = await place(till.services, customer.chat, await chosen(till.services, customer.chat, [box]))
    await till.receive(till.paid(order, payment_id=f"banca-{customer.code}"))
    await settle_all(till, customer.code)
    now, today = till.services.surroundings.now(), till.services.surroundings.today()
    key = f"{KEY_OF_NOTICE}{customer.code}"
    async with till.database.write() as session:
        payload = {"message": "reminder-automatic", "subject": "automatic"}
        await put(session, key=key, channel=Channel.MAIL, payload=payload, now=now)
        session.add(
            OwedNoticeRow(
                mailbox_id=box,
                expires_on=today,
                due_by=today,
                late=False,
                key=key,
                channel="mail",
                written_at=now,
            )
        )
    outbox = Outbox(till.database, FrozenClock())
    claimed = await outbox.claim(Channel.MAIL, 50)
    assert key in {each.key for each in claimed}
    assert any(order.number in each.key for each in claimed)
    return lambda: outbox.settle_all([(each, Outcome(Result.SENT)) for each in claimed])


DEEDS = [
    begins,
    orders,
    links,
    pays_a_cancelled_one,
    pays_twice,
    asks_for_its_data,
    deletes_its_chat,
    unlinks,
    mutes,
    is_told,
]
FEW = (("the deletion", 1), ("the deletion", 20), ("the other", 1), ("the other", 3))
"""Statements after which each is stopped: the first and one in the middle; a deletion has some forty."""


async def holds(database: Database, customer: Customer, *outcomes: object) -> None:
    """Both ended, by what they say themselves, and of who is deleted nothing goes on.

    Who is told that another was quicker (`LostRace`) does all of it again, and then finds how things are.
    """
    unexpected = [
        each
        for each in outcomes
        if isinstance(each, BaseException) and not isinstance(each, RinnovoError | LostRace)
    ]
    assert unexpected == [], customer.code
    async with database.read() as session:
        index = database.keys.index(f"{customer.code}@example.com")
        there = select(CustomerRow.id).where(CustomerRow.email_index == index)
        if await session.scalar(there) is not None:
            return  # it was refused
        gone = select(CustomerRow.id).where(CustomerRow.forgotten_on.is_not(None))
        assert not (
            await session.scalars(
                select(ChatCustomerRow.chat_id).where(ChatCustomerRow.customer_id.in_(gone))
            )
        ).all()
        assert not (
            await session.scalars(
                select(OrderRow.number).where(
                    OrderRow.customer_id.in_(gone), OrderRow.status == "awaiting_payment"
                )
            )
        ).all()
        assert not (
            await session.scalars(
                select(DraftRow.id).where(
                    DraftRow.holder_id.in_(select(HolderRow.id).where(HolderRow.customer_id.in_(gone))),
                    DraftRow.status == "open",
                )
            )
        ).all()


async def no_word_is_left(database: Database, customers: list[Customer]) -> None:
    """Of all who were deleted."""
    found = await everything(database)
    for customer in customers:
        if f"{customer.code}@example.com" not in found["customer"]:
            for word in (f"casella-{customer.code}@", f"{customer.code}@example.com"):
                assert where(found, word) - KEPT - LAST_WORDS == set(), word


@dataclass(frozen=True)
class Meeting:
    """A deletion and something else of the same customer, each by a process of its own."""

    till: Till
    elsewhere: Database
    office: LeavingAtTheOffice
    deed: Callable[[Till, Customer], Awaitable[Deed]]

    async def at_once(self, customer: Customer) -> None:
        """As they come."""
        act = await self.deed(self.till, customer)
        both = await asyncio.gather(self.office.forget(customer.code), act(), return_exceptions=True)
        await holds(self.till.database, customer, *both)

    async def stopped_after(self, customer: Customer, stopped: str, statement: int) -> bool:
        """The one that is stopped begins, the other comes meanwhile; False where the first ended before it stopped."""
        act = await self.deed(self.till, customer)

        async def forget() -> object:
            return await self.office.forget(customer.code)

        pair: tuple[tuple[Deed, Database], ...] = ((forget, self.elsewhere), (act, self.till.database))
        (first, of_first), (second, of_second) = pair if stopped == "the deletion" else pair[::-1]
        other: asyncio.Future[Any] | None = None
        with pausing(of_first, statement) as pause:
            one = asyncio.ensure_future(first())
            if await reached_or_done(pause, one):
                other = asyncio.ensure_future(second())
                await waits_or_is_done(of_second, other)
            pause.go.set()
            async with asyncio.timeout(HUNG_SECONDS):
                both = await asyncio.gather(one, *([] if other is None else [other]), return_exceptions=True)
        await holds(self.till.database, customer, *both)
        return other is not None


@pytest.fixture
def meeting(
    till: Till,
    elsewhere: Database,
    surroundings: Surroundings,
    deed: Callable[[Till, Customer], Awaitable[Deed]],
) -> Meeting:
    """The deletion by the operator's command, in another process."""
    return Meeting(till, elsewhere, LeavingAtTheOffice(elsewhere, surroundings, mail=True), deed)


def one_of_many(number: int) -> Customer:
    """With a code that is no part of another's."""
    return Customer(f"cliente{number}x", Actor(1000 + number, "it"))


@pytest.mark.parametrize("deed", [begins, *long(*(each for each in DEEDS if each is not begins))])
@pytest.mark.parametrize("each_database_url", ["sqlite"], indirect=True)
async def test_at_once_one_is_first(till: Till, meeting: Meeting) -> None:
    customer = one_of_many(0)
    await meeting.at_once(customer)
    await no_word_is_left(till.database, [customer])


EACH_TIME = [
    (begins, "the other", 1),
    (links, "the deletion", 1),
    (pays_twice, "the deletion", 20),
]
"""Deeds of a chat's renewal, of its links, and of money, each stopped elsewhere."""


@pytest.mark.parametrize(
    ("deed", "stopped", "statement"),
    [
        *EACH_TIME,
        *long(
            *(each for each in ((deed, *place) for deed in DEEDS for place in FEW) if each not in EACH_TIME)
        ),
    ],
)
@pytest.mark.parametrize("each_database_url", ["postgresql"], indirect=True)
async def test_whichever_statement_they_meet_at_one_is_first(
    till: Till, meeting: Meeting, stopped: str, statement: int
) -> None:
    customer = one_of_many(0)
    assert await meeting.stopped_after(customer, stopped, statement), "it ended before"
    await no_word_is_left(till.database, [customer])


@pytest.mark.soak
@pytest.mark.parametrize("deed", DEEDS, ids=[deed.__name__ for deed in DEEDS])
@pytest.mark.parametrize("stopped", ["the deletion", "the other"])
@pytest.mark.parametrize("each_database_url", ["postgresql"], indirect=True)
async def test_at_each_statement_they_meet_at_one_is_first(
    till: Till, meeting: Meeting, stopped: str
) -> None:
    met: list[Customer] = []
    for number in itertools.count():
        met.append(one_of_many(number))
        if not await meeting.stopped_after(met[-1], stopped, statement=1 + number):
            break
    assert len(met) > 2, "statements are missed"
    await no_word_is_left(till.database, met)


@pytest.mark.parametrize(
    ("each_database_url", "stopped", "statement"),
    [
        ("postgresql", "the removal", 11),
        *long(
            ("postgresql", "the removal", 1),
            ("postgresql", "the payment", 1),
            ("postgresql", "the payment", 11),
            ("sqlite", "neither", 1),
        ),
    ],
    indirect=["each_database_url"],
)
async def test_money_for_an_order_that_is_removed_at_that_moment_is_never_lost(
    till: Till,
    elsewhere: Database,
    each_database_url: str,
    surroundings: Surroundings,
    stopped: str,
    statement: int,
) -> None:
    """When the years of a deleted customer are over: it is for the order still, or for one that nobody knows."""
    met = await removed_while_paid(till, elsewhere, each_database_url, surroundings, stopped, [statement])
    assert met == 1


@pytest.mark.soak
@pytest.mark.parametrize("stopped", ["the removal", "the payment"])
@pytest.mark.parametrize("each_database_url", ["postgresql"], indirect=True)
async def test_at_each_statement_of_its_removal_money_for_an_order_is_never_lost(
    till: Till, elsewhere: Database, each_database_url: str, surroundings: Surroundings, stopped: str
) -> None:
    they_met = await removed_while_paid(
        till, elsewhere, each_database_url, surroundings, stopped, range(1, 300)
    )
    assert 2 < they_met < 299, "statements are missed"


async def removed_while_paid(
    till: Till,
    elsewhere: Database,
    each_database_url: str,
    surroundings: Surroundings,
    stopped: str,
    statements: Sequence[int],
) -> int:
    """Stop one of both after each of these statements, until it ends before; how many times they met."""
    office = LeavingAtTheOffice(till.database, surroundings, mail=True)
    rules, today, now = surroundings.catalogue.rules, surroundings.today(), surroundings.now()
    for number, statement in enumerate(statements):
        customer = Customer(f"cliente{number}y", Actor(3000 + number, "it"))
        pay = await pays_a_cancelled_one(till, customer)
        await office.forget(customer.code)
        async with till.database.write() as session:
            await session.execute(
                update(CustomerRow)
                .where(CustomerRow.forgotten_on == today)
                .values(forgotten_on=add_years(today, -rules.evidence_years) - timedelta(days=1))
            )

        async def remove() -> int:
            return await remove_what_is_over(elsewhere, rules, today, now)

        first, second, of_first, onlooker = (
            (remove, pay, elsewhere, till.database)
            if stopped == "the removal"
            else (pay, remove, till.database, elsewhere)
        )
        if each_database_url.startswith("sqlite"):
            both = await asyncio.gather(first(), second(), return_exceptions=True)
            met = True
        else:
            with pausing(of_first, statement) as pause:
                one = asyncio.ensure_future(first())
                met = await reached_or_done(pause, one)
                other = asyncio.ensure_future(second())
                await waits_or_is_done(onlooker, other)
                pause.go.set()
                async with asyncio.timeout(HUNG_SECONDS):
                    both = await asyncio.gather(one, other, return_exceptions=True)
        assert [each for each in both if isinstance(each, BaseException)] == [], customer.code
        (row,) = [each for each in await till.ledger() if each.payment_id == f"banca-{customer.code}"]
        assert (row.outcome, row.counted, row.resolution) == ("review", 0, None)
        async with till.database.read() as session:
            numbers = list(await session.scalars(select(OrderRow.id)))
        assert row.order_id is None or row.order_id in numbers
        assert (await till.services.papers.check()).findings == ()
        async with till.database.write() as session:  # none of the next removal's
            await session.execute(
                update(CustomerRow).where(CustomerRow.forgotten_on < today).values(forgotten_on=date.max)
            )
        if not met:
            return number
    return len(statements)
