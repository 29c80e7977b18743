"""A Telegram that fails when a test says so."""

from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.playground.session import WorldSession
from bot.playground.world import World


class FailingSession(WorldSession):
    """Talks to a world, except for the calls that are to fail."""

    def __init__(self, world: World) -> None:
        """Begin without faults."""
        super().__init__(world)
        self._faults: list[tuple[type[TelegramMethod[Any]], type[Exception], tuple[Any, ...]]] = []

    def fail(self, method: type[TelegramMethod[Any]], error: type[Exception], *arguments: Any) -> None:
        """Let the next call of `method` raise `error`, made of the call and these arguments."""
        self._faults.append((method, error, arguments))

    @property
    def pending(self) -> int:
        """How many faults did not happen yet."""
        return len(self._faults)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> TelegramType:
        """Call the world, or fail."""
        for fault in self._faults:
            kind, error, arguments = fault
            if isinstance(method, kind):
                self._faults.remove(fault)
                raise error(method, *arguments)
        return await super().make_request(bot, method, timeout)
