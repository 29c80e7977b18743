"""Webhooks: what people do is brought to several processes of a bot, as a balancer shares it out among them."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp

from bot.playground.world import World

_AGAIN_SECONDS = 0.5


async def bring_updates(world: World, addresses: Sequence[str], secret: str) -> None:
    """Bring the updates of each chat one after the other, all chats side by side, to one process after the other."""
    turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
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
                tasks.create_task(_bring(http, address, update, turns[_chat_of(update)]))


async def _bring(http: aiohttp.ClientSession, address: str, update: Any, turn: asyncio.Lock) -> None:
    async with turn:
        while True:
            with suppress(aiohttp.ClientError):
                async with http.post(address, json=update) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(_AGAIN_SECONDS)


def _chat_of(update: Any) -> int:
    message = update.get("message") or update["callback_query"]["message"]
    return int(message["chat"]["id"])
