"""getUpdates: offsets, waiting, conflicts, and what else concerns receiving."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground.errors import BotApiError
from bot.playground.world import World
from tests.playground.conftest import ADA, Api

Refusal = Callable[..., Awaitable[str]]


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_a_higher_offset_confirms_them(api: Api, world: World) -> None:
    world.send_text(ADA, "uno")
    world.send_text(ADA, "due")
    first = await api("getUpdates")
    assert texts(first) == ["uno", "due"]
    assert await api("getUpdates", offset=first[0]["update_id"]) == first
    assert texts(await api("getUpdates", offset=first[1]["update_id"])) == ["due"]
    assert await api("getUpdates", offset=first[1]["update_id"] + 1) == []
    assert world.waiting_updates == 0


async def test_identifiers_rise_by_one(api: Api, world: World) -> None:
    for number in range(3):
        world.send_text(ADA, str(number))
    first, second, third = [update["update_id"] for update in await api("getUpdates")]
    assert (second, third) == (first + 1, first + 2)


async def test_the_limit_holds_and_a_negative_offset_counts_from_the_end(api: Api, world: World) -> None:
    for number in range(5):
        world.send_text(ADA, str(number))
    assert texts(await api("getUpdates", limit=2)) == ["0", "1"]
    assert texts(await api("getUpdates", offset=-2)) == ["3", "4"]
    assert texts(await api("getUpdates")) == ["3", "4"], "the earlier ones are forgotten"


async def test_a_long_poll_ends_as_soon_as_something_happens(api: Api, world: World) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=120))
    await asyncio.sleep(0)
    assert not poll.done()
    world.send_text(ADA, "eccomi")
    async with asyncio.timeout(60):
        assert texts(await poll) == ["eccomi"]


async def test_a_long_poll_ends_empty_when_its_time_is_over(world: World) -> None:
    world.drain_updates()
    queue = world._state.updates
    assert await queue.poll(offset=0, limit=1, seconds=0.01) == []


async def test_a_second_poll_ends_the_first_one(api: Api, world: World) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    with pytest.raises(BotApiError) as caught:
        await first
    assert caught.value.error_code == 409
    assert caught.value.description == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    world.send_text(ADA, "ciao")
    assert texts(await second) == ["ciao"]


async def test_a_poll_that_was_given_up_loses_nothing(api: Api, world: World) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    world.send_text(ADA, "ciao")
    assert texts(await api("getUpdates", timeout=30)) == ["ciao"]


async def test_closing_the_world_ends_the_poll(api: Api, world: World) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0)
    world.close()
    assert await poll == []


async def test_only_the_allowed_kinds_are_kept_from_then_on(api: Api, world: World) -> None:
    world.block(ADA)
    world.unblock(ADA)
    assert len(await api("getUpdates", allowed_updates=["message"])) == 2
    world.block(ADA)
    world.unblock(ADA)
    world.send_text(ADA, "x")
    assert len(await api("getUpdates")) == 3, "the setting is remembered"
    await api("getUpdates", allowed_updates=[])
    world.block(ADA)
    assert len(await api("getUpdates")) == 4, "an empty list brings back the usual kinds"


async def test_webhooks_are_not_for_the_playground(api: Api, refusal: Refusal, world: World) -> None:
    description = await refusal("setWebhook", url="https://bot.example/hook")
    assert description == "Bad Request: bad webhook: the playground only knows long polling"
    world.send_text(ADA, "x")
    info = await api("getWebhookInfo")
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    assert await api("deleteWebhook") is True
    assert world.waiting_updates == 1
    assert await api("setWebhook", drop_pending_updates=True) is True
    assert world.waiting_updates == 0


def test_a_refusal_may_carry_parameters() -> None:
    refused = BotApiError(429, "Too Many Requests: retry after 5", {"retry_after": 5})
    assert refused.envelope() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 5",
        "parameters": {"retry_after": 5},
    }


async def test_unknown_methods_and_parameters_are_refused(refusal: Refusal, api: Api) -> None:
    assert await refusal("sendNothing") == "Not Found"
    description = await refusal("getUpdates", speed=1)
    assert description == 'Bad Request: parameter "speed" is not known to the playground'
    assert await api("logOut") is True
    assert await api("CLOSE") is True
