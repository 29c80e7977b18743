"""The reason that a payer wrote, as the callback understands it (DOMAIN.md 5)."""

from collections.abc import Sequence

import pytest

from bot.db.engine import Database
from bot.db.tables import ChatCustomerRow
from bot.services.actor import Actor
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.rows import Order
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.support.caller import Caller, payment_event
from tests.support.long_runs import long
from tests.support.till import Till
from tests.web.test_payment_callback import outcome, said

REASONS = (
    "{} integrazione",
    "{}/INTEGRAZIONE",
    "Ordine {}",
    "PAGAMENTO ORDINE {} DEL 23/11/2026",
    "({}).",
    "\tordine\n{}\r\n",
    "{} " + "saldo " * 40,
)
SIGNS = ("-", "/", ".", "\N{EN DASH}", " ", "_", "")
"""What stands where an order's number has its hyphen."""


def written(order: Order, reason: str, sign: str) -> str:
    return reason.format(order.number.replace("-", sign))


@pytest.mark.soak
@pytest.mark.parametrize("reasons", [REASONS[:2], *long((REASONS,))], ids=len)
async def test_what_the_payer_wrote_names_the_order(
    caller: Caller, till: Till, reasons: Sequence[str]
) -> None:
    """An order of each reason is paid by a euro with each sign, and completed with one of them."""
    for turn, reason in enumerate(reasons):
        order = await till.order(f"c{turn}", chats=(7 + turn,))
        for paid, sign in enumerate(SIGNS, 1):
            names = written(order, reason, sign)
            part = payment_event(order=names, amount="1.00", payment_id=f"bank-{turn}-{paid}")
            first = await caller.call(part)
            assert said(first) == outcome("partial", order.number, due=f"{36 - paid}.48"), names
            assert (await caller.call(part)).content == first.content
        names = written(order, reason, SIGNS[turn])
        rest = payment_event(order=names, amount="29.48", payment_id=f"bank-{turn}-rest")
        assert said(await caller.call(rest)) == outcome("completed", order.number), names
    assert not await till.told("operator-review")


@pytest.mark.soak
@pytest.mark.parametrize("sign", SIGNS)
async def test_whatever_the_payer_wrote_pays_the_order_to_its_end(
    caller: Caller, till: Till, sign: str
) -> None:
    for turn, reason in enumerate(REASONS):
        order = await till.order(f"c{turn}", chats=(7 + turn,))
        names = written(order, reason, sign)
        first = await caller.call(payment_event(order=names, amount="20.00", payment_id=f"bank-{turn}-1"))
        assert said(first) == outcome("partial", order.number, due="16.48"), names
        event = payment_event(order=names, amount="16.48", payment_id=f"bank-{turn}-2")
        rest = await caller.call(event)
        assert said(rest) == outcome("completed", order.number), names
        assert (await caller.call(event)).content == rest.content
    assert not await till.told("operator-review")


async def test_a_reason_that_is_too_long_is_cut_and_recorded(caller: Caller, till: Till) -> None:
    order = await till.order()
    half = order.number[:-1]
    late = "a " * 66 + f"b {half}"  # the check character would be the 141st
    assert said(await caller.call(payment_event(order=late + order.number[-1]))) == outcome(
        "review", late + "…"
    )
    assert said(await caller.call(payment_event(order="x" * 60_000, payment_id="bank-2"))) == outcome(
        "review", "x" * 140 + "…"
    )
    assert said(await caller.call(payment_event(order="", payment_id="bank-3"))) == outcome("review", "")
    again = await caller.call(payment_event(order="x" * 60_000, payment_id="bank-2"))
    assert said(again) == outcome("review", "x" * 140 + "…")
    told = [each.payload["reason"] for each in await till.told("operator-review")]
    assert told == ["unknown_order"] * 3


@pytest.mark.soak
async def test_a_reason_that_names_several_orders_is_for_a_person(caller: Caller, till: Till) -> None:
    first, second = await till.order("rossi"), await till.order("bianchi", chats=(8,))
    both = f"ordini {first.number} e {second.number}"
    assert said(await caller.call(payment_event(order=both))) == outcome("review", both)
    (row,) = await till.ledger()
    assert (row.reason, row.counted) == ("several_orders", 0)
    assert [await till.status(order) for order in (first, second)] == ["awaiting_payment"] * 2


@pytest.mark.soak
async def test_a_reason_that_names_a_closed_order_is_judged_as_its_number_is(
    caller: Caller, till: Till
) -> None:
    paid, cancelled = await till.order("rossi"), await till.order("bianchi", chats=(8,))
    await caller.call(payment_event(order=paid.number))
    await till.services.orders.cancel(Actor(8, "it"), cancelled.number)
    for number, (order, expected) in enumerate(((paid, "duplicate_payment"), (cancelled, "review"))):
        for form in ("{}", "ordine {}"):
            event = payment_event(order=form.format(order.number), payment_id=f"late-{number}-{form}")
            assert said(await caller.call(event)) == outcome(expected, order.number)


async def test_what_is_found_only_by_joining_pieces_is_proposed_to_a_person(
    caller: Caller, till: Till, database: Database, surroundings: Surroundings
) -> None:
    order = await till.order()
    glued = f"saldo{order.number}grazie"
    assert said(await caller.call(payment_event(order=glued))) == outcome("review", glued)
    silent = Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    (case,), _ = await PaymentDecisions(database, surroundings, silent).review(10)
    assert [guess.number for guess in case.guesses] == [order.number]


async def test_a_collective_number_pays_its_orders(caller: Caller, till: Till) -> None:
    first, second = await till.order("rossi"), await till.order("bianchi", chats=(8,))
    async with till.database.write() as session:
        session.add(ChatCustomerRow(chat_id=7, customer_id=2, bound_at=till.services.surroundings.now()))
    made = await till.services.collectives.create(Actor(7, "it"), [first.number, second.number])
    event = payment_event(order=f"Saldo {made.number}", amount="40.00")
    assert said(await caller.call(event)) == outcome("partial", made.number, due="32.96")
    rest = payment_event(order=made.number, amount="32.96", payment_id="bank-2")
    assert said(await caller.call(rest)) == outcome("completed", made.number)
    assert [await till.status(order) for order in (first, second)] == ["completed"] * 2
    again = payment_event(order=made.number, amount="5.00", payment_id="bank-3")
    assert said(await caller.call(again)) == outcome("duplicate_payment", made.number)
    back = payment_event(type="payment.reversed", order=made.number, amount="32.96", payment_id="bank-2")
    assert said(await caller.call(back)) == outcome("reversed", made.number)
