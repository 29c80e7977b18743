"""What a customer is owed about an order, and could be told by no way, is a case in the office (DOMAIN.md 9)."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import CaseRow, ChatCustomerRow
from bot.domain.cases import CaseKind, CaseOutcome
from bot.services.orders.rows import Order
from bot.services.sending.outbox import (
    FEWEST_ATTEMPTS,
    LONGEST_PAUSE,
    Channel,
    Claimed,
    Outbox,
    Outcome,
    Result,
)
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.till import Till

BLOCKED = Outcome(Result.UNREACHABLE, "the chat blocked the bot")
REFUSED = Outcome(Result.FAILED, "the server refused the address")
PERHAPS = Outcome(Result.UNKNOWN, "it took too long: it may have arrived")
SENT = Outcome(Result.SENT)


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def outbox(database: Database, clock: FrozenClock) -> Outbox:
    """A worker's hands."""
    return Outbox(database, clock)


async def claim_all(outbox: Outbox) -> list[Claimed]:
    """All that is due for chats and by e-mail."""
    return [
        *(await outbox.claim(Channel.TELEGRAM, 50)),
        *(await outbox.claim(Channel.MAIL, 50)),
    ]


async def deliver(outbox: Outbox, outcomes: Mapping[str, Outcome], usual: Outcome = SENT) -> None:
    """Settle what is due as its channel, or ``chat:7``, says."""
    while rows := await claim_all(outbox):
        for row in rows:
            mine = outcomes.get(f"chat:{row.chat_id}", outcomes.get(row.channel.value, usual))
            assert await outbox.settle(row, mine)


async def cases(database: Database, *, closed: bool = False) -> list[CaseRow]:
    """The cases that are open, or all."""
    async with database.read() as session:
        rows = (await session.execute(select(CaseRow).order_by(CaseRow.id))).scalars()
        return [row for row in rows if closed or row.outcome is None]


async def completed(till: Till, outbox: Outbox, *chats: int) -> Order:
    """An order that was paid, whose confirmation arrived; its completion waits to be told."""
    order = await till.order(chats=chats)
    await deliver(outbox, {})
    await till.receive(till.paid(order))
    return order


async def test_told_in_no_chat_and_by_no_mail_it_is_a_case_that_says_what_was_tried(
    till: Till, outbox: Outbox, database: Database
) -> None:
    order = await completed(till, outbox, 7, 8)
    await deliver(outbox, {"telegram": BLOCKED, "mail": REFUSED})
    (case,) = await cases(database)
    assert (case.kind, case.subject, case.due_on) == (CaseKind.UNDELIVERED.value, order.number, None)
    assert case.facts == {
        "message": "renewal-completed",
        "customer": "rossi",
        "tried": [
            {"to": "chat", "state": "unreachable", "reason": BLOCKED.reason},
            {"to": "chat", "state": "unreachable", "reason": BLOCKED.reason},
            {"to": "mail", "state": "failed", "reason": REFUSED.reason},
        ],
    }


@pytest.mark.parametrize(
    "outcomes",
    [
        {"chat:7": SENT, "chat:8": BLOCKED, "mail": REFUSED},
        {"telegram": BLOCKED, "mail": PERHAPS},
        *long({"telegram": SENT, "mail": REFUSED}, {"telegram": BLOCKED, "mail": SENT}),
    ],
)
async def test_one_way_that_may_have_reached_the_customer_suffices(
    till: Till, outbox: Outbox, database: Database, outcomes: Mapping[str, Outcome]
) -> None:
    await completed(till, outbox, 7, 8)
    await deliver(outbox, outcomes)
    assert await cases(database) == []


@pytest.mark.soak
async def test_what_is_tried_again_is_not_given_up(
    till: Till, outbox: Outbox, database: Database, clock: FrozenClock
) -> None:
    await completed(till, outbox, 7)
    await deliver(outbox, {"telegram": BLOCKED, "mail": Outcome(Result.RETRY, "the server is away")})
    assert await cases(database) == []
    clock.advance(timedelta(days=4))
    for _ in range(FEWEST_ATTEMPTS - 1):
        assert await cases(database) == []
        await deliver(outbox, {}, Outcome(Result.RETRY, "the server is away"))
        clock.advance(LONGEST_PAUSE * 2)
    (case,) = await cases(database)
    reason = f"given up at attempt {FEWEST_ATTEMPTS}: the server is away"
    assert case.facts["tried"][-1]["reason"] == reason


@on_both
@pytest.mark.parametrize("chats", [3, *long(6)])
async def test_settled_by_two_workers_at_once_it_is_one_case(
    till: Till, outbox: Outbox, database: Database, chats: int
) -> None:
    await completed(till, outbox, *range(7, 7 + chats))
    rows = await claim_all(outbox)
    await asyncio.gather(*(outbox.settle(row, BLOCKED) for row in rows))
    assert len(await cases(database)) == 1


async def test_who_comes_back_and_is_told_then_closes_the_case(
    till: Till, outbox: Outbox, database: Database
) -> None:
    await completed(till, outbox, 7)
    await deliver(outbox, {"telegram": BLOCKED, "mail": REFUSED})
    await till.services.chats.leave(7, "it")
    await till.services.chats.arrive(7, "it")
    assert len(await cases(database)) == 1
    await deliver(outbox, {})
    (case,) = await cases(database, closed=True)
    assert case.outcome == CaseOutcome.RESOLVED.value


async def test_the_confirmation_that_is_owed_by_mail_is_a_case_without_it(
    till: Till, outbox: Outbox, database: Database
) -> None:
    order = await till.order()
    await deliver(outbox, {"mail": REFUSED})
    (case,) = await cases(database)
    assert (case.facts["message"], case.subject) == ("order-placed", order.number)


async def test_the_day_until_which_the_customer_can_pay_is_the_days_of_the_case(
    till: Till, outbox: Outbox, database: Database
) -> None:
    order = await till.order()
    await deliver(outbox, {})
    await till.receive(till.paid(order, 100))
    await deliver(outbox, {"telegram": BLOCKED, "mail": REFUSED})
    (case,) = await cases(database)
    assert (case.facts["message"], case.due_on) == ("payment-partial", order.payable_until)


@pytest.mark.soak
async def test_reminders_and_alerts_and_events_are_nobodys_case(
    till: Till, outbox: Outbox, database: Database
) -> None:
    await completed(till, outbox, 7)
    await till.receive(till.paid("affitto", 100, "bank-9"))
    await deliver(outbox, {"chat:99": BLOCKED})
    for row in await outbox.claim(Channel.EVENT, 50):
        await outbox.settle(row, REFUSED)
    assert await cases(database) == []


async def test_who_has_no_chat_any_more_where_there_is_no_mail_is_a_case_at_once(
    till: Till, database: Database, surroundings: Surroundings
) -> None:
    order = await till.order()
    async with database.write() as session:
        await session.execute(delete(ChatCustomerRow))
    quiet = build_services(database, surroundings, Told(operator_chat_id=99))
    report = till.paid(order)
    await quiet.payments.receive("call-1", "{}", report)
    (case,) = await cases(database)
    assert (case.subject, case.facts["tried"]) == (order.number, [])
