"""Waiting out a short pause that Telegram asks for, while a customer looks on."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from aiogram.exceptions import TelegramRetryAfter

MAX_WAIT_SECONDS: Final = 5
"""Longest pause asked by Telegram that is waited for with a customer looking on; longer ones are raised."""

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]


async def patiently(request: Callable[[], Awaitable[T]], sleep: Sleep = asyncio.sleep) -> T:
    """Make a request; after a short pause that Telegram asks for, once more.

    Raises:
        TelegramRetryAfter: the pause is longer than `MAX_WAIT_SECONDS`, or the second request was refused too.
        TelegramAPIError: whatever else the request raises.
    """
    try:
        return await request()
    except TelegramRetryAfter as error:
        if error.retry_after > MAX_WAIT_SECONDS:
            raise
        await sleep(error.retry_after)
    return await request()
