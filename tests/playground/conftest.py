"""A world with one person in it, and short ways to call the Bot API in it."""

import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import pytest

from bot.playground.errors import BotApiError
from bot.playground.files import Upload
from bot.playground.world import World
from tests.support.clock import FrozenClock

ADA = 7
TOKEN = "42:TEST"

Api = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def world(clock: FrozenClock) -> World:
    """A world where Ada has started the bot, and nothing waits."""
    world = World(TOKEN, name="Rinnovo", username="rinnovo_bot", clock=clock.now)
    world.open_chat(ADA, "Ada", "it", username="ada")
    world.send_text(ADA, "/start")
    world.drain_updates()
    return world


@pytest.fixture
def api(world: World) -> Api:
    """Call a method with Python values; a refusal raises."""

    async def call(method: str, files: Mapping[str, Upload] | None = None, **params: Any) -> Any:
        return await world.call(method, form(params), files)

    return call


@pytest.fixture
def refusal(world: World) -> Callable[..., Awaitable[str]]:
    """Call a method that must be refused, and return the description."""

    async def call(method: str, files: Mapping[str, Upload] | None = None, **params: Any) -> str:
        with pytest.raises(BotApiError) as caught:
            await world.call(method, form(params), files)
        return caught.value.description

    return call


def form(params: Mapping[str, Any]) -> dict[str, str]:
    """Write values as a form carries them."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in params.items()
        if value is not None
    }


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


def png(width: int = 60, height: int = 40) -> bytes:
    """The beginning of a PNG picture: enough for its size to be read."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")
