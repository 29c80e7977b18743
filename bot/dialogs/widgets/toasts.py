"""Short answers to a tap, shown over the chat; Telegram takes one for each tap."""

from contextvars import ContextVar

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

log = structlog.get_logger(__name__)

_answered: ContextVar[str] = ContextVar("answered_tap", default="")
"""The tap that this update has answered: whoever comes later need not ask Telegram to refuse it."""


async def answer_once(bot: Bot, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a tap, unless that was done.

    Raises:
        TelegramAPIError: Telegram took no answer.
    """
    if _answered.get() == query_id:
        return
    if text is None:
        await bot.answer_callback_query(query_id)
    else:
        await bot.answer_callback_query(query_id, text, show_alert=alert)
    _answered.set(query_id)


def _bot_of(callback: CallbackQuery) -> Bot:
    bot = callback.bot
    assert bot is not None  # noqa: S101 - it came from one
    return bot


async def acknowledge(callback: CallbackQuery) -> None:
    """Stop the spinner of a tapped button, if that still can be done.

    Telegram shows the first answer to a tap alone: where the tap may be refused, this comes after the service.
    """
    try:
        await answer_once(_bot_of(callback), callback.id)
    except TelegramAPIError as error:
        log.info("callback_not_answered", reason=error.message)


async def toast(callback: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Show `text` (at most 200 characters) for a moment, or, as an alert, until it is closed.

    Best effort: a tap that can no longer be answered must not undo what it has done.
    """
    try:
        await answer_once(_bot_of(callback), callback.id, text, alert=alert)
    except TelegramAPIError as error:
        log.info("toast_not_shown", reason=error.message)
