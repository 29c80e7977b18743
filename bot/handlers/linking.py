"""`/link`, the button that does the same, and what follows once the chat is linked (DOMAIN.md 2.2)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, go_on_as, services_of, translator_of
from bot.dialogs.linking.data import Purpose
from bot.dialogs.rewriting import say_below
from bot.handlers.buttons import GetIn, LinkByEmail, WelcomeIn
from bot.handlers.entering import offer_to_link, welcome_screen
from bot.handlers.home import show_home
from bot.handlers.opening import open_renewal
from bot.handlers.reach import acknowledge, reachable, rewrite


def linking_router() -> Router:
    """Everything around the linking dialog that is not the dialog."""
    router = Router(name="linking")
    router.message.register(link, Command("link", "collega", ignore_case=True))
    router.callback_query.register(link_by_button, LinkByEmail.filter())
    router.callback_query.register(get_in, GetIn.filter())
    router.callback_query.register(speak, WelcomeIn.filter())
    return router


async def link(message: Message, dialog_manager: DialogManager) -> None:
    """Link the chat, or add another customer to it."""
    await offer_to_link(message, dialog_manager)


async def link_by_button(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The same, from a button."""
    await acknowledge(callback)
    await offer_to_link(reachable(callback), dialog_manager)


async def get_in(callback: CallbackQuery, callback_data: GetIn, dialog_manager: DialogManager) -> None:
    """The same from the welcome, for what the person came for."""
    await acknowledge(callback)
    await offer_to_link(reachable(callback), dialog_manager, callback_data.purpose)


async def speak(callback: CallbackQuery, callback_data: WelcomeIn, dialog_manager: DialogManager) -> None:
    """Welcome in the chosen language, which is spoken from now on."""
    await acknowledge(callback)
    chats, language = services_of(dialog_manager).chats, callback_data.language.value
    go_on_as(dialog_manager, await chats.set_language(actor_of(dialog_manager), language))
    await rewrite(callback, *welcome_screen(dialog_manager, callback_data.purpose))


async def arrived(message: Message, manager: DialogManager, purpose: Purpose) -> None:
    """The chat is linked: say so, and go on with what the person came for."""
    await say_below(message, translator_of(manager).html("link-done"))
    if purpose is Purpose.RENEW:
        await open_renewal(message, manager)
    else:
        await show_home(message, manager)
