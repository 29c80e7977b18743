"""Words that ask for something are not a dialog's affair: it leaves them to the router that answers them."""

from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import texts_of
from bot.texts.words import topic_of


def leave_words(message: Message, manager: DialogManager) -> None:
    """Take no message that has such a word; the window that it was written under stays where it is.

    Raises:
        SkipHandler: it has one.
    """
    text = message.text or ""
    if not text.startswith("/") and topic_of(texts_of(manager), text) is not None:
        raise SkipHandler
