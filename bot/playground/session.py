"""An aiogram session that calls a `World` in the same process: as strict as HTTP, fast as a function."""

import json
from collections.abc import AsyncGenerator, Mapping
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.playground.errors import BotApiError, unauthorized
from bot.playground.files import Upload
from bot.playground.world import World

_BASE = "http://playground.invalid"


class WorldSession(BaseSession):
    """Hands every method to `World.call`, serialised field by field as aiogram's HTTP session does.

    Errors are those of aiogram, made by its own reading of the answer: `TelegramBadRequest` and the rest.
    """

    def __init__(self, world: World) -> None:
        super().__init__(api=TelegramAPIServer.from_base(_BASE))
        self._world = world

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109
    ) -> TelegramType:
        """Call the world.

        Raises:
            TelegramAPIError: what the answer means to aiogram.
        """
        params, files = await self._form(bot, method)
        status, envelope = await self._answer(bot, method.__api_method__, params, files)
        response = self.check_response(bot, method, status, json.dumps(envelope))
        return cast("TelegramType", response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002
        timeout: int = 30,  # noqa: ARG002, ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: ARG002, FBT001, FBT002 - the base class says so
    ) -> AsyncGenerator[bytes, None]:
        """Give a file of the world in chunks, for `bot.download`.

        Raises:
            FileNotFoundError: when the world has no file at that address.
        """
        file = self._world.file(url.removeprefix(f"{_BASE}/file/bot{self._world.token}/"))
        if file is None:
            raise FileNotFoundError(url)
        for start in range(0, len(file.data), chunk_size):
            yield file.data[start : start + chunk_size]

    async def close(self) -> None:
        """Do nothing: there is no connection."""

    async def _answer(
        self, bot: Bot, method: str, params: Mapping[str, str], files: Mapping[str, Upload]
    ) -> tuple[int, dict[str, object]]:
        try:
            if bot.token != self._world.token:
                raise unauthorized()
            result = await self._world.call(method, params, files)
        except BotApiError as error:
            return error.error_code, error.envelope()
        return HTTPStatus.OK, {"ok": True, "result": result}

    async def _form(self, bot: Bot, method: TelegramMethod[Any]) -> tuple[dict[str, str], dict[str, Upload]]:
        inputs: dict[str, InputFile] = {}
        params: dict[str, str] = {}
        for key, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=inputs)
            # The HTTP session leaves out what is empty, an empty text too.
            if prepared:
                params[key] = prepared
        files: dict[str, Upload] = {}
        for key, source in inputs.items():
            chunks = [chunk async for chunk in source.read(bot)]
            files[key] = Upload(source.filename or key, b"".join(chunks))
        return params, files
