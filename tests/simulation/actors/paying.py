"""Payments: exact, in parts, too much, twice, late, out of order, and back again; and invoices."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.db.tables import OrderRow, PaymentRow
from tests.simulation.registry import actor

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process


@actor("pay", 18)
async def pay(life: "Life", process: "Process", lot: "Lot") -> str:
    """Pay an order, mostly one that is open; the calls come now or later, once or several times."""
    orders = await _orders(life)
    waiting = [each for each in orders if each[1] == "awaiting_payment"]
    chosen = lot.one_of(waiting if waiting and lot.percent(75) else orders)
    number, due, counted = (
        ("R7K2M-4", 3648, 0) if chosen is None or lot.percent(4) else (chosen[0], *chosen[2:])
    )
    missing = max(due - counted, 0) or due
    cents = lot.choices((missing, max(missing // 2, 1), missing + 500, max(missing - 1, 1)), (10, 4, 2, 1))[0]
    text = number
    if lot.percent(20):
        text = lot.choice(
            (f"Ordine {number} integrazione", number.lower(), number.replace("-", "/"), f"rif {number}")
        )
    payment_id = f"bank-{life.day}-{lot.randrange(10**6)}"
    copies = lot.choices((("",), ("", ""), ("", "-again")), (7, 2, 2))[0]
    day = life.day + lot.choices((0, 1, 3), (6, 2, 1))[0]
    currency = "CHF" if lot.percent(3) else "EUR"
    at = life.clock.now()
    life.bank.report(day, at, payment_id, text, cents, currency=currency, copies=copies)
    if lot.percent(6):  # it goes back before it was told, and the calls may overtake each other
        life.bank.report(
            life.day + lot.randrange(2), at, payment_id, text, cents, currency=currency, reversed_=True
        )
    return f"{cents} for an order: {await make_calls(life, process, lot)}"


@actor("reverse", 3)
async def reverse(life: "Life", process: "Process", lot: "Lot") -> str:
    """Take money back, all of it or a part; perhaps it comes again."""
    found = lot.one_of(sorted(life.bank.sent))
    if found is None:
        return "nothing to take back"
    order, cents = life.bank.sent[found]
    left = cents - life.bank.gone.get(found, 0)
    if left <= 0:
        return "all of it is back"
    back = left if lot.percent(60) else max(left // 2, 1)
    reversal_id = f"rev-{life.day}-{lot.randrange(10**6)}"
    at = life.clock.now()
    life.bank.report(life.day, at, found, order, back, reversal_id=reversal_id, reversed_=True)
    if lot.percent(25):
        life.bank.report(life.day + 1, at, found, order, back, reversal_id=reversal_id)
        life.bank.gone[found] -= back
    return f"{back} back: {await make_calls(life, process, lot)}"


@actor("invoice", 5)
async def invoice(life: "Life", process: "Process", lot: "Lot") -> str:
    """Issue an invoice or a credit note for an order; perhaps for none, or a number again that was used before."""
    orders = await _orders(life)
    chosen = lot.one_of(orders)
    order = "R7K2M-4" if chosen is None or lot.percent(4) else chosen[0]
    told = life.bank.invoices
    again = lot.choice(told).event["data"] if told and lot.percent(15) else None
    number = again["number"] if again is not None else f"{len(told) + 1}/2026"
    life.bank.invoice(
        life.day + lot.choice((0, 0, 1)),
        life.clock.now(),
        again["order"] if again is not None else order,
        number,
        life.today - timedelta(days=lot.choice((0, 0, 1))),
        lot.choice(("invoice", "invoice", "credit_note")),
        lot.choice((None, f"https://fatture.example.com/{len(told) + 1}")),
    )
    return f"{number}: {await make_calls(life, process, lot)}"


@actor("calls", 5)
async def calls(life: "Life", process: "Process", lot: "Lot") -> str:
    """The operator's system makes its calls, in any order, and some that were answered once more."""
    return await make_calls(life, process, lot)


async def make_calls(life: "Life", process: "Process", lot: "Lot") -> str:
    """Make the calls that wait, in any order; what each was answered."""
    due = life.bank.due(life.day)
    lot.shuffle(due)
    answered = [call for call in (*life.bank.calls, *life.bank.invoices) if call.outcome is not None]
    if answered and lot.percent(15):
        due.append(lot.choice(answered))
    said = []
    for call in due:
        if not process.dead:
            said.append(await life.bank.make(call, process))
            what = "payment" if call in life.bank.calls else "invoice"
            life.counts[f"{what} {said[-1]}"] += 1
    return " ".join(said) or "nothing to call"


async def _orders(life: "Life") -> list[tuple[str, str, int, int]]:
    """Number, status, cents due and counted of every order."""
    async with life.database.read() as session:
        rows = await session.execute(
            select(
                OrderRow.number, OrderRow.status, OrderRow.due, func.coalesce(func.sum(PaymentRow.counted), 0)
            )
            .outerjoin(PaymentRow, PaymentRow.order_id == OrderRow.id)
            .group_by(OrderRow.id, OrderRow.number, OrderRow.status, OrderRow.due)
            .order_by(OrderRow.placed_at, OrderRow.number)
        )
        return [(number, status, due, int(counted)) for number, status, due, counted in rows]
