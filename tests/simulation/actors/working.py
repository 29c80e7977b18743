"""Workers at other hours than in the evening, alone and two at once."""

import asyncio
from typing import TYPE_CHECKING, Final

from tests.simulation.process import Killed
from tests.simulation.registry import actor

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

_SECONDS: Final = 60


@actor("work", 12)
async def work(life: "Life", process: "Process", lot: "Lot") -> str:
    """A worker works until nothing is due, or for a minute."""
    if not life.works:
        return "nobody works"
    await process.work(lot.randint(2, _SECONDS), life.at_rest)
    return "done"


@actor("two work", 5)
async def two_work(life: "Life", process: "Process", lot: "Lot") -> str:
    """Two workers at the same time; should one die, the other goes on."""
    del process
    if not life.works:
        return "nobody works"
    seconds = lot.randint(2, _SECONDS)
    both = (each.work(seconds, life.at_rest) for each in life.processes)
    ended = await asyncio.gather(*both, return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(each, Killed):
            raise each
    return "done"
