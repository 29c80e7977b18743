"""What happens when an update fails: the customer is told what is so and what to do, and nothing is lost.

The state of the chat is again as it was before the update when these handlers run (see `bot.telegram.dispatching`).
"""

import contextlib

import structlog
from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, Chat, ErrorEvent, InlineKeyboardMarkup
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import (
    InvalidStackIdError,
    OutdatedIntent,
    UnknownIntent,
    UnknownState,
    UnregisteredWindowError,
)

from bot.domain.errors import RinnovoError
from bot.handlers.buttons import OpenRenewal, ShowOrders, button, keyboard
from bot.handlers.reach import ButtonTooOld
from bot.services.actor import Actor
from bot.services.errors import DraftClosed
from bot.texts import Safe, Translator

_log = structlog.get_logger(__name__)

_OUTDATED = (
    UnknownIntent,
    UnknownState,
    OutdatedIntent,
    InvalidStackIdError,
    UnregisteredWindowError,
    ButtonTooOld,
)


_CLOSING = ("_close", "_keep", "_discard")
"""How the ids of the buttons end that close a dialog: the second of two quick taps finds it closed, as was wanted."""


def recovery_router() -> Router:
    """Error handlers, the particular ones first."""
    router = Router(name="recovery")
    router.errors.register(closed, ExceptionTypeFilter(DraftClosed))
    router.errors.register(outdated, ExceptionTypeFilter(*_OUTDATED))
    router.errors.register(refused, ExceptionTypeFilter(RinnovoError))
    router.errors.register(blocked, ExceptionTypeFilter(TelegramForbiddenError))
    router.errors.register(failed)
    return router


async def closed(
    event: ErrorEvent, bot: Bot, actor: Actor, translator: Translator, dialog_manager: DialogManager
) -> None:
    """The draft became an order meanwhile, which is shown, or was thrown away."""
    assert isinstance(event.exception, DraftClosed)  # noqa: S101 - what the filter says
    await _answer_quietly(event)
    await dialog_manager.reset_stack(remove_keyboard=True)
    number = event.exception.order_number
    if number is None:
        await _send(bot, actor.chat_id, translator.html("error-draft-discarded"), _menu(translator))
    else:
        await _send(
            bot,
            actor.chat_id,
            translator.html("error-draft-ordered", order=number),
            keyboard(button(translator, "button-open-order", ShowOrders(number=number))),
        )


async def refused(event: ErrorEvent, bot: Bot, actor: Actor, translator: Translator) -> None:
    """What was asked for cannot be done: the error names the words that say so."""
    assert isinstance(event.exception, RinnovoError)  # noqa: S101 - what the filter says
    _log.info("request_refused", reason=type(event.exception).__name__)
    await _tell(event, bot, actor.chat_id, translator.plain(event.exception.text))


async def blocked(event: ErrorEvent) -> None:
    """The chat cannot be written to any more: nobody is there to be told."""
    _log.info("chat_unreachable", reason=str(event.exception))


async def failed(event: ErrorEvent, bot: Bot, translator: Translator, event_chat: Chat | None = None) -> None:
    """Nobody foresaw it: it is logged whole, and the user hears that nothing is lost."""
    _log.error("update_failed", update_id=event.update.update_id, exc_info=event.exception)
    # Not the actor: finding out who speaks may be what failed.
    if event_chat is not None and event_chat.type == ChatType.PRIVATE:
        await _tell(event, bot, event_chat.id, translator.plain("error-unexpected"))


def _menu(translator: Translator) -> InlineKeyboardMarkup:
    return keyboard(button(translator, "button-go-on", OpenRenewal()))


async def outdated(
    event: ErrorEvent, bot: Bot, actor: Actor, translator: Translator, dialog_manager: DialogManager
) -> None:
    """The screen is of a conversation that is over: say so, and offer to go on where the user was."""
    _log.info("screen_outdated", reason=type(event.exception).__name__)
    await _answer_quietly(event)
    if isinstance(event.exception, UnknownState | UnregisteredWindowError):
        await dialog_manager.reset_stack(remove_keyboard=False)
    if not _closed_already(event):
        await _send(bot, actor.chat_id, translator.html("error-screen-outdated"), _menu(translator))


def _closed_already(event: ErrorEvent) -> bool:
    callback = _callback(event)
    tapped = "" if callback is None else callback.data or ""
    return isinstance(event.exception, UnknownIntent) and tapped.endswith(_CLOSING)


def _callback(event: ErrorEvent) -> CallbackQuery | None:
    return event.update.callback_query


async def _tell(event: ErrorEvent, bot: Bot, chat_id: int, text: str) -> None:
    """Answer a tap with an alert, anything else with a message."""
    callback = _callback(event)
    if callback is None:
        await _send(bot, chat_id, Safe.join(Safe(""), [text]), None)
        return
    with contextlib.suppress(TelegramAPIError):
        await callback.answer(text, show_alert=True)


async def _answer_quietly(event: ErrorEvent) -> None:
    callback = _callback(event)
    if callback is not None:
        with contextlib.suppress(TelegramAPIError):
            await callback.answer()


async def _send(bot: Bot, chat_id: int, text: Safe, markup: InlineKeyboardMarkup | None) -> None:
    try:
        await bot.send_message(chat_id, text, reply_markup=markup)
    except TelegramAPIError as error:
        _log.warning("recovery_not_sent", reason=type(error).__name__)
