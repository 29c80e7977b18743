"""An order's chain tells its whole life by itself, and the same as the tables do (DOMAIN.md 7)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import OrderRow
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.domain.evidence.checking import check
from bot.domain.invoices import Invoice
from bot.services.actor import Actor
from bot.services.evidence.reading import chain_of
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.invoicing import InvoiceReport
from bot.services.orders.withdrawing import Stated
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.till import Till

MARIA = Actor(7, "it")


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


@pytest.fixture
def notices(surroundings: Surroundings) -> Notices:
    """Whoever decides tells nobody here."""
    return Notices(surroundings, operator_chat_id=None, mail=False, events=False)


async def told(till: Till, number: str) -> list[tuple[Kind, Any]]:
    """What the chain of an order says, once it was checked."""
    async with till.database.read() as session:
        order_id = await session.scalar(select(OrderRow.id).where(OrderRow.number == number))
        assert order_id is not None
        chain = Chain(Subject.ORDER, order_id)
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    head, kept = found
    assert check(chain, kept, head) == []
    return [(record.kind, content.value) for record, content in kept if isinstance(content, Content)]


async def test_an_order_is_recorded_as_it_was_placed(till: Till) -> None:
    order = await till.order(address="maria@pec.example")
    ((kind, value),) = await told(till, order.number)
    assert kind is Kind.PLACED
    assert (value["number"], value["due"], value["chat"]) == (order.number, "36.48", 7)
    assert value["button"] == "Ordine di prova"
    assert value["mailboxes"][0]["address"] == "maria@pec.example"
    assert {each["document"] for each in value["documents"]} >= {"conditions", "clauses", "privacy"}
    assert all(each["sha256"] and each["accepted_at"] for each in value["documents"])
    assert value["registrant"]["tax_code"]


async def test_an_invoice_is_recorded(till: Till) -> None:
    order = await till.order()
    report = InvoiceReport(
        order.number, Invoice("2026/17", date(2026, 11, 23), url="https://posta.example/17")
    )
    await till.services.invoices.receive("call-1", "{}", report)
    kind, value = (await told(till, order.number))[-1]
    assert (kind, value["number"], value["issued_on"]) == (Kind.INVOICED, "2026/17", "2026-11-23")
    assert "https" not in str(value), "whoever has the link may open it"


async def test_each_part_of_the_money_is_recorded_and_what_completed_the_order(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order, payment_id="one", cents=1000))
    await till.receive(till.paid(order, payment_id="rest", cents=2648))
    await till.receive(till.paid(order, payment_id="again", cents=3648))
    _, *moved = await told(till, order.number)
    assert [(kind, value.get("counted"), value.get("due_back")) for kind, value in moved] == [
        (Kind.PAYMENT, "10.00", "0.00"),
        (Kind.COMPLETED, None, None),
        (Kind.PAYMENT, "26.48", "0.00"),
        (Kind.PAYMENT, "0.00", "36.48"),
    ]


@pytest.mark.soak
async def test_the_same_call_again_is_recorded_once(till: Till) -> None:
    order = await till.order()
    for _ in range(2):
        await till.receive(till.paid(order, payment_id="one"))
    assert [kind for kind, _ in await told(till, order.number)] == [
        Kind.PLACED,
        Kind.COMPLETED,
        Kind.PAYMENT,
    ]


async def test_money_that_went_back_is_recorded(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order, payment_id="one"))
    await till.receive(till.went_back(till.paid(order, payment_id="one")))
    kind, value = (await told(till, order.number))[-1]
    assert (kind, value["payment"], value["counted"]) == (Kind.REVERSAL, "one", "-36.48")


async def test_a_cancelled_order_says_so_and_later_money_too(till: Till) -> None:
    order = await till.order()
    await till.services.orders.cancel(MARIA, order.number)
    await till.services.orders.cancel(MARIA, order.number)
    await till.receive(till.paid(order, payment_id="late"))
    kinds = [kind for kind, _ in await told(till, order.number)]
    assert kinds == [Kind.PLACED, Kind.CANCELLED, Kind.PAYMENT]


async def test_a_withdrawal_is_recorded_as_it_was_stated(till: Till) -> None:
    order = await till.order()
    await till.receive(till.paid(order, payment_id="one"))
    stated = Stated("Recedo.", "maria@example.com", "Che cosa segue", "Conferma recesso")
    for _ in range(2):
        await till.services.withdrawals.withdraw(MARIA, order.number, stated)
    kinds = [kind for kind, _ in await told(till, order.number)]
    assert kinds.count(Kind.WITHDRAWN) == 1
    _, value = (await told(till, order.number))[-1]
    assert (value["words"], value["became"], value["due_back"]) == ("Recedo.", "withdrawn", "36.48")


async def test_an_order_that_expired_says_so(till: Till, clock: FrozenClock) -> None:
    order = await till.order()
    clock.advance(timedelta(days=400))
    await till.services.expiring.run()
    assert [kind for kind, _ in await told(till, order.number)] == [Kind.PLACED, Kind.EXPIRED]


async def test_another_method_is_recorded_with_what_was_read(till: Till) -> None:
    order = await till.order()
    card = (await till.services.other_methods.offered(MARIA, order.number)).change_to("card")
    await till.services.other_methods.choose(
        MARIA, order.number, "card", card.seal, screen="Pagare con carta?", button_label="Sì"
    )
    kind, value = (await told(till, order.number))[-1]
    assert kind is Kind.METHOD
    assert (value["to"], value["screen"], value["button"]) == ("card", "Pagare con carta?", "Sì")


async def test_what_a_person_decides_of_money_is_recorded(till: Till, notices: Notices) -> None:
    order = await till.order()
    await till.receive(till.paid(order, payment_id="one"))
    await till.receive(till.paid(order, payment_id="two"))
    decisions = PaymentDecisions(till.database, till.services.surroundings, notices)
    (case,), _ = await decisions.review(5)
    await decisions.refunded(case.id, "sent back by transfer")
    kind, value = (await told(till, order.number))[-1]
    assert (kind, value["payment"], value["decision"]) == (Kind.GIVEN_BACK, "two", "refunded")


async def test_what_the_office_notes_for_itself_is_not_in_what_its_customer_is_given(
    till: Till, notices: Notices
) -> None:
    order = await till.order()
    await till.receive(till.paid(order, payment_id="one"))
    await till.receive(till.paid(order, payment_id="two"))
    other = await till.order("verdi", chats=(9,))
    decisions = PaymentDecisions(till.database, till.services.surroundings, notices)
    (case,), _ = await decisions.review(5)
    await decisions.assign(case.id, other.number)
    given = await till.services.papers.of_own_order(MARIA, order.number)
    assert other.number not in str(given.to_json()), "nor the order of somebody else to which money was moved"
