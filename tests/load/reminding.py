"""What a reminder costs a worker, against the same message sent by python-telegram-bot and nothing else.

``python -m tests.load.reminding``; ``REMINDERS=100`` makes it shorter. The real `worker` finds reminders due when it
starts; its processor time from its first poll until the last one has left and all is quiet, planning included, is
divided by their number. The reference sends the very text and keyboard of the worker's last one to as many chats.
"""

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.console import Console

from tests.load.stage.alone import alone
from tests.load.stage.children import start
from tests.load.stage.contenders import FIRST_CHAT, child, contender, telegram
from tests.load.stage.kernel import cpu_seconds
from tests.load.stage.paper import figures
from tests.load.stage.phones import Phones
from tests.load.stage.preparing import Ground, catalogue_of_all_hours, grounds, join, prepare
from tests.load.stage.telegram import TOKEN

REMINDERS = int(os.environ.get("REMINDERS", "300"))
ROUNDS = 3
REFERENCE = "send_message alone"
_EXPIRES_IN = 3
"""Days: so near that the reminder does not wait for a working day."""
_WITHIN = 600.0
_QUIET_SECONDS = 3.0
"""After the last one has left: what was sent is settled."""
_MS = 1000


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst: milliseconds of the processor for each message, and what was sent last."""

    cpu: float
    sent: Mapping[str, str]


async def by_worker(name: str, ground: Ground, folder: Path, number: int) -> Burst:
    """Let a worker send `number` reminders."""
    cast = await prepare(ground, number, expires_in=_EXPIRES_IN)
    async with ground.open() as (database, surroundings):
        await join(database, surroundings, number)

    def sit_down(phones: Phones) -> None:
        for each in range(number):
            phones.joined(FIRST_CHAT + each)

    settings = ground.environment()
    async with contender(name, folder, cast, settings, before=sit_down, command=("bot", "worker")) as bot:
        return await _watch(bot.phones, bot.pid, number)


async def by_nothing_else(folder: Path, sent: Mapping[str, str], number: int) -> Burst:
    """Let the reference send the same."""
    given = folder / "burst.json"
    chats = [FIRST_CHAT + each for each in range(number)]
    content = {"text": sent["text"], "reply_markup": sent["reply_markup"], "chats": chats}
    given.write_text(json.dumps(content), encoding="utf-8")
    async with telegram("bare_sender", folder) as (address, phones):
        for chat in chats:
            phones.joined(chat)
        words = (address, TOKEN, str(given))
        async with child(start, folder / "bare.log", "tests.load.peers.bare_sender", *words) as bare:
            await phones.wait_for_bot(_WITHIN, "getme")
            return await _watch(phones, bare.number, number)


async def _watch(phones: Phones, pid: int, number: int) -> Burst:
    """The burst of a process that has just begun."""
    before = cpu_seconds(pid)
    async with asyncio.timeout(_WITHIN):
        while (await phones.ledger())["calls"].get("sendmessage", 0) < number:
            await asyncio.sleep(0.2)
    await asyncio.sleep(_QUIET_SECONDS)
    used, ledger = cpu_seconds(pid) - before, await phones.ledger()
    if ledger["refused"] or ledger["calls"]["sendmessage"] != number:
        raise RuntimeError(f"{number} messages were to be sent: {ledger}")
    return Burst(used / number * _MS, ledger["sent"])


async def measure(folder: Path, number: int = REMINDERS, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of the processor for each message, round by round: of workers, and of the reference."""
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        async with grounds(folder, catalogue_of_all_hours(folder)) as products:
            for name, ground in products.items():
                burst = await by_worker(name, ground, folder, number)
                found[name].append(burst.cpu)
            found[REFERENCE].append((await by_nothing_else(folder, burst.sent, number)).cpu)
    return found


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    found = {name: median(several) for name, several in (await measure(folder)).items()}
    table = figures(f"A reminder, {REMINDERS:,} of them", "CPU ms", f"/ {REFERENCE}")
    for name, cpu in found.items():
        table.add_row(name, f"{cpu:.2f}", f"{cpu / found[REFERENCE]:.2f}")
    console.print(table)


if __name__ == "__main__":
    alone(bench)
