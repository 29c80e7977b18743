"""The message that a tapped button stands on."""

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, InaccessibleMessage, InlineKeyboardMarkup, Message

from bot.texts import Safe

_log = structlog.get_logger(__name__)

_NOT_MODIFIED = "message is not modified"


Place = Message | InaccessibleMessage
"""A message that can be answered below, whether or not Telegram still tells what it says."""


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


async def acknowledge(callback: CallbackQuery) -> None:
    """Stop the spinner of a tapped button, if that still can be done.

    Telegram shows the first answer to a tap alone: where the tap may be refused, this comes after the service.
    """
    try:
        await callback.answer()
    except TelegramAPIError as error:
        _log.info("callback_not_answered", reason=error.message)


async def rewrite(callback: CallbackQuery, text: Safe, markup: InlineKeyboardMarkup | None = None) -> None:
    """Put a text in the place of the message that a tapped button stands on.

    A second quick tap finds it there already, which is well. In place of a message that was deleted meanwhile, or that
    Telegram no longer shows, it is sent anew.

    Raises:
        ButtonTooOld: as `reachable`.
    """
    message = reachable(callback)
    if isinstance(message, InaccessibleMessage):
        await message.answer(text, reply_markup=markup)
        return
    try:
        await message.edit_text(text, reply_markup=markup)
    except TelegramBadRequest as error:
        if _NOT_MODIFIED in error.message.lower():
            return
        _log.info("message_sent_anew", reason=error.message)
        await message.answer(text, reply_markup=markup)
