"""One open order for a mailbox, one order for a draft, and a new expiry for what was paid and for nothing else."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.db.tables import MailboxRow, OrderItemRow, OrderRow, OutboxRow
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_OPEN = frozenset({"awaiting_decision", "awaiting_payment"})


@law("no mailbox is in two open orders")
async def one_open_order(life: "Life") -> list[str]:
    """By the orders' own words, not by the mark at their items, which has to say the same."""
    async with life.database.read() as session:
        rows = (
            await session.execute(
                select(OrderItemRow.mailbox_id, OrderItemRow.open, OrderRow.status).join(
                    OrderRow, OrderRow.id == OrderItemRow.order_id
                )
            )
        ).all()
    opened = Counter(mailbox for mailbox, _, status in rows if status in _OPEN)
    wrong = [f"mailbox {mailbox} is in {number}" for mailbox, number in opened.items() if number > 1]
    wrong += [
        f"mailbox {mailbox} is marked {'open' if is_open else 'closed'} in an order that is {status}"
        for mailbox, is_open, status in rows
        if is_open is not (status in _OPEN)
    ]
    return wrong


@law("a draft makes one order")
async def one_order_a_draft(life: "Life") -> list[str]:
    """However often its button was tapped."""
    async with life.database.read() as session:
        rows = await session.execute(
            select(OrderRow.draft_id, func.count()).group_by(OrderRow.draft_id).having(func.count() > 1)
        )
        return [f"draft {draft} made {number}" for draft, number in rows]


@law("an expiry moves with a paid order, or with a file")
async def expiries(life: "Life") -> list[str]:
    """From evening to evening: by the years of the orders that were completed, where no file has named the mailbox."""
    async with life.database.read() as session:
        boxes = {row.id: row for row in await session.scalars(select(MailboxRow))}
        items = (
            await session.execute(
                select(
                    OrderItemRow.order_id, OrderItemRow.mailbox_id, OrderItemRow.new_expiry, OrderRow.years
                )
                .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
                .where(OrderRow.completed_at.is_not(None))
            )
        ).all()
    before: dict[int, date] = life.memory.get("expiries", {})
    known: set[Any] = life.memory.get("completed", set())
    years: defaultdict[int, int] = defaultdict(int)
    at_least: dict[int, date] = {}
    for order_id, mailbox_id, new_expiry, of_order in items:
        if order_id not in known:
            years[mailbox_id] += of_order
            at_least[mailbox_id] = max(new_expiry, at_least.get(mailbox_id, new_expiry))
    life.memory["expiries"] = {mailbox_id: box.expires_on for mailbox_id, box in boxes.items()}
    life.memory["completed"] = {row.order_id for row in items}
    wrong = []
    for mailbox_id, was in before.items():
        box = boxes.get(mailbox_id)
        if box is None:
            wrong.append(f"mailbox {mailbox_id} is gone")
        elif box.address not in life.provider.touched:
            should = _years_later(was, years[mailbox_id])
            if box.expires_on != should:
                wrong.append(
                    f"mailbox {mailbox_id} went from {was} to {box.expires_on} for {years[mailbox_id]} years"
                )
    return wrong


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@law("what an order brings is written to be told")
async def announced(life: "Life") -> list[str]:
    """An order that was placed, and one that was completed, are told by mail and to the operator's system, once."""
    async with life.database.read() as session:
        orders = (
            await session.execute(select(OrderRow.number, OrderRow.status, OrderRow.completed_at))
        ).all()
        keys = Counter(
            (key.partition(":")[0], number)
            for key in await session.scalars(select(OutboxRow.key).where(OutboxRow.key.like("%:mail")))
            for number in key.split(":")[1:2]
        )
        events = Counter(
            (payload["type"], payload["data"]["order"])
            for payload in await session.scalars(
                select(OutboxRow.payload).where(OutboxRow.channel == "event")
            )
            if payload.get("type") in {"order.placed", "renewal.completed"}
        )
    wrong = []
    for number, status, completed_at in orders:  # one that is withdrawn may have been completed before
        wanted = [
            ("placed", "order.placed", 1),
            ("completed", "renewal.completed", int(completed_at is not None)),
        ]
        for what, event, times in wanted:
            if keys[what, number] != times:
                wrong.append(f"an order that is {status} has {keys[what, number]} mails that it is {what}")
            if events[event, number] != times:
                wrong.append(f"an order that is {status} has {events[event, number]} events {event}")
    return wrong
