"""Messages that are sent and changed beside the windows, and what Telegram may answer to that.

Windows are drawn by `bot.dialogs.widgets.message_manager`. Whatever else answers in a message goes through here: a test
holds that nothing in `bot.dialogs` and `bot.handlers` does it by itself.
"""

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.methods import DeleteMessage, EditMessageReplyMarkup
from aiogram.types import (
    InaccessibleMessage,
    InlineKeyboardMarkup,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.dialogs.widgets.patience import patiently
from bot.texts import Safe

_log = structlog.get_logger(__name__)

_NOT_MODIFIED = "message is not modified"

Place = Message | InaccessibleMessage
"""A message that can be answered below, whether or not Telegram still tells what it says."""


class NotShown(Exception):
    """Telegram did not take a message, for a reason that passes: what was done before stays done."""


async def say_below(
    message: Place, text: Safe, *, reply_markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = None
) -> Message:
    """Send a text, with these buttons or none, below a message. A short pause that Telegram asks for is waited out.

    Raises:
        NotShown: Telegram did not take it.
        TelegramForbiddenError: nobody is there to read it.
    """
    try:
        return await patiently(lambda: message.answer(text, reply_markup=reply_markup))
    except TelegramForbiddenError:
        raise
    except TelegramAPIError as error:
        _log.warning("message_not_shown", reason=error.message)
        raise NotShown from error


async def pin(message: Message) -> None:
    """Let a message stand at the head of the chat, without a sound; where Telegram refuses, it stands where it is."""
    try:
        await message.pin(disable_notification=True)
    except TelegramAPIError as error:
        _log.info("message_not_pinned", reason=error.message)


async def take_away(message: Message) -> None:
    """Delete from the chat what somebody typed and nobody should find there later: a tax code, a code that lets in.

    It was taken already, so that it is no matter if Telegram refuses: it deletes for 48 hours, and may have a bad hour.
    """
    try:
        await message.delete()
    except TelegramAPIError as error:
        _log.info("typed_text_not_deleted", reason=error.message)


async def take_reply_keyboard_away(message: Place, text: Safe, came_with: int | None = None) -> None:
    """Take the buttons away that stand in place of the letters, which Telegram does with a message alone.

    Once it has done that nobody needs the message, nor the one that the buttons `came_with`, and they go. What Telegram
    refuses is no matter: the buttons were for one use, and hide themselves after it.
    """
    try:
        sent = await patiently(lambda: message.answer(text, reply_markup=ReplyKeyboardRemove()))
    except TelegramAPIError as error:
        _log.info("reply_keyboard_left", reason=error.message)
        return
    await take_away(sent)
    if came_with is not None:
        request = DeleteMessage(chat_id=message.chat.id, message_id=came_with)
        try:
            await request.as_(message.bot)
        except TelegramAPIError as error:
            _log.info("old_question_left", reason=error.message)


async def rewrite_message(message: Place, text: Safe, markup: InlineKeyboardMarkup | None = None) -> None:
    """Put a text, with these buttons or none, in the place of a message.

    A second quick tap finds it there already, which is well. A short pause is waited out, and a failure of Telegram's
    is met by one more try: an edit made twice is made once. In place of a message that was deleted meanwhile, that
    cannot be edited or that Telegram no longer shows, the text is sent anew.

    Raises:
        NotShown: Telegram took neither.
        TelegramForbiddenError: nobody is there to read it.
    """
    if isinstance(message, Message) and await _edited(message, text, markup):
        return
    await say_below(message, text, reply_markup=markup)
    if isinstance(message, InaccessibleMessage):
        await take_buttons_off(message)


async def take_buttons_off(message: Place) -> None:
    """Leave a message without buttons, if that still can be done: they lead nowhere any more."""
    request = EditMessageReplyMarkup(chat_id=message.chat.id, message_id=message.message_id)
    try:
        await patiently(lambda: request.as_(message.bot))
    except TelegramAPIError as error:
        _log.info("old_buttons_left", reason=error.message)


async def _edited(message: Message, text: Safe, markup: InlineKeyboardMarkup | None) -> bool:
    """Whether the message says it now; False where it has to be sent anew."""
    try:
        try:
            await patiently(lambda: message.edit_text(text, reply_markup=markup))
        except (TelegramServerError, TelegramNetworkError) as error:
            _log.info("message_edited_again", reason=error.message)
            await patiently(lambda: message.edit_text(text, reply_markup=markup))
    except TelegramBadRequest as error:
        if _NOT_MODIFIED in error.message.lower():
            return True
        _log.info("message_sent_anew", reason=error.message)
        return False
    except TelegramForbiddenError:
        raise
    except TelegramAPIError as error:
        _log.warning("message_not_shown", reason=error.message)
        raise NotShown from error
    return True
