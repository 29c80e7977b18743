"""Whatever happens to an order, its evidence tells the same as the tables do, after every step (DOMAIN.md 7)."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.db.tables import OrderRow
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.domain.evidence.checking import check
from bot.domain.money import amount, signed_amount
from bot.services.actor import Actor
from bot.services.errors import OrderNotOpen, OrderPartPaid, ServiceError
from bot.services.evidence.reading import chain_of
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated
from bot.services.payments.ledger import PaymentKind
from tests.simulation.laws.evidence import replayed
from tests.support.clock import FrozenClock
from tests.support.till import Till

STATED = Stated("Recedo.", "maria@example.com", "Che cosa succede", "Conferma recesso")
_ids = count(1)

_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["pay", "take back"]), st.integers(1, 3), st.sampled_from([1000, 2648, 3648])),
        st.tuples(
            st.sampled_from(["cancel", "withdraw", "a day", "a year"]), st.just(0), st.just(0)
        ),
    ),
    max_size=8,
)  # fmt: skip


@given(steps=_STEPS)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_evidence_tells_how_the_order_stands(
    till: Till, clock: FrozenClock, steps: list[tuple[str, int, int]]
) -> None:
    await goes_through(till, clock, steps)


@pytest.mark.soak
@given(steps=_STEPS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_evidence_tells_how_each_of_a_hundred_orders_stands(
    till: Till, clock: FrozenClock, steps: list[tuple[str, int, int]]
) -> None:
    await goes_through(till, clock, steps)


async def goes_through(till: Till, clock: FrozenClock, steps: list[tuple[str, int, int]]) -> None:
    """An order to which this happens, one after the other."""
    number = next(_ids)
    actor = Actor(5000 + number, "it")
    order = await till.order(f"cliente{number}", chats=(actor.chat_id,))
    await check_evidence(till, order)
    for what, payment, cents in steps:
        if what == "pay":
            await till.receive(till.paid(order, cents, f"{number}-{payment}"))
        elif what == "take back":
            report = till.paid(order, cents, f"{number}-{payment}", kind=PaymentKind.REVERSED)
            await till.receive(report)
        elif what == "cancel":
            with suppress(OrderNotOpen, OrderPartPaid):
                await till.services.orders.cancel(actor, order.number)
        elif what == "withdraw":
            with suppress(ServiceError):
                await till.services.withdrawals.withdraw(actor, order.number, STATED)
        else:
            clock.advance(timedelta(days=1 if what == "a day" else 365))
            await till.services.expiring.run()
        await check_evidence(till, order)


async def check_evidence(till: Till, order: Order) -> None:
    """The chain is whole, tells how the order stands and is paid, and has every movement of the ledger, once."""
    async with till.database.read() as session:
        row = (await session.scalars(select(OrderRow).where(OrderRow.number == order.number))).one()
        chain = Chain(Subject.ORDER, row.id)
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    head, records = found
    assert check(chain, records, head) == []
    assert replayed(records) == (row.status, row.method_id, row.due)
    told = [
        (content.value["payment"], content.value["counted"], content.value["due_back"])
        for record, content in records
        if isinstance(content, Content) and record.kind in {Kind.PAYMENT, Kind.REVERSAL}
    ]
    ledger = [
        (each.payment_id, signed_amount(each.counted), amount(each.refund))
        for each in await till.ledger()
        if each.order_id == row.id
    ]
    assert told == ledger
