"""What customers do with their orders: withdraw, pay by another method, or several by one transfer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.db.tables import ChatCustomerRow, OrderRow
from bot.services.actor import Actor
from bot.services.errors import ServiceError
from tests.simulation.actors.paying import make_calls
from tests.simulation.people import Phone, calling, shown, widget_of
from tests.simulation.registry import actor

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

_TO_WITHDRAW: Final = ("recede", "withdraw_next", "withdraw_confirm")
_TO_PAY_OTHERWISE: Final = ("orders_list", "order_other", "order_methods", "order_method")


@actor("withdraw", 4)
async def withdraw(life: "Life", process: "Process", lot: "Lot") -> str:
    """Withdraw from an order that /recesso lists, mostly to the end."""
    phone = await _phone_with_an_order(life, process, lot)
    if phone is None:
        return "nobody has ordered"
    await phone.send("/recesso")
    steps = await _tap(phone, lot, _TO_WITHDRAW if lot.percent(80) else _TO_WITHDRAW[:-1])
    return f"{steps} steps in {shown(phone)}"


@actor("pay otherwise", 4)
async def pay_otherwise(life: "Life", process: "Process", lot: "Lot") -> str:
    """Choose another method of payment for an order, mostly to the end."""
    phone = await _phone_with_an_order(life, process, lot, "awaiting_payment")
    if phone is None:
        return "nobody has an order to pay"
    await phone.send("/orders")
    steps = await _tap(phone, lot, _TO_PAY_OTHERWISE if lot.percent(80) else _TO_PAY_OTHERWISE[:-1])
    return f"{steps} steps in {shown(phone)}"


@actor("pay several", 4)
async def pay_several(life: "Life", process: "Process", lot: "Lot") -> str:
    """Take a collective number for the open orders of a chat, and pay it: all of it, a part, or more."""
    chats = await _chats_with_orders(life, "awaiting_payment")
    chat = lot.one_of(sorted(chats))
    if chat is None:
        return "nobody has an order to pay"
    numbers = chats[chat] if lot.percent(80) else chats[chat][:1]
    try:
        work = process.services.collectives.create(Actor(chat, "it"), numbers)
        collective = await process.do(work)
    except ServiceError as refused:
        return f"refused, {type(refused).__name__}"
    due = collective.due
    cents = lot.choices((due, max(due // 2, 1), due + 700), (6, 3, 1))[0]
    payment_id = f"bank-{life.day}-{lot.randrange(10**6)}"
    day = life.day + lot.choice((0, 0, 2))
    life.bank.report(day, life.clock.now(), payment_id, collective.number, cents)
    return f"{cents} for {len(numbers)} orders: {await make_calls(life, process, lot)}"


async def _tap(phone: Phone, lot: "Lot", widgets: Sequence[str]) -> int:
    """Tap one button of each of these widgets in turn, where there is one; how many there were."""
    tapped = 0
    for widget in widgets:
        live = phone.live()
        found = [button for button in calling(live) if widget_of(button) == widget] if live else []
        if live is not None and found:
            await phone.press(lot.choice(found).callback_data or "", on=live)
            tapped += 1
    return tapped


async def _phone_with_an_order(life: "Life", process: "Process", lot: "Lot", *statuses: str) -> Phone | None:
    """The phone of somebody who has ordered and has not blocked the bot."""
    phones = [Phone(life, process, chat) for chat in sorted(await _chats_with_orders(life, *statuses))]
    return lot.one_of([phone for phone in phones if not phone.blocked])


async def _chats_with_orders(life: "Life", *statuses: str) -> dict[int, list[str]]:
    """The numbers of the orders that each chat sees, of these states alone where some are named."""
    query = (
        select(ChatCustomerRow.chat_id, OrderRow.number)
        .join(OrderRow, OrderRow.customer_id == ChatCustomerRow.customer_id)
        .order_by(OrderRow.placed_at, OrderRow.number)
    )
    if statuses:
        query = query.where(OrderRow.status.in_(statuses))
    chats: dict[int, list[str]] = {}
    async with life.database.read() as session:
        for chat, number in await session.execute(query):
            chats.setdefault(chat, []).append(number)
    return chats
