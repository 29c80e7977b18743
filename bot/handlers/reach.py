"""The message that a tapped button stands on."""

from aiogram.types import CallbackQuery, Message


class ButtonTooOld(Exception):
    """Telegram no longer gives the message that the button stands on: there is nothing to answer below or edit."""


def reachable(callback: CallbackQuery) -> Message:
    """The message of a tapped button.

    Raises:
        ButtonTooOld: Telegram sent it without content.
    """
    if not isinstance(callback.message, Message):
        raise ButtonTooOld
    return callback.message
