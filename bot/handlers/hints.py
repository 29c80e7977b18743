"""What was not understood gets a hint, never silence. The last router of all."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs import own_number
from bot.dialogs.context import translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.toasts import toast
from bot.handlers.answers import answer
from bot.handlers.buttons import keyboard
from bot.handlers.entering import take_address
from bot.handlers.home import home_button
from bot.texts import Texts, Translator
from bot.texts.words import topic_of


def hints_router() -> Router:
    """Answer any message and any button that nothing else took."""
    router = Router(name="hints")
    router.message.register(hint)
    router.callback_query.register(stale)
    return router


async def hint(message: Message, dialog_manager: DialogManager, texts: Texts) -> None:
    """Answer what a word in it asks for, take the address with which a stranger gets in; else name the commands."""
    await own_number.came_unasked(message, dialog_manager)
    topic = topic_of(texts, message.text or "")
    if topic is not None:
        await answer(message, dialog_manager, topic)
        return
    if await take_address(message, dialog_manager):
        return
    await say_below(
        message,
        translator_of(dialog_manager).html("hint-commands"),
        reply_markup=keyboard(home_button(dialog_manager)),
    )


async def stale(callback: CallbackQuery, translator: Translator) -> None:
    """Say that the button is of an earlier day."""
    await toast(callback, translator.plain("hint-old-button"), alert=True)
