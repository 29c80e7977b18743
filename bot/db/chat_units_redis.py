"""Conversations kept in Redis, and counted in the database: several processes may serve one bot.

The records of a chat are one value in Redis, named by the version that the database has for the chat. An update writes
its records under a new name first; then one transaction of the database notes the update, writes what services write
with it, and sets the version to that name, if it is still the one that was loaded. So there is one instant at which all
of it counts, whichever process dies when, and nobody waits for a lock.
"""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Any, Final, Literal

from aiogram.fsm.storage.base import KeyBuilder, StorageKey
from aiogram.fsm.storage.redis import RedisStorage
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from bot.db import strict_json
from bot.db.chat_units import EMPTY, Change, ChatKey, Loaded, Record
from bot.db.chat_units_sql import SqlBacking
from bot.db.keys import KeyRing
from bot.db.turns import LostRace

STATES_KEPT = timedelta(days=180)
ANSWERS_WITHIN: Final = 2.0
"""Seconds: a Redis that takes longer is away, and what it was asked for is asked for once more."""
OLD_KEPT: Final = timedelta(minutes=10)
"""Longer than anybody takes from reading the version of a chat to reading its records."""
_VERSION_BITS: Final = 62


def redis_client(url: str) -> Redis:
    """A client that waits for nobody: one that does not answer, or hung up, is asked twice."""
    return Redis.from_url(
        url,
        socket_timeout=ANSWERS_WITHIN,
        socket_connect_timeout=ANSWERS_WITHIN,
        retry=Retry(ConstantBackoff(0.05), 1),
    )


class _Origin(Enum):
    """Where the records of a chat were found."""

    REDIS = "under the chat's version, all of them"
    DATABASE = "in the database: REDIS_URL was not set when they were written"
    BEFORE = "under a key each, as they were written before they were named by versions; or nowhere"


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
    """Keeps the records of each chat in Redis, sealed by `keys`; version, updates and the rest are kept by `sql`."""

    def __init__(self, url: str, keys: KeyRing, sql: SqlBacking) -> None:
        """Prepare the client; nothing is opened yet."""
        self._redis = redis_client(url)
        self._keys = keys
        self._sql = sql
        self._old = RedisStorage(
            self._redis,
            FullKeyBuilder(),
            json_loads=lambda text: strict_json.decode(self._keys.open(text.encode()).decode()),
        )

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Read what the database knows of the chat, and the records of that version."""
        there = await self._sql.load(chat, update_id)
        text: Any = await self._redis.get(_key(chat, there.version)) if there.version else None
        records, origin = there.records, _Origin.DATABASE if there.records else _Origin.BEFORE
        if text is not None:
            records, whole = self._open(chat, text)
            origin = _Origin.REDIS if whole else _Origin.BEFORE
        return Loaded(
            records,
            complete=origin is not _Origin.BEFORE,
            seen=there.seen,
            version=there.version,
            found=there.found,
            origin=origin,
        )

    async def read(self, key: StorageKey) -> Record:
        """Read one record that was written before records were named by versions."""
        state, data = await self._old.get_state(key), await self._old.get_data(key)
        return Record(state, strict_json.encode(data))

    async def save(self, change: Change) -> bool:
        """Write the records under a new version, and then everything else with that version."""
        if change.empty:
            return await self._sql.save(change)
        version = secrets.randbits(_VERSION_BITS) + 1
        records = {key: each for key, each in {**change.known, **change.records}.items() if not each.empty}
        new, old = _key(change.chat, version), _key(change.chat, change.version)
        await self._redis.set(
            new, self._seal(records, whole=change.origin is not _Origin.BEFORE), ex=STATES_KEPT
        )
        gone = dict.fromkeys(change.known, EMPTY) if change.origin is _Origin.DATABASE else {}
        try:
            written = await self._sql.save(replace(change, records=gone), version=version)
        except LostRace:
            await self._redis.delete(new)
            raise
        # Who has just read the old version in the database must still find its records.
        await (self._redis.expire(old, OLD_KEPT) if written else self._redis.delete(new))
        return written

    async def ping(self) -> None:
        """Ask whether Redis is there.

        Raises:
            RedisError, OSError: it is not.
        """
        await self._redis.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    def _seal(self, records: Mapping[StorageKey, Record], *, whole: bool) -> bytes:
        rows = [[*_fields(key), record.state, record.data] for key, record in records.items()]
        return self._keys.seal(strict_json.encode({"whole": whole, "records": rows}).encode())

    def _open(self, chat: ChatKey, sealed: bytes) -> tuple[dict[StorageKey, Record], bool]:
        kept = strict_json.decode(self._keys.open(sealed).decode())
        records = {_storage_key(chat, row): Record(row[-2], row[-1]) for row in kept["records"]}
        return records, kept["whole"]


def _key(chat: ChatKey, version: int) -> str:
    return f"rinnovo:chat:{chat.bot_id}:{chat.chat_id}:{version}"


def _fields(key: StorageKey) -> tuple[int | str | None, ...]:
    """What tells the records of one chat apart."""
    return (key.user_id, key.thread_id, key.business_connection_id, key.destiny)


def _storage_key(chat: ChatKey, row: list[Any]) -> StorageKey:
    user_id, thread_id, business_connection_id, destiny = row[:4]
    return StorageKey(
        bot_id=chat.bot_id,
        chat_id=chat.chat_id,
        user_id=user_id,
        thread_id=thread_id,
        business_connection_id=business_connection_id,
        destiny=destiny,
    )
