"""Showing windows so that Telegram's usual refusals do not cost the customer the step just taken.

aiogram-dialog saves its state after the screen is drawn: an error while drawing leaves a new screen with the
old state behind it. What is only cosmetic therefore never fails here, and a message that cannot be edited is
sent anew.
"""

import asyncio
from dataclasses import replace

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message
from aiogram_dialog.api.entities import NewMessage, OldMessage, ShowMode
from aiogram_dialog.api.protocols import MessageNotModified
from aiogram_dialog.manager.message_manager import MessageManager

from bot.dialogs.widgets.patience import Sleep, patiently
from bot.dialogs.widgets.toasts import answer_once

log = structlog.get_logger(__name__)

_CANNOT_EDIT = (
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "there is no text in the message to edit",
)


class CalmMessageManager(MessageManager):
    """aiogram-dialog's message manager, with the refusals of everyday use handled.

    =======================================  =======================================================
    answering a callback fails               logged; the spinner stops by itself
    the message is not modified              shown already: a success, its id is kept
    the message cannot be edited, is gone    a new message is sent
    an old message cannot be cleaned up,     logged: nobody's answer may depend on it
    whatever the reason
    `RetryAfter` up to 5 seconds             waited for, once for each request
    `RetryAfter` above, `Forbidden`,         raised as they are, while something is drawn
    network and all other errors
    =======================================  =======================================================
    """

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        """Wait with `sleep`, in seconds."""
        super().__init__()
        self._sleep = sleep

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        """Stop the button's spinner, if that still can be done."""
        try:
            await answer_once(bot, callback_query.id)
        except TelegramAPIError as error:
            log.info("callback_not_answered", reason=error.message)

    async def show_message(
        self, bot: Bot, new_message: NewMessage, old_message: OldMessage | None
    ) -> OldMessage:
        """Draw a window, and return what is on the screen now."""
        try:
            return await super().show_message(bot, new_message, old_message)
        except MessageNotModified:
            if old_message is None or new_message.show_mode is ShowMode.NO_UPDATE:
                raise
            return replace(old_message, text=new_message.text)

    async def edit_message_safe(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        """Edit the message, or send another where it cannot be edited any more."""
        try:
            return await super().edit_message_safe(bot, new_message, old_message)
        except TelegramBadRequest as error:
            if not _is_one_of(error, _CANNOT_EDIT):
                raise
            log.info("message_sent_anew", reason=error.message)
            return await self.send_message(bot, new_message)

    async def edit_text(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        """Edit a message of text."""
        edit = super().edit_text
        return await patiently(lambda: edit(bot, new_message, old_message), self._sleep)

    async def edit_caption(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        """Edit the text under the same picture."""
        edit = super().edit_caption
        return await patiently(lambda: edit(bot, new_message, old_message), self._sleep)

    async def edit_media(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        """Put another picture into a message."""
        edit = super().edit_media
        return await patiently(lambda: edit(bot, new_message, old_message), self._sleep)

    async def send_message(self, bot: Bot, new_message: NewMessage) -> Message:
        """Send a new message."""
        send = super().send_message
        return await patiently(lambda: send(bot, new_message), self._sleep)

    async def remove_inline_kbd(self, bot: Bot, old_message: OldMessage | None) -> Message | None:
        """Take the buttons off an old message, if that still can be done.

        Often something was promised or deleted just before, and is told just after: neither may be undone, or passed
        over in silence, because Telegram was away for a moment.
        """
        remove = super().remove_inline_kbd
        try:
            return await patiently(lambda: remove(bot, old_message), self._sleep)
        except TelegramAPIError as error:
            log.info("old_buttons_left", reason=error.message)
            return None

    async def remove_message_safe(
        self, bot: Bot, old_message: OldMessage, new_message: NewMessage | None
    ) -> None:
        """Delete an old message, or at least its buttons, if that still can be done."""
        remove = super().remove_message_safe
        try:
            await patiently(lambda: remove(bot, old_message, new_message), self._sleep)
        except TelegramAPIError as error:
            log.info("old_message_left", reason=error.message)


def _is_one_of(error: TelegramBadRequest, phrases: tuple[str, ...]) -> bool:
    message = error.message.lower()
    return any(phrase in message for phrase in phrases)
