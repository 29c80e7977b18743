"""What a busy core costs the one beside it: the same work of Python, alone and next to itself.

Two cores of a virtual machine may be one of the machine beneath, or share its caches and its clock. What is measured
on both at once then costs more for each of them than what is measured on one, whatever it is.
"""

import asyncio
import json
import os
import sys
import time
from typing import Final

_TIMES: Final = 3
_TEXTS: Final = 3000
"""Some megabytes, as a bot goes through: more than a core has for itself."""
_GOINGS: Final = 12


async def crowding() -> float:
    """How many times as much processor the same work takes where the other core is busy too.

    It is 1.0 where nothing is shared, and says nothing on a machine that others use. It takes a dozen seconds; of each
    the round counts that was disturbed the least.

    Raises:
        RuntimeError: the machine has a single core.
    """
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        raise RuntimeError("a single core has no neighbour")
    alone, beside = list[float](), list[float]()
    for _ in range(_TIMES):
        alone.append(await _taken(cores[0]))
        beside += await asyncio.gather(*map(_taken, cores))
    return min(beside) / min(alone)


async def _taken(core: int) -> float:
    """The seconds that the work takes of this core."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(core), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError("the work was not done")
    return float(said)


def _work() -> None:
    texts = [
        json.dumps({"number": each, "rows": [{"text": f"{each} {row}", "data": row} for row in range(8)]})
        for each in range(_TEXTS)
    ]
    for _ in range(_GOINGS):
        for text in texts:
            read = json.loads(text)
            read["rows"] = sorted(read["rows"], key=lambda row: row["text"])
            json.dumps(read)


def main(core: int) -> None:
    """Do the work on this core, and print what it took."""
    os.sched_setaffinity(0, {core})
    before = time.process_time()
    _work()
    print(time.process_time() - before)  # noqa: T201 - it is what the parent reads


if __name__ == "__main__":
    main(int(sys.argv[1]))
