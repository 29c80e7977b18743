"""The Redis that tests may use: a database of its own, emptied of what a test wrote."""

import asyncio
import os

from redis.asyncio import Redis
from redis.exceptions import RedisError

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def why_no_redis() -> str | None:
    """Return why Redis cannot be used here, in one line; ``None`` when it can."""

    async def ping() -> None:
        client: Redis = Redis.from_url(REDIS, socket_connect_timeout=60)
        try:
            await client.ping()
        finally:
            await client.aclose()

    try:
        asyncio.run(ping())
    except (OSError, RedisError) as error:
        return f"no Redis at TEST_REDIS_URL: {type(error).__name__}"
    return None


async def forget(bot_id: int) -> None:
    """Delete every key of one bot."""
    client: Redis = Redis.from_url(REDIS)
    try:
        for pattern in (f"rinnovo:{bot_id}:*", f"rinnovo:chat:{bot_id}:*", f"rinnovo:ceiling:{bot_id}"):
            async for key in client.scan_iter(match=pattern):
                await client.delete(key)
    finally:
        await client.aclose()
