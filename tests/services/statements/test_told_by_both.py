"""One transfer of a part, told of by the bank's statement and by a callback: on SQLite and on PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.services.actor import Actor
from bot.services.office.decisions import PaymentDecisions
from bot.services.sending.notices import Notices
from bot.services.statements.run import Brought
from tests.support.bank import Bank, Credit
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, place
from tests.support.till import Till

ACTOR = Actor(7, "it")
PART = 1000
PRICE = 3648


@pytest.fixture
def decisions(till: Till) -> PaymentDecisions:
    """The operator's decisions."""
    silent = Notices(till.services.surroundings, operator_chat_id=None, mail=False, events=False)
    return PaymentDecisions(till.database, till.services.surroundings, silent)


async def told_by_bank(till: Till, bank: Bank, number: str, cents: int, reference: str) -> None:
    """The statement has this credit, and a person confirms it if it is not certain."""
    file = bank.camt(Credit(number, cents, reference=reference))
    await till.services.statements.take(file, Brought("command", file.name))
    for entry in (await till.services.proposals.waiting(10))[0]:
        await till.services.proposals.confirm(entry.id, "chat:1")


async def counted(till: Till) -> int:
    return sum(row.counted for row in await till.ledger())


async def test_a_part_that_the_statement_told_of_is_not_counted_again_by_the_callback(
    till: Till, bank: Bank, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    await told_by_bank(till, bank, order.number, PART, "A1")
    answer = await till.receive(till.paid(order, PART, "call-1"))
    assert (answer.outcome, answer.due) == (PaymentOutcome.REVIEW, PRICE - PART)
    assert await counted(till) == PART
    ((case,), _) = await decisions.review(10)
    first, _ = await till.ledger()
    assert (case.waiting.reason, case.same) == (ReviewReason.TOLD_TWICE, first.payment_id)

    await decisions.settled(case.id, "the same transfer")
    assert (await decisions.review(10))[0] == ()
    assert await counted(till) == PART
    await till.receive(till.paid(order, PRICE - PART, "call-2"))
    assert await till.status(order) == "completed"


async def test_a_second_part_of_as_much_counts_once_a_person_says_that_it_is_another(
    till: Till, bank: Bank, decisions: PaymentDecisions
) -> None:
    order = await till.order()
    await told_by_bank(till, bank, order.number, PRICE // 2, "A1")
    answer = await till.receive(till.paid(order, PRICE // 2, "call-1"))
    assert answer.outcome is PaymentOutcome.REVIEW
    assert await till.status(order) == "awaiting_payment"
    ((case,), _) = await decisions.review(10)
    done = await decisions.assign(case.id, order.number)
    assert done.outcome is PaymentOutcome.COMPLETED
    assert await till.status(order) == "completed"


async def test_a_part_of_another_sum_or_of_the_same_source_is_counted(till: Till, bank: Bank) -> None:
    order = await till.order()
    await told_by_bank(till, bank, order.number, PART, "A1")
    assert (await till.receive(till.paid(order, PART + 1, "other-sum"))).outcome is PaymentOutcome.PARTIAL
    assert (await till.receive(till.paid(order, PART + 1, "same-source"))).outcome is PaymentOutcome.PARTIAL


@pytest.mark.soak
async def test_a_part_of_another_day_is_counted(till: Till, bank: Bank, clock: FrozenClock) -> None:
    order = await till.order()
    await told_by_bank(till, bank, order.number, PART, "A1")
    clock.advance(timedelta(days=5))
    assert (await till.receive(till.paid(order, PART, "other-day"))).outcome is PaymentOutcome.PARTIAL


@pytest.mark.soak
async def test_who_paid_a_part_of_a_collective_number_paid_it_once(
    till: Till, bank: Bank, decisions: PaymentDecisions
) -> None:
    order = await till.order(boxes=1)
    other = await place(
        till.services,
        ACTOR,
        await chosen(till.services, ACTOR, [await till.seed.mailbox("rossi", plan="pro")]),
    )
    numbers = [order.number, other.number]
    number = (await till.services.collectives.create(ACTOR, numbers)).number
    await told_by_bank(till, bank, number, PART, "A1")
    assert await counted(till) == PART
    answer = await till.receive(till.paid(number, PART, "call-1"))
    assert answer.outcome is PaymentOutcome.REVIEW
    assert await counted(till) == PART
    ((case,), _) = await decisions.review(10)
    assert case.waiting.reason is ReviewReason.TOLD_TWICE
    assert case.same is not None


@pytest.mark.soak
async def test_told_by_both_at_once_it_is_counted_once(till: Till, bank: Bank) -> None:
    order = await till.order()
    file = bank.camt(Credit(f"{order.number} acconto", PART, reference="A1"))
    await till.services.statements.take(file, Brought("command", file.name))
    ((entry,), _) = await till.services.proposals.waiting(10)
    await asyncio.gather(
        till.services.proposals.confirm(entry.id, "chat:1"),
        till.receive(till.paid(order, PART, "call-1")),
        return_exceptions=True,
    )
    assert await counted(till) == PART
