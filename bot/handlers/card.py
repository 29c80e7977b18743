"""The way to the card of a mailbox."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.card.data import start_data
from bot.dialogs.states import CardStates
from bot.handlers.buttons import ShowCard
from bot.handlers.reach import acknowledge


def card_router() -> Router:
    """The buttons that name a mailbox."""
    router = Router(name="card")
    router.callback_query.register(show_card, ShowCard.filter())
    return router


async def show_card(callback: CallbackQuery, callback_data: ShowCard, dialog_manager: DialogManager) -> None:
    """Open the card below the message that names the mailbox."""
    await acknowledge(callback)
    await open_card(dialog_manager, callback_data.mailbox, callback_data.page)


async def open_card(manager: DialogManager, mailbox_id: int, page: int | None = None) -> None:
    """Open the card of a mailbox as a new message; `page` is that of the list it was chosen from, if it was."""
    await manager.start(
        CardStates.card,
        data=start_data(mailbox_id, page),
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )
