"""One's own data in the chat: the file with them, and deleting what is the chat's or all (DOMAIN.md 7, "Data")."""

import asyncio

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, answered_below, services_of, translator_of
from bot.dialogs.leaving.data import about
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import LeavingStates
from bot.handlers.buttons import AskDeletion, AskWholeDeletion, DeleteOwnData, SendOwnData, button, keyboard
from bot.handlers.entering import link_keyboard
from bot.handlers.home import home_button
from bot.handlers.reach import acknowledge, reachable, rewrite

_log = structlog.get_logger(__name__)


def own_data_router() -> Router:
    """The buttons below `/privacy`, and those of the question that one of them asks."""
    router = Router(name="own_data")
    router.callback_query.register(send, SendOwnData.filter())
    router.callback_query.register(ask, AskDeletion.filter())
    router.callback_query.register(leave, AskWholeDeletion.filter())
    router.callback_query.register(answered, DeleteOwnData.filter())
    return router


async def send(callback: CallbackQuery, bot: Bot, dialog_manager: DialogManager) -> None:
    """Send the file below; where Telegram does not take it, say that it can be asked for again."""
    from bot.messages.data_file import data_file

    await acknowledge(callback)  # much data takes a moment
    translator, actor = translator_of(dialog_manager), actor_of(dialog_manager)
    services = services_of(dialog_manager)
    data = await services.own_data.of_chat(actor)
    file = await asyncio.to_thread(data_file, data, translator, services.surroundings.catalogue)
    try:
        await bot.send_document(
            actor.chat_id,
            BufferedInputFile(file, filename=translator.plain("data-file")),
            caption=translator.html("data-caption"),
        )
    except TelegramAPIError as error:
        _log.warning("own_data_not_sent", reason=type(error).__name__)
        await say_below(reachable(callback), translator.html("data-not-sent"))
    answered_below(dialog_manager)


async def ask(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Say what goes and what stays, and ask."""
    await acknowledge(callback)
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    operator = services.surroundings.catalogue.operator
    actor = actor_of(dialog_manager)
    foreseen = await services.forgetting.foresee(actor)
    leaving = bool(await services.leaving.offered(actor))
    await rewrite(
        callback,
        translator.html(
            "data-delete-ask",
            linked=foreseen.customers > 0,
            orders=foreseen.orders,
            years=foreseen.evidence_years,
            whole=leaving,
            operator=operator.legal_name,
            email=operator.email,
        ),
        keyboard(
            button(translator, "data-delete-yes", DeleteOwnData(accept=True)),
            *([button(translator, "data-delete-all", AskWholeDeletion())] if leaving else []),
            button(translator, "data-delete-no", DeleteOwnData(accept=False)),
        ),
    )


async def leave(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Open the way to delete everything of a customer that this chat speaks for alone."""
    await acknowledge(callback)
    offered = await services_of(dialog_manager).leaving.offered(actor_of(dialog_manager))
    if not offered:
        operator = services_of(dialog_manager).surroundings.catalogue.operator
        text = translator_of(dialog_manager).html(
            "leaving-not-here", operator=operator.legal_name, email=operator.email
        )
        await say_below(reachable(callback), text)
        return
    alone = len(offered) == 1
    await dialog_manager.start(
        LeavingStates.terms if alone else LeavingStates.whose,
        data=about(offered[0].customer_id) if alone else None,
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )


async def answered(
    callback: CallbackQuery, callback_data: DeleteOwnData, dialog_manager: DialogManager
) -> None:
    """Delete, or leave all as it is."""
    await acknowledge(callback)
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    if not callback_data.accept:
        await rewrite(callback, translator.html("data-delete-kept"), keyboard(home_button(dialog_manager)))
        return
    await services.forgetting.forget_chat(actor_of(dialog_manager))
    await dialog_manager.reset_stack(remove_keyboard=True)
    text = translator.html("data-deleted", at=services.surroundings.now())
    await rewrite(callback, text, link_keyboard(dialog_manager))
