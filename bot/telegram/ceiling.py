"""What conversations say is counted under the bot's ceiling, before anything that is pushed."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, SendChatAction, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.services.sending.ceiling import LONGEST_WAIT, Paused, Places

_COUNTED = ("Send", "Edit", "Copy", "Forward")
_TRIES = 3


class UnderTheCeiling(BaseRequestMiddleware):
    """Counts each message and each edit under the ceiling, and keeps to the pauses that Telegram asks for.

    A second message to a chat within a second is not held back here: Telegram lets short bursts pass, and somebody
    waits for it. What is pushed waits for its second after it.
    """

    def __init__(self, places: Places) -> None:
        """Take the places from `places`."""
        self._places = places
        self._counted: dict[type, bool] = {}

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request when it may be made.

        Raises:
            TelegramRetryAfter: Telegram asks for a longer pause than is waited, or for one again and again.
        """
        if not self._is_counted(type(method)):
            return await make_request(bot, method)
        chat_id: object = getattr(method, "chat_id", None)
        chat = chat_id if isinstance(chat_id, int) else None
        for attempt in range(1, _TRIES + 1):
            try:
                await self._places.talk()
            except Paused as paused:
                raise TelegramRetryAfter(method, str(paused), int(paused.seconds) + 1) from paused
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._places.pause(error.retry_after)
                if attempt == _TRIES or error.retry_after > LONGEST_WAIT:
                    raise
            finally:
                self._places.talked(chat)
        raise AssertionError("the last attempt has returned or raised")

    def _is_counted(self, kind: type) -> bool:
        known = self._counted.get(kind)
        if known is None:
            known = kind.__name__.startswith(_COUNTED) and kind is not SendChatAction
            self._counted[kind] = known
        return known
