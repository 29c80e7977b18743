"""Webhooks: what people do is brought to several processes of a bot, as a balancer shares it out among them.

What is refused comes again when Telegram would bring it again (`WebhookActor::on_update_error` of its Bot API server):
when the answer says so; else at once, and then after a time that doubles.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp

from bot.playground.world import World

_LONGEST_SECONDS = 60.0


async def bring_updates(world: World, addresses: Sequence[str], secret: str) -> None:
    """Bring the taps of each chat one after the other, and what is written in it, all side by side, process by process.

    Taps and messages of one chat are two queues, as they are there.
    """
    turns: defaultdict[tuple[int, bool], asyncio.Lock] = defaultdict(asyncio.Lock)
    offset = 0
    async with (
        aiohttp.ClientSession(
            headers={"X-Telegram-Bot-Api-Secret-Token": secret}, connector=aiohttp.TCPConnector(limit=40)
        ) as http,
        asyncio.TaskGroup() as tasks,
    ):
        while True:
            found = await world.call("getUpdates", {"offset": str(offset), "timeout": "30"})
            for update in found:
                offset = update["update_id"] + 1
                address = addresses[offset % len(addresses)]
                tasks.create_task(_bring(http, address, update, turns[_queue_of(update)]))


async def _bring(http: aiohttp.ClientSession, address: str, update: Any, turn: asyncio.Lock) -> None:
    async with turn:
        wait = 0.0
        while True:
            asked = 0.0
            with suppress(aiohttp.ClientError):
                async with http.post(address, json=update) as answer:
                    if answer.status == 200:
                        return
                    asked = float(answer.headers.get("Retry-After", "0"))
            await asyncio.sleep(asked or wait)
            if not asked:
                wait = min(max(2.0, 2 * wait), _LONGEST_SECONDS)


def _queue_of(update: Any) -> tuple[int, bool]:
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"]), "callback_query" in update
