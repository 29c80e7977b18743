"""The shares of the processes kept in Redis, where several processes have one."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from redis.exceptions import WatchError

from bot.db.chat_units_redis import redis_client
from bot.db.shares import Share

_MICRO = 1_000_000


class RedisShares:
    """The rows in one hash for each bot, by Redis's own clock; a step that another one came before is done again."""

    def __init__(self, url: str, bot_id: int) -> None:
        """Prepare the client; nothing is opened yet."""
        self._redis = redis_client(url)
        self._key = f"rinnovo:ceiling:{bot_id}"

    async def exchange(self, decide: Callable[[Sequence[Share]], Share], lease: timedelta) -> None:
        """As `bot.db.shares.Shares`."""
        async with self._redis.pipeline(transaction=True) as pipeline:
            while True:
                try:
                    await pipeline.watch(self._key)
                    rows = {
                        name: json.loads(text) for name, text in (await pipeline.hgetall(self._key)).items()
                    }
                    # After the rows: one that was written in between would else seem to ask for silence until now.
                    seconds, micros = await pipeline.time()
                    now = seconds + micros / _MICRO
                    mine = decide([_share(row, now) for row in rows.values() if row["until"] > now])
                    pipeline.multi()  # type: ignore[no-untyped-call]
                    gone = [name for name, row in rows.items() if row["until"] <= now]
                    if gone:
                        pipeline.hdel(self._key, *gone)
                    pipeline.hset(self._key, mine.process, _row(mine, now, lease))
                    pipeline.expire(self._key, timedelta(days=1))
                    await pipeline.execute()
                except WatchError:
                    continue
                return

    async def leave(self, process: str) -> None:
        """As `Shares`."""
        await self._redis.hdel(self._key, process)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()


def _row(share: Share, now: float, lease: timedelta) -> str:
    return json.dumps(
        {
            "process": share.process,
            "held": share.held,
            "talking": share.talking,
            "pushing": share.pushing,
            "paused": now + share.pause,
            "until": now + lease.total_seconds(),
        }
    )


def _share(row: dict[str, Any], now: float) -> Share:
    return Share(row["process"], row["held"], row["talking"], row["pushing"], max(row["paused"] - now, 0.0))
