"""The bot speaks in private chats only: groups are left, politely (DOMAIN.md 1).

It stays in the group that gets the operator's alerts, if that is one, and answers nothing there.
"""

import contextlib

from aiogram import Bot, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Filter
from aiogram.types import Chat, ChatMemberUpdated, Message, TelegramObject

from bot.texts import Translator

_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}


class NotPrivate(Filter):
    """Whatever happens outside a private chat."""

    async def __call__(self, event: TelegramObject, event_chat: Chat | None = None) -> bool:  # noqa: ARG002
        """Look at the chat that aiogram found in the update."""
        return event_chat is not None and event_chat.type != ChatType.PRIVATE


def groups_router() -> Router:
    """Say where the bot can be found, and leave."""
    router = Router(name="groups")
    router.my_chat_member.register(added, NotPrivate())
    router.message.register(spoken_to, NotPrivate())
    return router


async def added(
    event: ChatMemberUpdated, bot: Bot, translator: Translator, operator_chat_id: int | None
) -> None:
    """Leave a group to which the bot was just added, unless it is the operator's."""
    if event.new_chat_member.status in _INSIDE and event.chat.id != operator_chat_id:
        await _leave(bot, event.chat, translator)


async def spoken_to(message: Message, bot: Bot, translator: Translator, operator_chat_id: int | None) -> None:
    """Leave a group that speaks to the bot, unless it is the operator's, where it says nothing."""
    if message.left_chat_member is None and message.chat.id != operator_chat_id:
        await _leave(bot, message.chat, translator)


async def _leave(bot: Bot, chat: Chat, translator: Translator) -> None:
    # Where the bot may not write, or was removed meanwhile, there is nobody to be polite to.
    with contextlib.suppress(TelegramAPIError):
        if chat.type != ChatType.CHANNEL:
            await bot.send_message(chat.id, translator.html("groups-private-only"))
    with contextlib.suppress(TelegramAPIError):
        await bot.leave_chat(chat.id)
