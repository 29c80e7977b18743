"""What was not understood gets a hint, never silence. The last router of all."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.toasts import toast
from bot.texts import Translator


def hints_router() -> Router:
    """Answer any message and any button that nothing else took."""
    router = Router(name="hints")
    router.message.register(hint)
    router.callback_query.register(stale)
    return router


async def hint(message: Message, translator: Translator) -> None:
    """Say which commands there are."""
    await say_below(message, translator.html("hint-commands"))


async def stale(callback: CallbackQuery, translator: Translator) -> None:
    """Say that the button is of an earlier day."""
    await toast(callback, translator.plain("hint-old-button"), alert=True)
