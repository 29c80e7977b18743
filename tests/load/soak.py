"""A long conversation: many chats tap for a while, and nothing may grow. ``make soak`` runs it."""

import asyncio
import gc
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.clock import SystemClock
from bot.db.chat_units_sql import SqlBacking
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from tests.support.counting import Chat

SECONDS = float(os.environ.get("SOAK_SECONDS", "60"))
CHATS = 50
ROUNDS = 6
KEPT_CALLS = 2000
"""What the bot said lately: enough that each chat still finds its own window."""
ALLOWED_GROWTH = 1.10
"""Memory after the last round against memory after the second: caches fill in the first two."""


def resident_kib() -> int:
    """The memory that this process holds now, in KiB; 0 where the system does not tell."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS:"))


async def a_round(chat: Chat, until: float) -> int:
    """Let every chat open the dialog and tap until the round is over; return the number of taps."""
    taps = 0

    async def someone(user: int) -> None:
        nonlocal taps
        while time.monotonic() < until:
            await chat.write("/start", user=user)
            button = chat.buttons(user=user)["add"]
            for _ in range(10):
                await chat.press(button, user=user)
                taps += 1
            del chat.session.calls[:-KEPT_CALLS]

    await asyncio.gather(*(someone(1000 + number) for number in range(CHATS)))
    return taps


async def soak(folder: Path, console: Console) -> bool:
    """Chat in rounds; return whether nothing grew."""
    url = f"sqlite:///{folder / 'soak.db'}"
    await upgrade(url)
    database = Database(url, KeyRing([KeyRing.new_key()]))
    await database.start()
    clock = SystemClock()
    backing = SqlBacking(database, clock)
    chat = Chat(backing)
    chat.think_seconds = 0
    memory: list[int] = []
    fine = True
    for number in range(1, ROUNDS + 1):
        taps = await a_round(chat, time.monotonic() + SECONDS / ROUNDS)
        await backing.purge(states_before=clock.now() - timedelta(days=1), updates_before=clock.now())
        chat.session.calls.clear()
        chat.saw.clear()
        gc.collect()
        memory.append(resident_kib())
        tasks, locks = len(asyncio.all_tasks()), len(chat.units.locks)
        fine = fine and tasks == 1 and locks == 0
        console.print(
            f"round {number}: {taps} taps, {memory[-1] / 1024:.0f} MiB, {tasks} task, {locks} locks"
        )
    await database.dispose()
    return fine and memory[-1] <= memory[1] * ALLOWED_GROWTH


def main() -> None:
    """Soak; fail if something grew."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        fine = asyncio.run(soak(Path(folder), console))
    console.print("Nothing grew." if fine else "Something grew: see above.")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
