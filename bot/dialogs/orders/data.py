"""What the dialog of orders remembers: the number of the order that is open, and nothing else."""

from typing import Any, Final

from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of
from bot.services.orders.rows import Order

_NUMBER: Final = "number"


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the number that it was started with, if it was with one."""
    number = (start_data or {}).get(_NUMBER)
    if number is not None:
        set_open_order(manager, number)


def set_open_order(manager: DialogManager, number: str) -> None:
    """Open this order."""
    manager.dialog_data[_NUMBER] = number


async def open_order(manager: DialogManager) -> Order:
    """The order that is open, as it stands.

    Raises:
        NotYours: it is not this chat's.
    """
    number = str(manager.dialog_data.get(_NUMBER, ""))
    return await services_of(manager).orders.show(actor_of(manager), number)
