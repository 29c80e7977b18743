"""No money is lost, and none is made (DOMAIN.md 5): counted anew from the movements, by plain sums."""

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import OrderRow, PaymentRow
from tests.simulation.account import key_of
from tests.simulation.bank import Moved
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_REPORTED = frozenset({"registered", "reversed"})


async def _movements(life: "Life") -> list[PaymentRow]:
    async with life.database.read() as session:
        return list(await session.scalars(select(PaymentRow).order_by(PaymentRow.id)))


@law("what was answered is in the ledger, once")
async def recorded(life: "Life") -> list[str]:
    """Each report that was answered stands in the ledger once, as it was; and nothing that nobody reported."""
    found: defaultdict[tuple[str, str, str], list[Moved]] = defaultdict(list)
    for row in await _movements(life):
        if row.origin_id is None and row.kind in _REPORTED:
            key = row.payment_id, row.kind, row.reversal_id
            found[key].append(Moved(*key, row.amount, row.currency))
    called = {
        (data["payment_id"], call.event["type"].removeprefix("payment."), data.get("reversal_id", ""))
        for call in life.bank.calls
        for data in (call.event["data"],)
    }
    told = {each.key for each in life.account.told}
    wrong = [
        f"{moved} stands as {rows}"
        for moved in life.bank.heard
        if (rows := found[moved.payment_id, moved.kind, moved.reversal_id]) != [moved]
    ]
    wrong += [
        f"nobody reported {key}"
        for key, rows in found.items()
        if rows and key not in called and key_of(key[2] if key[1] == "reversed" else key[0]) not in told
    ]
    wrong += life.bank.refused
    return wrong


@law("received - reversed = counted + what waits, is due back or was given back")
async def conserved(life: "Life") -> list[str]:
    """What a payment brought and did not take away again pays orders, or a person knows of it."""
    payments: defaultdict[str, list[PaymentRow]] = defaultdict(list)
    for row in await _movements(life):
        payments[row.payment_id].append(row)
    wrong = []
    for payment_id, rows in payments.items():
        own = [row for row in rows if row.origin_id is None]
        received = sum(row.amount for row in own if row.kind == "registered")
        back = sum(row.amount for row in own if row.kind == "reversed" and row.outcome == "reversed")
        counted = sum(row.counted for row in rows)
        idle = received - back - counted
        if received == 0:
            continue  # its reversal has overtaken it
        if idle < 0:
            wrong.append(f"{payment_id}: {received} - {back} came, and {counted} is counted")
        elif idle > 0 and all(row.reason is None for row in rows):
            wrong.append(f"{payment_id}: {idle} of {received} is nowhere")
    return wrong


@law("an order is what was paid for it")
async def standing(life: "Life") -> list[str]:
    """Complete with all that is due and not before; never with more; nothing counts for one that was cancelled."""
    counted: defaultdict[int, int] = defaultdict(int)
    went_back: set[int] = set()
    for row in await _movements(life):
        if row.order_id is not None:
            counted[row.order_id] += row.counted
            if row.counted < 0:
                went_back.add(row.order_id)
    async with life.database.read() as session:
        orders = list(await session.scalars(select(OrderRow).order_by(OrderRow.id)))
    wrong = []
    for order in orders:
        paid = counted[order.id]
        fits = {
            "completed": paid == order.due or (order.id in went_back and 0 <= paid < order.due),
            "awaiting_decision": paid == 0,
            "awaiting_payment": 0 <= paid < order.due,
            "cancelled": paid == 0,
            "withdrawn": 0 <= paid <= order.due,
            "expired": 0 <= paid < order.due,
        }.get(order.status, False)
        if not fits:
            wrong.append(f"an order is {order.status} with {paid} of {order.due}")
    return wrong
