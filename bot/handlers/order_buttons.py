"""The way to "my orders" from a command or a message."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of
from bot.dialogs.states import OrderStates
from bot.handlers.buttons import ShowOrders, Withdraw
from bot.handlers.reach import acknowledge


def order_buttons_router() -> Router:
    """`/orders`, and the buttons that show one order, or begin to withdraw from it."""
    router = Router(name="order_buttons")
    router.message.register(orders, Command("orders", "ordini", ignore_case=True))
    router.callback_query.register(show_orders, ShowOrders.filter())
    router.callback_query.register(withdraw, Withdraw.filter())
    return router


async def orders(_: Message, dialog_manager: DialogManager) -> None:
    """Open the list of orders."""
    await dialog_manager.start(OrderStates.list, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def show_orders(
    callback: CallbackQuery, callback_data: ShowOrders, dialog_manager: DialogManager
) -> None:
    """Open one order, or the list."""
    state = OrderStates.list if callback_data.number is None else OrderStates.order
    await dialog_manager.start(
        state,
        data={"number": callback_data.number},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )
    await acknowledge(callback)


async def withdraw(callback: CallbackQuery, callback_data: Withdraw, dialog_manager: DialogManager) -> None:
    """Open the first step of withdrawing from an order; where there is no such right, the window says why.

    Raises:
        NotYours: it is not this chat's order.
    """
    await services_of(dialog_manager).withdrawals.show(actor_of(dialog_manager), callback_data.number)
    await dialog_manager.start(
        OrderStates.withdraw,
        data={"number": callback_data.number},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )
    await acknowledge(callback)
