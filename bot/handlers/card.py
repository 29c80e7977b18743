"""The way to the card of a mailbox, and what takes back that one is not renewed."""

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.card.data import start_data
from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import CardStates
from bot.handlers.buttons import OpenDecline, RemindAgain, RenewAnyway, ShowCard
from bot.handlers.opening import open_mailbox
from bot.handlers.reach import acknowledge, reachable


def card_router() -> Router:
    """The buttons that name a mailbox."""
    router = Router(name="card")
    router.callback_query.register(show_card, ShowCard.filter())
    router.callback_query.register(ask_to_decline, OpenDecline.filter())
    router.callback_query.register(renew_anyway, RenewAnyway.filter())
    router.callback_query.register(remind_again, RemindAgain.filter())
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


async def ask_to_decline(
    callback: CallbackQuery, callback_data: OpenDecline, dialog_manager: DialogManager
) -> None:
    """Open the question whether a mailbox is not renewed, as a new message; Back leads to its card."""
    await acknowledge(callback)
    await dialog_manager.start(
        CardStates.decline,
        data=start_data(callback_data.mailbox, None),
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )


async def renew_anyway(
    callback: CallbackQuery, callback_data: RenewAnyway, dialog_manager: DialogManager
) -> None:
    """Take back that the mailbox is not renewed, and open its renewal."""
    await services_of(dialog_manager).declining.take_back(actor_of(dialog_manager), callback_data.mailbox)
    await open_mailbox(reachable(callback), dialog_manager, callback_data.mailbox)
    await acknowledge(callback)


async def remind_again(
    callback: CallbackQuery, callback_data: RemindAgain, dialog_manager: DialogManager
) -> None:
    """Take back that the mailbox is not renewed, and say so below."""
    declining = services_of(dialog_manager).declining
    address = await declining.take_back(actor_of(dialog_manager), callback_data.mailbox)
    await acknowledge(callback)
    said = translator_of(dialog_manager).html("decline-undone", address=address)
    await say_below(reachable(callback), said)
