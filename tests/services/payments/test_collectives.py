"""One transfer for several orders, by a collective number (DOMAIN.md 4)."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import ChatCustomerRow, CustomerRow, OrderRow, TakenNumberRow
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.services.actor import Actor
from bot.services.errors import NotYours, OrderNotOpen
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.rows import Order
from bot.services.payments.collectives import Collective
from bot.services.payments.ledger import PaymentKind
from bot.services.payments.payments import PaymentAnswer
from bot.services.sending.notices import Notices
from tests.support.ordering import ordered
from tests.support.till import Till

CHAT = 7
ACTOR = Actor(CHAT, "it")
DUE = 3648


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


async def order_of(till: Till, customer: str, days: int = 30) -> Order:
    """An order of one more customer whom the chat serves."""
    mailbox_id = await till.seed.mailbox(customer, plan="pro", expires_in=days)
    async with till.database.write() as session:
        customer_id = await session.scalar(select(CustomerRow.id).where(CustomerRow.code == customer))
        now = till.services.surroundings.now()
        session.add(ChatCustomerRow(chat_id=CHAT, customer_id=customer_id, bound_at=now))
    return await ordered(till.services, ACTOR, [mailbox_id])


async def three(till: Till) -> tuple[Order, Order, Order, Collective]:
    """Three orders of customers whom one chat serves, and their number."""
    await till.services.chats.arrive(CHAT, "it")
    first, second, third = [
        await order_of(till, customer, days)
        for customer, days in (("rossi", 40), ("bianchi", 20), ("verdi", 60))
    ]
    made = await till.services.collectives.create(ACTOR, [first.number, second.number, third.number])
    return second, first, third, made  # the soonest expiry first


async def statuses(till: Till, *orders: Order) -> list[str]:
    return [await till.status(order) for order in orders]


def answer(made: Collective, outcome: PaymentOutcome, due: int = 0) -> PaymentAnswer:
    return PaymentAnswer(outcome, made.number, due)


async def test_it_stands_for_its_orders_and_their_sum_and_is_no_orders_number(till: Till) -> None:
    soonest, middle, last, made = await three(till)
    assert made.orders == (soonest.number, middle.number, last.number)
    assert made.due == 3 * DUE
    assert made.number not in made.orders
    again = await till.services.collectives.create(ACTOR, [*reversed(made.orders)])
    assert again == made
    other = await till.services.collectives.create(ACTOR, made.orders[:2])
    assert other.number != made.number
    async with till.database.read() as session:
        taken = set((await session.execute(select(TakenNumberRow.number))).scalars())
        orders = set((await session.execute(select(OrderRow.number))).scalars())
    assert taken == orders | {made.number, other.number}


async def test_a_number_that_is_taken_is_drawn_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    order = await till.order()
    drawn = iter([order.number, order.number, "R7K2M-4", "R7K2M-4", "22222-2"])
    monkeypatch.setattr("bot.services.payments.numbers.random_number", lambda: next(drawn))
    made = await till.services.collectives.create(ACTOR, [order.number])
    assert made.number == "R7K2M-4"
    assert (await order_of(till, "bianchi")).number == "22222-2"


async def test_only_open_orders_of_the_chats_own_customers(till: Till) -> None:
    mine, theirs = await till.order("rossi"), await till.order("bianchi", chats=(8,))
    create = till.services.collectives.create
    for numbers in ([], [theirs.number], [mine.number, theirs.number], [mine.number, "R7K2M-4"]):
        with pytest.raises(NotYours):
            await create(ACTOR, numbers)
    await till.services.orders.cancel(ACTOR, mine.number)
    with pytest.raises(OrderNotOpen):
        await create(ACTOR, [mine.number])


async def test_the_whole_sum_completes_them_all(till: Till) -> None:
    *orders, made = await three(till)
    report = till.paid(f"Saldo ordini {made.number}", 3 * DUE)
    assert await till.receive(report) == answer(made, PaymentOutcome.COMPLETED)
    assert await statuses(till, *orders) == ["completed"] * 3
    whole, *parts = await till.ledger()
    assert (whole.order_id, whole.amount, whole.counted, whole.reason) == (None, 3 * DUE, 0, None)
    assert [(row.kind, row.order_text, row.counted) for row in parts] == [
        (PaymentKind.ALLOTTED, order.number, DUE) for order in orders
    ]
    completed = await till.told("renewal-completed")
    assert len([each for each in completed if each.channel == "telegram"]) == 3
    assert not await till.told("operator-review")
    # Again, in the same words or by the bare number, it is the same payment.
    for again in (report, replace(report, order=made.number)):
        assert await till.receive(again, "another-call") == answer(made, PaymentOutcome.COMPLETED)
    assert len(await till.ledger()) == 4
    assert not await till.told("operator-review")


async def test_parts_add_up_whole_orders_first(till: Till) -> None:
    *orders, made = await three(till)
    assert await till.receive(till.paid(made.number, 5000, "a")) == answer(
        made, PaymentOutcome.PARTIAL, 3 * DUE - 5000
    )
    assert await statuses(till, *orders) == ["completed", "awaiting_payment", "awaiting_payment"]
    partial = await till.told("payment-partial")
    assert {each.payload["order"] for each in partial} == {orders[1].number}
    assert await till.receive(till.paid(made.number, 3 * DUE - 5000, "b")) == answer(
        made, PaymentOutcome.COMPLETED
    )
    assert await statuses(till, *orders) == ["completed"] * 3


@pytest.mark.soak
async def test_an_order_that_is_over_meanwhile_leaves_its_part_to_a_person(
    till: Till, decisions: PaymentDecisions
) -> None:
    soonest, middle, last, made = await three(till)
    await till.services.orders.cancel(ACTOR, soonest.number)
    await till.receive(till.paid(middle, payment_id="own"))
    assert await till.receive(till.paid(made.number, 3 * DUE)) == answer(made, PaymentOutcome.COMPLETED)
    assert await statuses(till, soonest, middle, last) == ["cancelled", "completed", "completed"]
    (case,), _ = await decisions.review(10)
    assert case.waiting.reason is ReviewReason.COLLECTIVE_CHANGED
    assert case.waiting.refundable == 2 * DUE
    other = await order_of(till, "neri")
    entry = await decisions.assign(case.id, other.number)
    assert entry.outcome is PaymentOutcome.COMPLETED
    (rest,), _ = await decisions.review(10)
    assert rest.waiting.refundable == DUE
    # The whole payment goes back: what waited first, then what a person had assigned, then the order of the list.
    await till.receive(till.went_back(till.paid(made.number, 3 * DUE)))
    assert sum(row.counted for row in await till.ledger() if row.order_id is not None) == DUE  # `own`


@pytest.mark.soak
async def test_a_reversal_takes_back_in_the_opposite_order(till: Till) -> None:
    soonest, middle, last, made = await three(till)
    report = till.paid(made.number, 3 * DUE + 500)
    await till.receive(report)
    back = till.went_back(report, DUE + 700)
    assert await till.receive(back) == answer(made, PaymentOutcome.REVERSED)
    counted = {order.number: 0 for order in (soonest, middle, last)}
    for row in await till.ledger():
        if row.order_text in counted:
            counted[row.order_text] += row.counted
    # 5.00 waited, the rest is of the order that had come last, and of the one before it.
    assert list(counted.values()) == [DUE, DUE - 200, 0]
    assert await statuses(till, soonest, middle, last) == ["completed"] * 3
    reasons = [each.payload["reason"] for each in await till.told("operator-review")]
    assert reasons == [ReviewReason.SURPLUS, ReviewReason.REVERSED]


@pytest.mark.soak
async def test_a_reversal_of_a_part_is_missing_again(till: Till) -> None:
    soonest, middle, last, made = await three(till)
    report = till.paid(made.number, DUE + 1000)
    await till.receive(report)
    back = till.went_back(report, 600)
    assert await till.receive(back) == answer(made, PaymentOutcome.REVERSED, 2 * DUE - 400)
    assert await till.receive(till.paid(made.number, 2 * DUE - 400, "b")) == answer(
        made, PaymentOutcome.COMPLETED
    )
    assert await statuses(till, soonest, middle, last) == ["completed"] * 3


@pytest.mark.soak
async def test_a_reversal_that_overtakes_its_payment(till: Till) -> None:
    *orders, made = await three(till)
    report = till.paid(made.number, 3 * DUE)
    assert await till.receive(till.went_back(report)) == answer(made, PaymentOutcome.REVERSED, 3 * DUE)
    assert await till.receive(report) == answer(made, PaymentOutcome.REVIEW, 3 * DUE)
    assert await statuses(till, *orders) == ["awaiting_payment"] * 3


@pytest.mark.soak
async def test_money_whose_collective_number_was_mistyped_is_assigned_to_it(
    till: Till, decisions: PaymentDecisions
) -> None:
    *orders, made = await three(till)
    glued = f"saldo{made.number}grazie"
    assert (await till.receive(till.paid(glued, 3 * DUE))).outcome is PaymentOutcome.REVIEW
    (case,), _ = await decisions.review(10)
    assert [(guess.number, guess.missing) for guess in case.guesses] == [(made.number, 3 * DUE)]
    entry = await decisions.assign(case.id, made.number)
    assert (entry.outcome, len(entry.allotted)) == (PaymentOutcome.COMPLETED, 3)
    assert await statuses(till, *orders) == ["completed"] * 3
    await till.receive(till.went_back(till.paid(glued, 3 * DUE)))
    assert sum(row.counted for row in await till.ledger()) == 0


async def test_the_number_and_one_of_its_orders_together_are_for_a_person(till: Till) -> None:
    order = await till.order()
    made = await till.services.collectives.create(ACTOR, [order.number])
    both = f"{made.number} {order.number}"
    assert (await till.receive(till.paid(both, DUE))).outcome is PaymentOutcome.REVIEW
    assert (await till.ledger())[0].reason == ReviewReason.SEVERAL_ORDERS


@pytest.mark.soak
async def test_payments_at_the_same_moment_lose_nothing(till: Till) -> None:
    *orders, made = await three(till)
    reports = [till.paid(made.number, DUE, f"bank-{number}") for number in range(3)]
    own = [till.paid(order, payment_id=f"own-{order.number}") for order in orders]
    await asyncio.gather(*(till.receive(report) for report in (*reports, *own)))
    assert await statuses(till, *orders) == ["completed"] * 3
    rows = await till.ledger()
    counted = sum(row.counted for row in rows)
    waits = sum(row.refund for row in rows)
    assert (counted, counted + waits) == (3 * DUE, 6 * DUE)


@pytest.fixture
def decisions(till: Till) -> PaymentDecisions:
    """The operator's decisions."""
    silent = Notices(till.services.surroundings, operator_chat_id=None, mail=False, events=False)
    return PaymentDecisions(till.database, till.services.surroundings, silent)
