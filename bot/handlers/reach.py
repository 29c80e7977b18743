"""The message that a tapped button stands on."""

from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.dialogs.rewriting import Place, rewrite_message
from bot.dialogs.widgets.toasts import acknowledge
from bot.texts import Safe

__all__ = ["ButtonTooOld", "Place", "acknowledge", "reachable", "rewrite"]


class ButtonTooOld(Exception):
    """Telegram does not say where the button stands: there is nothing to answer below or edit."""


def reachable(callback: CallbackQuery) -> Place:
    """The message of a tapped button; of an old one Telegram may send no more than its number.

    Raises:
        ButtonTooOld: Telegram sent none at all.
    """
    if callback.message is None:
        raise ButtonTooOld
    return callback.message


async def rewrite(callback: CallbackQuery, text: Safe, markup: InlineKeyboardMarkup | None = None) -> None:
    """Put a text in the place of the message that a tapped button stands on, as `rewrite_message` does.

    Raises:
        ButtonTooOld: as `reachable`.
        NotShown: as `rewrite_message`.
    """
    await rewrite_message(reachable(callback), text, markup)
