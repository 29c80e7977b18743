"""Telling a page what happens, as it happens: server-sent events over a feed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from bot.playground.events import Event, Feed

HEARTBEAT = 15.0
_RECONNECT_MS = 1000


def event_stream(lines: AsyncIterator[str]) -> Response:
    """Return an answer that goes on for as long as there are lines."""
    return StreamingResponse(
        lines,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def told(
    feed: Feed, opening: dict[str, Any], write: Callable[[Event], dict[str, Any]]
) -> AsyncIterator[str]:
    """Give `opening`, and then every event of a feed as `write` puts it, until the feed ends."""
    yield f"retry: {_RECONNECT_MS}\n\n"
    yield _line(opening)
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT):
                event = await feed.next()
        except TimeoutError:
            # A line that says nothing: writing it is how a page that went away is noticed.
            yield ":\n\n"
            continue
        if event is None:
            return
        yield _line(write(event))


def _line(payload: dict[str, Any]) -> str:
    return f"data: {json.dumps(payload, ensure_ascii=False)}\n\n"
