"""What the `doctor` says of `DATA_KEYS`: which of them are still needed."""

from collections import Counter
from typing import TYPE_CHECKING

from bot.commands.doctor_looking import looking
from bot.commands.doctor_outcomes import Fault, Waits

if TYPE_CHECKING:
    from bot.settings import Settings


async def keys(settings: "Settings") -> str:
    """Which keys but the first still seal something, and how much."""
    from redis.exceptions import RedisError

    from bot.db.resealing import Resealing

    if settings.data_keys is not None and len(settings.key_ring()) == 1:
        return "one, which seals everything"
    redis = None if settings.redis_url is None else settings.redis_url.get_secret_value()
    try:
        needed = await looking(settings, lambda database, _: Resealing(database, redis).needed())
    except RedisError as error:
        raise Fault(f"Redis does not answer: {error}") from error
    if needed.rows:
        number = Counter[int]()
        for (key, _), rows in needed.rows.items():
            number[key] += rows
        by_key = "; ".join(
            f"key {key} for {'' if needed.whole else 'at least '}{rows:,} rows ({_tables(needed.rows, key)})"
            for key, rows in sorted(number.items())
        )
        raise Waits(f"still needed beside the first: {by_key}. `python -m bot keys rotate` seals them anew")
    if needed.whole:
        return "everything is sealed with the first: the others are no longer needed"
    if needed.finished is not None:
        when = needed.finished.astimezone(settings.timezone).date()
        return f"everything was sealed anew with the first on {when}: the others are no longer needed"
    raise Waits("too much to look at all of it here: `python -m bot keys rotate` does, and seals anew")


def _tables(rows: Counter[tuple[int, str]], key: int) -> str:
    counted = sorted(
        ((table, count) for (of, table), count in rows.items() if of == key), key=lambda each: -each[1]
    )
    return ", ".join(f"{table} {count:,}" for table, count in counted)
