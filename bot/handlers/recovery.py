"""What happens when an update fails: the customer is told what is so and what to do, and nothing is lost.

The state of the chat is again as it was before the update when these handlers run (see `bot.telegram.dispatching`).
"""

import structlog
from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Chat, ErrorEvent, InlineKeyboardMarkup
from aiogram_dialog import DialogManager
from aiogram_dialog.api.exceptions import (
    InvalidStackIdError,
    OutdatedIntent,
    UnknownIntent,
    UnknownState,
    UnregisteredWindowError,
)

from bot.dialogs.context import services_of
from bot.dialogs.rewriting import NotShown, take_buttons_off
from bot.dialogs.widgets.toasts import acknowledge, toast
from bot.domain.errors import RinnovoError
from bot.handlers.buttons import OpenRenewal, ShowOrders, button, keyboard
from bot.handlers.reach import ButtonTooOld
from bot.handlers.taps import Answered
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

_OVER = (UnknownIntent, OutdatedIntent)
"""A button of a dialog that is not open any more."""


def recovery_router() -> Router:
    """Error handlers, the particular ones first."""
    router = Router(name="recovery")
    router.errors.register(closed, ExceptionTypeFilter(DraftClosed))
    router.errors.register(outdated, ExceptionTypeFilter(*_OUTDATED))
    router.errors.register(not_shown, ExceptionTypeFilter(NotShown))
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


async def not_shown(event: ErrorEvent, bot: Bot, actor: Actor, translator: Translator) -> None:
    """Telegram did not take the answer, for a reason that passes: what was done is done, and may be asked for again."""
    await _tell(event, bot, actor.chat_id, translator.plain("error-not-shown"))


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
    event: ErrorEvent,
    bot: Bot,
    actor: Actor,
    translator: Translator,
    dialog_manager: DialogManager,
    state: FSMContext,
) -> None:
    """The screen is of a conversation that is over: say so, and offer to go on where the user was.

    Its buttons go, since they lead nowhere any more. The second of two quick taps on a button that led out of a dialog
    finds that done which was wanted: nothing is said.
    """
    await _answer_quietly(event)
    if isinstance(event.exception, UnknownState | UnregisteredWindowError):
        await dialog_manager.reset_stack(remove_keyboard=False)
    elif await _is_second_tap(event, dialog_manager, state):
        _log.info("tap_repeated")
        return
    _log.info("screen_outdated", reason=type(event.exception).__name__)
    await _send(bot, actor.chat_id, translator.html("error-screen-outdated"), _menu(translator))
    callback = _callback(event)
    if callback is not None and callback.message is not None and isinstance(event.exception, _OVER):
        await take_buttons_off(callback.message)


async def _is_second_tap(event: ErrorEvent, manager: DialogManager, state: FSMContext) -> bool:
    """Whether the tapped button has just given way to what it leads to, which stands in its place or below."""
    callback = _callback(event)
    if callback is None or callback.message is None or not isinstance(event.exception, _OVER):
        return False
    message_id = callback.message.message_id
    if manager.has_context() and manager.current_stack().last_message_id == message_id:
        return True
    return await Answered(state, services_of(manager).surroundings.now).was_left(message_id)


def _callback(event: ErrorEvent) -> CallbackQuery | None:
    return event.update.callback_query


async def _tell(event: ErrorEvent, bot: Bot, chat_id: int, text: str) -> None:
    """Answer a tap with an alert, anything else with a message."""
    callback = _callback(event)
    if callback is None:
        await _send(bot, chat_id, Safe.join(Safe(""), [text]), None)
        return
    await toast(callback, text, alert=True)


async def _answer_quietly(event: ErrorEvent) -> None:
    callback = _callback(event)
    if callback is not None:
        await acknowledge(callback)


async def _send(bot: Bot, chat_id: int, text: Safe, markup: InlineKeyboardMarkup | None) -> None:
    try:
        await bot.send_message(chat_id, text, reply_markup=markup)
    except TelegramAPIError as error:
        _log.warning("recovery_not_sent", reason=type(error).__name__)
