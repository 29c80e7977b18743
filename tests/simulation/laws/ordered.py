"""What customers did with their orders, and what was said of these, is kept as it was, told once, and asked about."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import (
    CaseRow,
    CollectiveOrderRow,
    CollectiveRow,
    InvoiceRow,
    MethodChangeRow,
    OrderLineRow,
    OrderRow,
    OutboxRow,
    PaymentRow,
    VatDecisionRow,
    WithdrawalRow,
)
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life


async def _told(life: "Life", what: str) -> Counter[tuple[str, str]]:
    """How often each number was told of something, by mail or to the operator's system."""
    async with life.database.read() as session:
        keys = await session.scalars(select(OutboxRow.key).where(OutboxRow.key.startswith(f"{what}:")))
        parts = [key.split(":") for key in keys]
    return Counter((each[1], each[-1]) for each in parts if each[-1] in {"mail", "event"})


@law("a withdrawal is told once, and what is due back waits for a person")
async def withdrawn(life: "Life") -> list[str]:
    """Its receipt by mail and an event; of what was paid, what was served stays, and a case has the rest."""
    told = await _told(life, "withdrawn")
    async with life.database.read() as session:
        rows = (
            await session.execute(
                select(WithdrawalRow, OrderRow.number, OrderRow.status).join(
                    OrderRow, OrderRow.id == WithdrawalRow.order_id
                )
            )
        ).all()
        cases = set(await session.scalars(select(CaseRow.subject).where(CaseRow.kind == "withdrawn")))
    wrong = []
    for stated, number, status in rows:
        if status != stated.became or status not in {"cancelled", "withdrawn"}:
            wrong.append(f"order {number} is {status}, and {stated.became} by its withdrawal")
        if stated.due_back != stated.paid - stated.served or stated.served < 0:
            wrong.append(
                f"of {stated.paid} paid for {number} {stated.served} stays and {stated.due_back} is due back"
            )
        if stated.due_back > 0 and number not in cases:
            wrong.append(f"{stated.due_back} are due back of {number}, and nobody knows")
        wrong += [
            f"{number} was told {told[number, channel]} times by {channel} that it is withdrawn"
            for channel in ("mail", "event")
            if told[number, channel] != 1
        ]
    return wrong


@law("an order is paid by the method that was chosen last, while no money counted")
async def methods(life: "Life") -> list[str]:
    """Each change begins at the one before, and the order has what the last one says."""
    async with life.database.read() as session:
        orders = {row.id: row for row in await session.scalars(select(OrderRow))}
        changes = list(await session.scalars(select(MethodChangeRow).order_by(MethodChangeRow.id)))
        money: defaultdict[int | None, list[PaymentRow]] = defaultdict(list)
        for row in await session.scalars(select(PaymentRow)):
            money[row.order_id].append(row)
    wrong = []
    last: dict[int, MethodChangeRow] = {}
    for change in changes:
        before = last.get(change.order_id)
        if before is not None and before.method_id != change.from_method_id:
            wrong.append(f"an order went from {change.from_method_id}, and was at {before.method_id}")
        if sum(row.counted for row in money[change.order_id] if row.received_at < change.at):
            wrong.append(f"the method of an order changed at {change.at}, while money counted for it")
        last[change.order_id] = change
    return wrong + [
        f"order {orders[order_id].number} is paid by {orders[order_id].method_id}, and {change.method_id} was chosen"
        for order_id, change in last.items()
        if orders[order_id].method_id != change.method_id
    ]


@law("an order that waits for a word on its vat is asked about, and costs what the word says")
async def vat(life: "Life") -> list[str]:
    """While it waits there is an open case; once it was decided, its lines are due, with or without their VAT."""
    async with life.database.read() as session:
        orders = list(await session.scalars(select(OrderRow).order_by(OrderRow.id)))
        words = {row.order_id: row for row in await session.scalars(select(VatDecisionRow))}
        asked = set(
            await session.scalars(select(CaseRow.key).where(CaseRow.kind == "vat", CaseRow.outcome.is_(None)))
        )
        lines: defaultdict[int, list[OrderLineRow]] = defaultdict(list)
        for line in await session.scalars(select(OrderLineRow)):
            lines[line.order_id].append(line)
    wrong = []
    for order in orders:
        waits = order.status == "awaiting_decision"
        if waits is not (order.number in asked):
            wrong.append(
                f"order {order.number} is {order.status}, and a case {'waits' if not waits else 'lacks'}"
            )
        if waits and order.id in words:
            wrong.append(f"order {order.number} waits for the word that was given")
        if (word := words.get(order.id)) is not None:
            net = sum(line.net for line in lines[order.id])
            due = net + sum(line.vat for line in lines[order.id]) * (word.treatment == "charged")
            if not order.due == word.due == due:
                wrong.append(
                    f"order {order.number} costs {order.due}, {word.due} by the word, {due} by its lines"
                )
    return wrong


@law("a collective number pays its own orders, and them alone")
async def collectives(life: "Life") -> list[str]:
    """What came for it is allotted to orders that it stands for; none has more of one payment than one part."""
    async with life.database.read() as session:
        members = defaultdict(set)
        for number, order_id in await session.execute(
            select(CollectiveRow.number, CollectiveOrderRow.order_id).join(
                CollectiveOrderRow, CollectiveOrderRow.collective_id == CollectiveRow.id
            )
        ):
            members[number].add(order_id)
        rows = {row.id: row for row in await session.scalars(select(PaymentRow))}
    wrong, parts = [], Counter[tuple[int | None, int | None]]()
    for row in rows.values():
        if row.kind != "allotted" or row.origin_id is None:
            continue
        parts[row.origin_id, row.order_id] += 1
        number = rows[row.origin_id].order_text
        if row.order_id not in members[number]:
            wrong.append(f"{row.amount} for {number} was allotted to an order that it does not stand for")
    return wrong + [f"an order has {n} parts of one payment" for n in parts.values() if n > 1]


@law("an invoice that was taken stands with its order, and is told once")
async def invoices(life: "Life") -> list[str]:
    """Whatever was answered `told` is there, and each that is there was told by mail, once."""
    async with life.database.read() as session:
        kept = {
            (order, row.number): row.id
            for row, order in await session.execute(
                select(InvoiceRow, OrderRow.number).join(OrderRow, OrderRow.id == InvoiceRow.order_id)
            )
        }
        keys = Counter(
            await session.scalars(select(OutboxRow.key).where(OutboxRow.key.like("invoice:%:mail")))
        )
    taken = {
        (call.event["data"]["order"], call.event["data"]["number"])
        for call in life.bank.invoices
        if call.outcome == "told"
    }
    wrong = [f"the invoice {number} of {order} was taken and is gone" for order, number in taken - set(kept)]
    told = {f"invoice:{order}:{row_id}:mail" for (order, _), row_id in kept.items()}
    wrong += [
        f"{key} is told of {keys[key]} times" for key in told | set(keys) if (keys[key] == 1) != (key in told)
    ]
    return wrong
