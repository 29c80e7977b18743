"""What a server between the bot and Telegram answers in Telegram's place: a page for people, and no JSON."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType


class SomebodyInBetween(BaseRequestMiddleware):
    """Takes a page of a gateway for what it is: Telegram is away for a moment.

    For aiogram such an answer is one that it cannot decode, which is none of Telegram's errors: whoever is prepared for
    those would be surprised by it.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request.

        Raises:
            TelegramServerError: what came back is not JSON.
            ClientDecodeError: it is JSON, and not what the method returns.
        """
        try:
            return await make_request(bot, method)
        except ClientDecodeError as error:
            if not isinstance(error.data, str):
                raise
            raise TelegramServerError(method, "something other than Telegram answered") from error
