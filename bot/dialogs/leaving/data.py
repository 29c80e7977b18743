"""What the dialog remembers: which customer it is about, and nothing else."""

from typing import Any, Final

from aiogram_dialog import DialogManager

_CUSTOMER: Final = "customer"


def about(customer_id: int) -> dict[str, int]:
    """What the dialog is started with where it is known whose data are to go."""
    return {_CUSTOMER: customer_id}


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the customer that it was started with, if it was with one."""
    manager.dialog_data.update(start_data or {})


def open_customer(manager: DialogManager) -> int:
    """The customer whose data are to go; 0, which is nobody, while none was chosen."""
    return int(manager.dialog_data.get(_CUSTOMER, 0))


def set_open_customer(manager: DialogManager, customer_id: int) -> None:
    """Speak of this customer from now on."""
    manager.dialog_data[_CUSTOMER] = customer_id
