"""One's own telephone number, shared with a button where one is asked for.

Telegram shows such a button in place of the letters alone, so that it comes with a message of its own, and goes once
the number is there or is not wanted any more. A number counts only where Telegram says that it is the sender's own
account's: anybody can send a contact of anybody.
"""

from typing import Final

from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup
from aiogram_dialog import DialogManager

from bot.dialogs.context import answered_below, translator_of
from bot.dialogs.rewriting import Place, say_below, take_reply_keyboard_away

_SHOWN: Final = "own_number"


async def offer(message: Place, manager: DialogManager) -> None:
    """Show the button below the message.

    Raises:
        NotShown: Telegram did not take it.
    """
    translator = translator_of(manager)
    share = KeyboardButton(text=translator.plain("own-number-share"), request_contact=True)
    sent = await say_below(
        message,
        translator.html("own-number-how"),
        reply_markup=ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True),
    )
    manager.dialog_data[_SHOWN] = sent.message_id
    answered_below(manager)


async def put_away(message: Place, manager: DialogManager) -> None:
    """Take the button away, where it was shown."""
    came_with = manager.dialog_data.pop(_SHOWN, None)
    if came_with is not None:
        done = translator_of(manager).html("own-number-done")
        await take_reply_keyboard_away(message, done, came_with)


async def came_unasked(message: Message, manager: DialogManager) -> None:
    """Take the button away where a contact came that nobody asks for: it was left behind by a question that is over."""
    if message.contact is not None:
        await take_reply_keyboard_away(message, translator_of(manager).html("own-number-done"))


def number_of(message: Message) -> str | None:
    """The number that was shared, with its `+`; None where it is not the sender's own."""
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        return None
    return f"+{contact.phone_number.lstrip('+')}"
