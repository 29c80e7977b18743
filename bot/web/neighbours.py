"""Whether Redis is there, as the pages for the machine that watches the bot say it."""

import asyncio

from bot.db.chat_units_redis import RedisBacking

PATIENCE_SECONDS = 5.0
"""How long a neighbour may take to answer: who watches has not much longer either."""


async def state_of_redis(redis: RedisBacking | None) -> str:
    """`ok`, the kind of error, or `none` where conversations are kept in the database."""
    if redis is None:
        return "none"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await redis.ping()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, no tap can be answered
        return type(error).__name__
    return "ok"
