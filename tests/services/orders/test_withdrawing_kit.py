"""The hardware of a kit is goods: its own line, and its own last day from the delivery (DOMAIN.md 7)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.db.tables import CaseRow, OrderRow
from bot.domain.evidence.chain import Chain as EvidenceChain
from bot.domain.evidence.chain import Content, Kind, Subject
from bot.domain.money import amount
from bot.domain.order_number import format_number
from bot.domain.orders import OrderStatus
from bot.domain.prices import LineKind
from bot.domain.withdrawal import Right
from bot.services.actor import Actor
from bot.services.errors import NotWithdrawable
from bot.services.evidence.reading import chain_of
from bot.services.office.kit_deliveries import KitDeliveries, NoDayOfDelivery, NoHardware, NotPaid
from bot.services.office.payment_cases import NoSuchOrder
from bot.services.orders.rows import Order
from bot.services.orders.withdrawing import Stated
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.ordering import chosen, give_kit_to, place
from tests.support.till import Till

ACTOR = Actor(7, "it")
STATED = Stated("Recedo dal kit.", "maria@example.com", "Che cosa segue", "Conferma recesso")


@pytest.fixture
def deliveries(till: Till, surroundings: Surroundings) -> KitDeliveries:
    """Where the operator registers deliveries."""
    return KitDeliveries(till.database, surroundings)


async def with_kit(till: Till, kit: str = "smart_card") -> Order:
    """An order of Monday 23 November 2026 with a kit, which awaits payment."""
    mailbox = await till.seed.mailbox("rossi", plan="pro", expires_in=60)
    invitation = await till.services.linking.invite("rossi")
    await till.services.linking.redeem(ACTOR, invitation.token)
    renewal = await chosen(till.services, ACTOR, [mailbox])
    await give_kit_to(till.services, ACTOR, renewal.draft.id, kit)
    return await place(till.services, ACTOR, await till.services.renewals.read(ACTOR, renewal.draft.id))


def of_kit(order: Order) -> int:
    """The cents of the kit and its shipping."""
    return sum(line.total for line in order.quote.lines if line.kind in {LineKind.KIT, LineKind.SHIPPING})


async def cases(till: Till) -> list[CaseRow]:
    async with till.database.read() as session:
        rows = await session.execute(select(CaseRow).where(CaseRow.kind == "withdrawn").order_by(CaseRow.id))
        return list(rows.scalars())


async def row_of(till: Till, order: Order) -> OrderRow:
    async with till.database.read() as session:
        return (await session.scalars(select(OrderRow).where(OrderRow.number == order.number))).one()


async def test_after_the_days_of_the_order_the_kit_alone_goes_back_and_the_renewal_stays(
    till: Till, clock: FrozenClock, deliveries: KitDeliveries
) -> None:
    order = await with_kit(till)
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=12))
    await deliveries.register(order.number, date(2026, 12, 4))
    assert (await till.services.withdrawals.show(ACTOR, order.number)).right is Right.ONLINE, (
        "all of it still"
    )
    clock.advance(timedelta(days=8))
    found = await till.services.withdrawals.show(ACTOR, order.number)
    assert (found.right, found.last_day) == (Right.KIT, date(2026, 12, 18))
    assert found.consequences.kit_alone
    done = await till.services.withdrawals.withdraw(ACTOR, order.number, STATED)
    assert done.receipt is not None
    assert (done.right, done.receipt.kit_alone, done.receipt.due_back) == (
        Right.WITHDRAWN,
        True,
        of_kit(order),
    )
    assert await till.services.withdrawals.withdraw(ACTOR, order.number, STATED) == done, "said again"
    row = await row_of(till, order)
    assert (row.status, row.withdrawn_at) == ("completed", None)
    assert (await till.mailboxes(order))[0].expires_on == order.items[0].new_expiry
    assert (await till.services.seen_renewals.standing()).waiting == 1, "the provider still has to renew it"
    (case,) = await cases(till)
    assert (case.facts["kit_alone"], case.facts["remaining"]) == (True, amount(of_kit(order)))
    assert [part["kind"] for part in case.facts["parts"]] == ["kit"]
    (event,) = await till.told("kit.withdrawn")
    assert event.payload["data"]["delivered_on"] == "2026-12-04"
    assert await till.told("order.withdrawn") == []
    # What goes back for it closes the case, and nobody is asked why.
    await till.receive(till.went_back(till.paid(order), of_kit(order)))
    assert [each.outcome for each in await cases(till)] == ["resolved"]
    assert await till.told("operator-review") == []
    assert await till.status(order) == "completed"


async def test_while_the_delivery_is_not_known_the_days_of_a_kit_run(
    till: Till, clock: FrozenClock, deliveries: KitDeliveries
) -> None:
    order = await with_kit(till)
    await till.receive(till.paid(order))
    assert await deliveries.unregistered() == 0, "it is on its way"
    clock.advance(timedelta(days=100))
    found = await till.services.withdrawals.show(ACTOR, order.number)
    assert (found.right, found.last_day) == (Right.KIT, None)
    assert await deliveries.unregistered() == 1
    await deliveries.register(order.number, date(2026, 12, 4))
    assert await deliveries.unregistered() == 0


async def test_when_its_days_are_over_nothing_goes_back(
    till: Till, clock: FrozenClock, deliveries: KitDeliveries
) -> None:
    order = await with_kit(till)
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=26))
    await deliveries.register(order.number, date(2026, 12, 4))
    with pytest.raises(NotWithdrawable) as refused:
        await till.services.withdrawals.withdraw(ACTOR, order.number, STATED)
    assert refused.value.right is Right.OVER
    # The day was mistyped: it is put right, and with it the last day.
    await deliveries.register(order.number, date(2026, 12, 14))
    assert (await till.services.withdrawals.show(ACTOR, order.number)).right is Right.KIT
    row = await row_of(till, order)
    async with till.database.read() as session:
        chain = EvidenceChain(Subject.ORDER, row.id)
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    assert [
        content.value
        for record, content in found[1]
        if record.kind is Kind.DELIVERED and isinstance(content, Content)
    ] == [{"kit": "smart_card", "delivered_on": day} for day in ("2026-12-04", "2026-12-14")]


async def test_what_is_no_delivery_is_refused(till: Till, deliveries: KitDeliveries) -> None:
    order = await with_kit(till)
    today = till.seed.today
    with pytest.raises(NotPaid) as unpaid:
        await deliveries.register(order.number, today)
    assert unpaid.value.status is OrderStatus.AWAITING_PAYMENT
    await till.receive(till.paid(order))
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(NoDayOfDelivery):
            await deliveries.register(order.number, day)
    with pytest.raises(NoSuchOrder):
        await deliveries.register(format_number("ZZZZZ"), today)
    without = await till.order("verdi", chats=(9,))
    with pytest.raises(NoHardware):
        await deliveries.register(without.number, today)
    assert (await deliveries.register(order.number, today)).until == date(2026, 12, 7)
    assert (await deliveries.register(order.number, today)).on == today


async def test_a_remote_signature_has_no_days_of_its_own_whatever_was_to_be_shipped_before(
    till: Till, clock: FrozenClock
) -> None:
    order = await with_kit(till, "remote")  # with an address, as whoever chose a card first has given one
    await till.receive(till.paid(order))
    clock.advance(timedelta(days=15))
    assert (await till.services.withdrawals.show(ACTOR, order.number)).right is Right.OVER
