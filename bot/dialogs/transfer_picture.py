"""The picture of a transfer for a bank's app, sent when it is asked for (DOMAIN.md 4)."""

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.context import actor_of, answered_below, services_of, translator_of
from bot.dialogs.paying import how_to_pay
from bot.domain.instructions import Transfer
from bot.messages.qr import transfer_qr
from bot.services.orders.rows import Order

_log = structlog.get_logger(__name__)


async def show_qr(manager: DialogManager, order: Order) -> None:
    """Answer a tap in a window: the picture comes below the screen, which stays as it is.

    An order that is over meanwhile has none: the screen says so.
    """
    if order.progress(services_of(manager).surroundings.today()).is_open:
        manager.show_mode = ShowMode.NO_UPDATE
        await manager.answer_callback()  # sending a picture may take a while
        await send_qr(manager, order)


async def send_qr(manager: DialogManager, order: Order) -> None:
    """Send the picture of what is missing of an order that is open; for other methods than a transfer nothing.

    A failure is logged: the message says all that the picture does, and can be asked for it again.
    """
    how = how_to_pay(manager, order)
    if not isinstance(how, Transfer):
        return
    bot: Bot = manager.middleware_data["bot"]
    try:
        await bot.send_photo(
            actor_of(manager).chat_id,
            BufferedInputFile(transfer_qr(how), filename=f"{order.number}.png"),
            caption=translator_of(manager).html(
                "paying-qr", order=order.number, due=how.due, beneficiary=how.beneficiary
            ),
        )
    except (TelegramAPIError, ValueError) as error:
        _log.warning("qr_not_sent", order=order.number, reason=type(error).__name__)
    else:
        answered_below(manager)
