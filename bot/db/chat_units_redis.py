"""Conversations kept in Redis, with aiogram's own storage and lock: several processes may serve one bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from aiogram.fsm.storage.base import KeyBuilder, StorageKey
from aiogram.fsm.storage.redis import RedisEventIsolation, RedisStorage
from redis.asyncio import Redis

from bot.db import strict_json
from bot.db.chat_units import Change, ChatKey, Loaded, Record
from bot.db.keys import KeyRing

STATES_KEPT = timedelta(days=180)
UPDATES_KEPT = timedelta(days=3)
LOCK_SECONDS = 120
"""After this long a chat's lock is given up for lost, its process being dead."""


class FullKeyBuilder(KeyBuilder):
    """Writes every field of a key, also those that are not set: no two keys are written alike."""

    def build(self, key: StorageKey, part: Literal["data", "state", "lock"] | None = None) -> str:
        """Return the key as Redis knows it."""
        fields = (
            key.bot_id,
            key.chat_id,
            key.user_id,
            key.thread_id or 0,
            key.business_connection_id or "",
            key.destiny,
            part or "",
        )
        return ":".join(["rinnovo", *map(str, fields)])


class RedisBacking:
    """Keeps each record under two Redis keys, as aiogram does, with the data sealed by `keys`."""

    def __init__(self, url: str, keys: KeyRing) -> None:
        """Prepare the client; nothing is opened yet."""
        self._redis: Redis = Redis.from_url(url)
        self._keys = keys
        self._storage = self._storage_on(self._redis)
        self._isolation = RedisEventIsolation(
            self._redis, FullKeyBuilder(), lock_kwargs={"timeout": LOCK_SECONDS, "sleep": 0.02}
        )

    @asynccontextmanager
    async def guard(self, chat: ChatKey) -> AsyncIterator[None]:
        """Hold the chat's lock in Redis."""
        key = StorageKey(bot_id=chat.bot_id, chat_id=chat.chat_id, user_id=chat.chat_id)
        async with self._isolation.lock(key):
            yield

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Say whether the update was processed; records are read one by one, when they are needed."""
        seen = update_id is not None and bool(await self._redis.exists(_seen_key(chat, update_id)))
        return Loaded({}, complete=False, seen=seen)

    async def read(self, key: StorageKey) -> Record:
        """Read one record."""
        state, data = await self._storage.get_state(key), await self._storage.get_data(key)
        return Record(state, strict_json.encode(data))

    async def save(self, change: Change) -> bool:
        """Write everything in one `MULTI`; the lock has kept other processes out."""
        await change.turn.settle()
        async with self._redis.pipeline(transaction=True) as pipeline:
            storage = self._storage_on(pipeline)
            for key, record in change.records.items():
                await storage.set_state(key, record.state)
                await storage.set_data(key, strict_json.decode(record.data))
            if change.update_id is not None:
                pipeline.set(_seen_key(change.chat, change.update_id), 1, ex=UPDATES_KEPT)
            await pipeline.execute()
        return True

    async def ping(self) -> None:
        """Ask whether Redis is there.

        Raises:
            RedisError, OSError: it is not.
        """
        await self._redis.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._storage.close()

    def _storage_on(self, redis: Redis) -> RedisStorage:
        return RedisStorage(
            redis,
            FullKeyBuilder(),
            state_ttl=STATES_KEPT,
            data_ttl=STATES_KEPT,
            json_dumps=lambda data: self._keys.seal(strict_json.encode(data).encode()).decode(),
            json_loads=lambda text: strict_json.decode(self._keys.open(text.encode()).decode()),
        )


def _seen_key(chat: ChatKey, update_id: int) -> str:
    return f"rinnovo:seen:{chat.bot_id}:{update_id}"
