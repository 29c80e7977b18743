"""What stands under a message that an order is paid from, and is more than a text to copy (DOMAIN.md 4)."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.orders.data import open_number
from bot.dialogs.paying import how_to_pay, mail_again
from bot.dialogs.payment_card import say_paid, take_back
from bot.dialogs.states import OrderStates, RenewalStates
from bot.dialogs.transfer_picture import send_qr
from bot.dialogs.widgets.toasts import toast
from bot.domain.instructions import Transfer
from bot.handlers.buttons import MailAgain, PayOtherwise, SayPaid, ShowQr, TakePaidBack
from bot.handlers.reach import acknowledge
from bot.services.errors import OrderNotOpen


def paying_router() -> Router:
    """The buttons of such messages, of any age: each is judged by how the order stands now."""
    router = Router(name="paying")
    router.callback_query.register(show_qr, ShowQr.filter())
    router.callback_query.register(pay_otherwise, PayOtherwise.filter())
    router.callback_query.register(email_again, MailAgain.filter())
    router.callback_query.register(paid, SayPaid.filter())
    router.callback_query.register(not_paid, TakePaidBack.filter())
    return router


async def show_qr(callback: CallbackQuery, callback_data: ShowQr, dialog_manager: DialogManager) -> None:
    """Send the picture of what is missing by now.

    Raises:
        NotYours: it is not this chat's order.
        OrderNotOpen: nothing is to be paid any more.
    """
    services = services_of(dialog_manager)
    order = await services.orders.show(actor_of(dialog_manager), callback_data.number)
    if not order.progress(services.surroundings.today()).is_open:
        raise OrderNotOpen
    if not isinstance(how_to_pay(dialog_manager, order), Transfer):
        await toast(callback, translator_of(dialog_manager).plain("paying-qr-none"), alert=True)
        return
    await acknowledge(callback)
    await send_qr(dialog_manager, order)


async def pay_otherwise(
    callback: CallbackQuery, callback_data: PayOtherwise, dialog_manager: DialogManager
) -> None:
    """Open the methods by which the order could be paid instead.

    Raises:
        NotYours: it is not this chat's order.
        OrderNotOpen, OrderPartPaid: the method cannot be changed any more.
    """
    number = callback_data.number
    await services_of(dialog_manager).other_methods.offered(actor_of(dialog_manager), number)
    await dialog_manager.start(
        OrderStates.methods,
        data={"number": number},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )
    await acknowledge(callback)


async def paid(callback: CallbackQuery, callback_data: SayPaid, dialog_manager: DialogManager) -> None:
    """Pin the card that says until when the payment is expected."""
    await say_paid(callback, dialog_manager, callback_data.number)
    await _redraw_page(dialog_manager, callback_data.number)


async def not_paid(
    callback: CallbackQuery, callback_data: TakePaidBack, dialog_manager: DialogManager
) -> None:
    """Let the reminders come as before."""
    await take_back(callback, dialog_manager, callback_data.number)
    await _redraw_page(dialog_manager, callback_data.number)


async def _redraw_page(manager: DialogManager, number: str) -> None:
    """Draw the page or the confirmation anew where it is open: both say whether the payment is expected."""
    state = manager.current_context().state if manager.has_context() else None
    if state == RenewalStates.placed or (state == OrderStates.order and open_number(manager) == number):
        await manager.show(ShowMode.EDIT)


async def email_again(
    callback: CallbackQuery, callback_data: MailAgain, dialog_manager: DialogManager
) -> None:
    """Mail the link to pay once more."""
    await mail_again(callback, dialog_manager, callback_data.number)
