"""How the bot speaks to Telegram: aiogram's session, sparing with what every tap asks.

aiogram encodes a call as a form and reads the whole answer into its models: a third of a millisecond for the window
that a tap draws, most of it spent on what nobody looks at. The few methods of every tap go as JSON here, which the Bot
API takes as well, and of a message that was sent or edited only what its callers read is read back. All other methods,
files, and every refusal are aiogram's own affair: its errors are the same.
"""

from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import Message
from aiohttp import ClientError, ClientTimeout
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json

JSON: Final = {"Content-Type": "application/json"}
OK: Final = 200


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates`, each update as it came: what is fetched again need not be read again.

    The arguments are those of aiogram's `GetUpdates`.
    """

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


_SAID: Final = (SendMessage, EditMessageText, EditMessageReplyMarkup)
"""Methods that return the message as it now stands."""
_DONE: Final = (AnswerCallbackQuery, DeleteMessage)
"""Methods that return True."""
_OFTEN: Final = (*_SAID, *_DONE, GetRawUpdates)

_KNOWN: Final = frozenset({"entities", "from", "link_preview_options", "reply_markup", "reply_to_message"})
"""What a returned message has of what was sent: whoever sent it knows that, and does not ask the answer."""


class Session(AiohttpSession):
    """aiogram's session over HTTP, with a shorter way for the methods of every tap.

    A message that `sendMessage` or an edit returns has neither entities nor keyboard, and does not name its sender.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Take what `AiohttpSession` takes."""
        super().__init__(**kwargs)
        self._defaults: dict[str, Any] = {}

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> TelegramType:
        """Call a method.

        Raises:
            TelegramAPIError: Telegram refused, or could not be reached.
            ClientDecodeError: the answer cannot be read.
        """
        body = self._encode(bot, method) if isinstance(method, _OFTEN) else None
        if body is None:
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        try:
            async with session.post(
                self.api.api_url(token=bot.token, method=method.__api_method__),
                data=body,
                headers=JSON,
                timeout=ClientTimeout(total=self.timeout if timeout is None else timeout),
            ) as response:
                content = await response.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        return cast("TelegramType", self._decode(bot, method, response.status, content))

    def _encode(self, bot: Bot, method: TelegramMethod[Any]) -> bytes | None:
        """The parameters as a JSON object; None where something in them needs a form or the bot's defaults."""
        given: dict[str, Any] = {}
        for name, value in method:
            plain = self._default(bot, value) if isinstance(value, Default) else value
            if plain is not None and plain != "":
                given[name] = plain
        try:
            return to_json(given, by_alias=False, exclude_none=True)
        except PydanticSerializationError:
            return None

    def _default(self, bot: Bot, default: Default) -> Any:
        """What the bot says where nothing else is said; it is the same in each call."""
        if default.name not in self._defaults:
            self._defaults[default.name] = self.prepare_value(
                bot.default[default.name], bot=bot, files={}, _dumps_json=False
            )
        return self._defaults[default.name]

    def _decode(self, bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:
        result = _result(status, content)
        if isinstance(method, GetRawUpdates) and isinstance(result, list):
            return result
        if result is True:
            return result
        if isinstance(method, _SAID) and isinstance(result, dict):
            read = {name: value for name, value in result.items() if name not in _KNOWN}
            try:
                return Message.model_validate(read, context={"bot": bot})
            except ValidationError as error:
                raise ClientDecodeError("Failed to deserialize object", error, result) from error
        return self.check_response(bot, method, status, content.decode("utf-8", "replace")).result


def _result(status: int, content: bytes) -> Any:
    """What an answer without a fault brings; None for any other."""
    if status != OK:
        return None
    try:
        answer = from_json(content)
    except ValueError:
        return None
    return answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
