"""Web servers that stop as soon as they may: uvicorn looks only every tenth of a second whether it is to end.

Hundreds of tests serve something, and each of them would wait for two or three of these at its end.
"""

import asyncio
from types import SimpleNamespace

from uvicorn import server

_TIMES = 20


def hasten() -> None:
    """Let every server of this process look more often."""
    server.asyncio = SimpleNamespace(**{**vars(asyncio), "sleep": _sleep})  # type: ignore[attr-defined,assignment] # what it imports


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds / _TIMES)
