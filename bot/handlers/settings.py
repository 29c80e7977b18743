"""The way to the settings: a command, and the button of a reminder about several mailboxes (DOMAIN.md 6)."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of
from bot.dialogs.states import SettingsStates
from bot.handlers.buttons import OpenReminders, OpenSettings
from bot.handlers.reach import acknowledge


def settings_router() -> Router:
    """`/settings`, the button that does the same, and *Scegli quali silenziare*."""
    router = Router(name="settings")
    router.message.register(settings, Command("settings", "impostazioni", ignore_case=True))
    router.callback_query.register(by_button, OpenSettings.filter())
    router.callback_query.register(open_mailboxes, OpenReminders.filter())
    return router


async def settings(_: Message, dialog_manager: DialogManager) -> None:
    """Open the settings."""
    await dialog_manager.start(SettingsStates.menu, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def by_button(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """The same, from home."""
    await acknowledge(callback)
    await dialog_manager.start(SettingsStates.menu, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def open_mailboxes(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    """Open them at the list of mailboxes; in a chat that has none any more, at the way in."""
    await acknowledge(callback)
    bound = await services_of(dialog_manager).linking.is_bound(actor_of(dialog_manager))
    state = SettingsStates.mailboxes if bound else SettingsStates.menu
    await dialog_manager.start(state, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
