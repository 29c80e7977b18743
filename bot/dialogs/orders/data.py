"""What the dialog of orders remembers: the number of the order that is open, and whether one mailbox's are listed."""

from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of
from bot.services.orders.rows import Order

_NUMBER: Final = "number"
_MAILBOX: Final = "mailbox"


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the number or the mailbox that it was started with, if it was with one."""
    manager.dialog_data[_MAILBOX] = (start_data or {}).get(_MAILBOX)
    number = (start_data or {}).get(_NUMBER)
    if number is not None:
        set_open_order(manager, number)


def orders_of_mailbox(mailbox_id: int) -> dict[str, Any]:
    """What the list is started with to show the orders of one mailbox, on top of its card."""
    return {_MAILBOX: mailbox_id}


async def listed_orders(manager: DialogManager) -> tuple[Order, ...]:
    """The orders of the list: all of the chat's, or those of one mailbox."""
    orders = await services_of(manager).orders.list(actor_of(manager))
    if not lists_one_mailbox(manager):
        return orders
    wanted = manager.dialog_data[_MAILBOX]
    return tuple(order for order in orders if any(item.mailbox_id == wanted for item in order.items))


def lists_one_mailbox(manager: DialogManager) -> bool:
    """Whether the list is that of one mailbox, opened from its card."""
    return manager.dialog_data.get(_MAILBOX) is not None


def set_open_order(manager: DialogManager, number: str) -> None:
    """Open this order."""
    manager.dialog_data[_NUMBER] = number


async def open_order(manager: DialogManager, *, invoices: bool = False) -> Order:
    """The order that is open, as it stands, with its `invoices` where they are asked for.

    Raises:
        NotYours: it is not this chat's.
    """
    return await services_of(manager).orders.show(actor_of(manager), open_number(manager), invoices=invoices)


def open_number(manager: DialogManager) -> str:
    """The number of the order that is open."""
    return str(manager.dialog_data.get(_NUMBER, ""))
