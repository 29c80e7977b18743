"""Finds out who speaks and in which language, once for each update, before anything else looks at it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.dialogs.context import ACTOR_KEY
from bot.dialogs.widgets.texts import TRANSLATOR_KEY
from bot.services.people.chats import Chats
from bot.texts import Locale, Texts


class KnowTheChat(BaseMiddleware):
    """Gives handlers the actor and the translator of a private chat.

    An outer middleware of the update itself: error handlers and the dialog library's own events get them too.
    """

    def __init__(self, chats: Chats, texts: Texts) -> None:
        """Look chats up in `chats`, and speak with `texts`."""
        self._chats = chats
        self._texts = texts

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Add `actor` and `translator`; in groups the language alone, by Telegram's report."""
        chat: Chat | None = data.get("event_chat")
        user: User | None = data.get("event_from_user")
        language = Locale.of(None if user is None else user.language_code)
        # Before anything can fail: whoever tells of a failure needs words.
        data[TRANSLATOR_KEY] = self._texts.translator(language)
        if isinstance(event, Update) and chat is not None and chat.type == ChatType.PRIVATE:
            meet = self._chats.leave if _is_farewell(event) else self._chats.arrive
            actor = await meet(chat.id, language.value)
            data[ACTOR_KEY] = actor
            data[TRANSLATOR_KEY] = self._texts.translator(Locale(actor.language))
        return await handler(event, data)


def _is_farewell(update: Update) -> bool:
    """Whether the user has just blocked the bot."""
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status == ChatMemberStatus.KICKED
