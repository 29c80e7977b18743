"""A process that is asked to end has ended ten seconds later, whatever its neighbours do."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

_log = structlog.get_logger(__name__)

CUT_SHORT_SECONDS: Final = 7.0
"""After so long, what still runs is given up: updates come again, messages are sent when their leases are over."""
GONE_SECONDS: Final = 9.0
"""After so long the process ends where it stands; it could have been killed there, too."""


@asynccontextmanager
async def ending_in_time(stop: asyncio.Event) -> AsyncIterator[set[asyncio.Task[None]]]:
    """End in time once `stop` is set; the block puts into the set what may be given up."""
    running: set[asyncio.Task[None]] = set()
    watching = asyncio.create_task(_watch(stop, running), name="ending")
    try:
        yield running
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(stop: asyncio.Event, running: set[asyncio.Task[None]]) -> None:
    await stop.wait()
    await asyncio.sleep(CUT_SHORT_SECONDS)
    late = [task for task in running if not task.done()]
    _log.warning("cut_short", tasks=sorted(task.get_name() for task in late))
    for task in late:
        task.cancel()
    await asyncio.sleep(GONE_SECONDS - CUT_SHORT_SECONDS)
    _log.error("ended_where_it_stood", reason="a neighbour does not let go")
    os._exit(1)
