"""The dialog of "my orders", assembled from its windows."""

from aiogram_dialog import Dialog

from bot.dialogs.orders import cancel, listing, method, order, withdraw
from bot.dialogs.orders.data import take_start_data


def orders_dialog() -> Dialog:
    """A new dialog of orders: one can be attached to one dispatcher only.

    It is started at `OrderStates.list`, or at `OrderStates.order` with `{"number": …}` as its data.
    """
    return Dialog(
        *listing.windows(),
        *order.windows(),
        *cancel.windows(),
        *method.windows(),
        *withdraw.windows(),
        on_start=take_start_data,
    )
