"""Short answers to a tap, shown over the chat."""

import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

log = structlog.get_logger(__name__)


async def acknowledge(callback: CallbackQuery) -> None:
    """Stop the spinner of a tapped button, if that still can be done.

    Telegram shows the first answer to a tap alone: where the tap may be refused, this comes after the service.
    """
    try:
        await callback.answer()
    except TelegramAPIError as error:
        log.info("callback_not_answered", reason=error.message)


async def toast(callback: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Show `text` (at most 200 characters) for a moment, or, as an alert, until it is closed.

    Best effort: a tap that can no longer be answered must not undo what it has done.
    """
    try:
        await callback.answer(text, show_alert=alert)
    except TelegramAPIError as error:
        log.info("toast_not_shown", reason=error.message)
