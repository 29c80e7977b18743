"""Telegram's limits, as the playground holds them: 30 messages within any second, one in a chat, edits count."""

from typing import Any

import pytest

from bot.playground.errors import BotApiError
from bot.playground.limits import Limits
from bot.playground.world import World
from tests.support.running_bot import TOKEN

CHATS = 40


class Watch:
    """A clock that a test winds."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.seconds = 1000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    """The clock by which is counted."""
    return Watch()


@pytest.fixture
def world(watch: Watch) -> World:
    """A Telegram with limits, and people who have written to the bot."""
    world = World(TOKEN, limits=Limits(seconds=watch))
    for chat in range(1, CHATS + 1):
        world.open_chat(chat, "Prova", "it")
        world.send_text(chat, "/start")
    return world


async def say(world: World, chat: int, text: str = "Ciao") -> Any:
    """One message to a chat."""
    return await world.call("sendMessage", {"chat_id": str(chat), "text": text})


async def refused(world: World, chat: int, method: str = "sendMessage", **params: str) -> BotApiError:
    """One call that is above the limits."""
    with pytest.raises(BotApiError) as error:
        await world.call(method, {"chat_id": str(chat), "text": "Ciao", **params})
    assert error.value.error_code == 429
    return error.value


async def test_the_31st_message_within_any_second_is_refused(world: World, watch: Watch) -> None:
    for chat in range(1, 31):
        await say(world, chat)
        watch.seconds += 0.03
    error = await refused(world, 31)  # 0.9 s after the first
    assert error.envelope() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    watch.seconds = 1000.999
    await refused(world, 31)
    watch.seconds = 1001.0  # the first one is a second old; what was refused counts for nothing
    await say(world, 31)
    await refused(world, 32)
    assert world.limits is not None
    assert (world.limits.said, world.limits.refused) == (31, 3)


async def test_the_second_message_to_a_chat_within_a_second_is_refused(world: World, watch: Watch) -> None:
    await say(world, 1)
    watch.seconds += 0.999
    await refused(world, 1)
    await say(world, 2)
    watch.seconds += 0.001
    await say(world, 1)


async def test_edits_with_new_content_count_and_others_do_not(world: World, watch: Watch) -> None:
    sent = [await say(world, chat) for chat in range(1, 16)]
    watch.seconds += 1
    for message in sent:
        chat = message["chat"]["id"]
        edit = {"chat_id": str(chat), "message_id": str(message["message_id"]), "text": "Salve"}
        with pytest.raises(BotApiError, match="not modified"):
            await world.call("editMessageText", edit | {"text": "Ciao"})
        await world.call("editMessageText", edit)
        await refused(world, chat, "editMessageText", message_id=edit["message_id"], text="Addio")
    for other in range(16, 31):
        await say(world, other)
    await refused(world, 31)


async def test_what_says_nothing_is_not_counted(world: World) -> None:
    tapped = await world.call(
        "sendMessage",
        {
            "chat_id": "1",
            "text": "Ciao",
            "reply_markup": '{"inline_keyboard": [[{"text": "Vai", "callback_data": "go"}]]}',
        },
    )
    for _ in range(40):
        query = world.tap(1, tapped["message_id"], "Vai")
        await world.call("answerCallbackQuery", {"callback_query_id": query})
    await world.call("deleteMessage", {"chat_id": "1", "message_id": str(tapped["message_id"])})
    for chat in range(2, 31):
        await say(world, chat)
    await refused(world, 31)


async def test_a_message_that_telegram_does_not_take_counts_for_nothing(world: World) -> None:
    world.block(1)
    for _ in range(40):
        with pytest.raises(BotApiError, match="blocked"):
            await say(world, 1)
    for chat in range(2, 32):
        await say(world, chat)


async def test_nobody_is_refused_where_no_limits_were_asked_for() -> None:
    world = World(TOKEN)
    world.open_chat(1, "Prova", "it")
    world.send_text(1, "/start")
    for _ in range(100):
        await say(world, 1)
