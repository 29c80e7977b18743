"""Sealing anew the conversations that are kept in Redis."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis

from bot.db.chat_units_redis import redis_client
from bot.db.keys import KeyRing

_OURS: Final = "rinnovo:*"
_SOME: Final = 500
_REPLACE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
    return 1
end
return 0
"""


async def reseal_states(url: str, ring: KeyRing) -> tuple[int, int]:
    """Seal anew with the first key what is sealed with another; how many values there are, and how many it were.

    What was written meanwhile stays as it is, and what expires does so when it would have.

    Raises:
        RedisError, OSError: Redis is away.
    """
    looked = sealed = 0
    client = redis_client(url)
    try:
        replace = client.register_script(_REPLACE)
        async for name, value, position in _sealed_values(client, ring):
            looked += 1
            if position > 1:
                sealed += await replace(keys=[name], args=[value, ring.seal(ring.open(value))])
    finally:
        await client.aclose()
    return looked, sealed


async def states_by_key(url: str, ring: KeyRing) -> Counter[int]:
    """How many values are sealed with which key, by its position.

    Raises:
        RedisError, OSError: Redis is away.
    """
    found: Counter[int] = Counter()
    client = redis_client(url)
    try:
        async for _, _, position in _sealed_values(client, ring):
            found[position] += 1
    finally:
        await client.aclose()
    return found


async def _sealed_values(client: Redis, ring: KeyRing) -> AsyncIterator[tuple[bytes, bytes, int]]:
    """The values that one of the keys has sealed; what else is there, another bot's included, is not ours to change."""
    async for name in client.scan_iter(match=_OURS, count=_SOME, _type="string"):
        value: Any = await client.get(name)
        if value is not None and (position := ring.position(value)) is not None:
            yield name, value, position
