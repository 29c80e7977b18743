"""How near the bot comes to Telegram's ceiling of 30 messages a second, and what that costs people who tap meanwhile.

``python -m tests.load.ceiling``; ``BURST=300`` makes it shorter. Telegram holds its limits here, at any 1.0 s: what is
above them is refused. The real `worker` sends due reminders alone; the real `run` sends them while 20 people tap a
second after each answer, or irregularly up to half a second later, who go on when all are sent; three `worker` and two
`web` do the same on one database.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.app import Told, build_services
from bot.services.sending.ceiling import CEILING
from tests.load.stage.alone import alone
from tests.load.stage.children import start
from tests.load.stage.contenders import FIRST_CHAT, Cast, Person, child, telegram
from tests.load.stage.kernel import cpu_seconds
from tests.load.stage.paper import figures
from tests.load.stage.phones import Phone, Phones
from tests.load.stage.preparing import FAR, PLAN, Ground, catalogue_of_all_hours, grounds, join, prepare
from tests.load.stage.shown import BACK, OPEN
from tests.load.stage.telegram import TOKEN
from tests.support.process import free_port
from tests.support.seed import Seed

BURST = int(os.environ.get("BURST", "3000"))
TALKERS = 20
PAUSE_SECONDS = 1.0
"""Between an answer and the next tap in one chat at least: sooner, Telegram takes no answer there."""
ALONE_SECONDS = 60.0
"""For how long people are measured when all reminders are sent."""
_EXPIRES_IN = 3
"""Days: so near that a reminder does not wait for a working day."""
_WITHIN = 900.0
_STARTS_WITHIN = 120.0
_SECRET = "secret-of-the-webhook"
_SAID = ("sendmessage", "editmessagetext", "editmessagemedia", "editmessagecaption", "sendphoto")
_MS = 1000


@dataclass(frozen=True, slots=True)
class Way:
    """How the bot is started: so many processes of each command, and whether people talk meanwhile.

    `musing`: so many seconds at most people wait longer than `PAUSE_SECONDS` before the next tap, now more, now less.
    Those who wait alike keep in step: a place in the ceiling is given back just when the same person takes it again.
    """

    name: str
    commands: Sequence[str]
    talking: bool
    musing: float = 0.0


WAYS = (
    Way("1 worker", ("worker",), talking=False),
    Way("run, 20 people talk", ("run",), talking=True),
    Way("run, 20 people talk irregularly", ("run",), talking=True, musing=0.5),
    Way("3 workers, 2 webs", ("worker",) * 3 + ("web",) * 2, talking=False),
    Way("3 workers, 2 webs, 20 people talk", ("worker",) * 3 + ("web",) * 2, talking=True),
)


@dataclass(slots=True)
class Found:
    """What one way came to.

    Attributes:
        pushed: reminders a second, after the first two seconds.
        said: messages a second, edits too, in the same time.
        refused: calls that were answered 429.
        cpu: milliseconds of all the bot's processes for each message that was said.
        beside: seconds of each tap while reminders were sent.
        alone: the same, when all were sent.
    """

    pushed: float = 0.0
    said: float = 0.0
    refused: int = 0
    cpu: float = 0.0
    beside: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)


async def measure(way: Way, ground: Ground, folder: Path, burst: int = BURST) -> Found:
    """Send a burst this way."""
    found, stop, sent = Found(), asyncio.Event(), asyncio.Event()
    talkers = TALKERS if way.talking else 0
    cast = await _prepare(ground, burst, talkers)
    async with telegram("ceiling", folder, limited=True) as (address, phones):
        for each in range(burst):
            phones.joined(FIRST_CHAT + each)
        async with _started(way, ground, folder, address, phones) as pids:
            seats = await asyncio.gather(
                *(_sit_down(phones, cast.people[burst + each], burst + each) for each in range(talkers))
            )
            talk = [asyncio.create_task(_talk(phones, seat, way.musing, found, sent, stop)) for seat in seats]
            await _watch(phones, pids, burst, found)
            sent.set()
            await asyncio.sleep(ALONE_SECONDS if talkers else 0)
            stop.set()
            await asyncio.gather(*talk)
            found.refused = _refused(await phones.ledger())
    return found


async def _prepare(ground: Ground, burst: int, talkers: int) -> Cast:
    """Customers who are due a reminder, in chats that joined long ago; after them those who will talk."""
    cast = await prepare(ground, burst, expires_in=_EXPIRES_IN)
    people = list(cast.people)
    async with ground.open() as (database, surroundings):
        await join(database, surroundings, burst)
        seed, linking = Seed(database, surroundings), build_services(database, surroundings, Told()).linking
        for number in range(talkers):
            customer, address = f"parlante{number:02}", f"parlante-{number:03}@pec.example"
            await seed.mailbox(customer, plan=PLAN, expires_in=FAR, address=address)
            people.append(Person((await linking.invite(customer)).token, address))
    return Cast(cast.captured, people)


@asynccontextmanager
async def _started(
    way: Way, ground: Ground, folder: Path, address: str, phones: Phones
) -> AsyncIterator[list[int]]:
    """Start the processes of the bot; their numbers."""
    settings = {**ground.environment(), "BOT_TOKEN": TOKEN, "BOT_API_URL": address}
    shared = (
        {"PUBLIC_URL": "https://bot.example.com", "WEBHOOK_SECRET": _SECRET} if "web" in way.commands else {}
    )
    pids, hooks, logs = [], [], []
    async with AsyncExitStack() as running:
        for number, command in enumerate(sorted(way.commands)):  # webs before workers: they answer at once
            port = str(free_port())
            log = folder / f"{command}{number}.log"
            bot = await running.enter_async_context(
                child(start, log, "bot", command, **settings, **shared, PORT=port)
            )
            pids.append(bot.number)
            if command == "web":
                hooks.append(f"http://127.0.0.1:{port}/telegram/webhook")
            logs.append(log)
        for log in logs:  # all start together, or the first has sent much before the last is there
            await _says(log, '"started"')
        if hooks:
            phones.bring_updates_to(hooks, _SECRET)
        yield pids


async def _says(log: Path, word: str) -> None:
    """Wait until a process has written this in its log."""
    async with asyncio.timeout(_STARTS_WITHIN):
        while word not in await asyncio.to_thread(log.read_text, encoding="utf-8"):
            await asyncio.sleep(0.1)


async def _sit_down(phones: Phones, person: Person, number: int) -> Phone:
    """Open the first screen of a renewal, no faster than Telegram lets the bot answer in one chat."""
    phone = phones.phone(FIRST_CHAT + number)
    await phones.write(phone, f"/start {person.token}")
    await asyncio.sleep(PAUSE_SECONDS)
    await phones.tap(phone, "Rinnova")
    await asyncio.sleep(PAUSE_SECONDS)
    return phone


async def _talk(
    phones: Phones, phone: Phone, musing: float, found: Found, sent: asyncio.Event, stop: asyncio.Event
) -> None:
    """Go to and fro between two windows until `stop` is set; what is timed is alone once all reminders are `sent`."""
    chance = Random(phone.chat_id)  # noqa: S311 - no secret
    await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS))  # or all would tap at once, and again and again
    while not stop.is_set():
        for label in (OPEN, BACK):
            seconds = await phones.tap(phone, label)
            (found.alone if sent.is_set() else found.beside).append(seconds)
            await asyncio.sleep(PAUSE_SECONDS + chance.uniform(0, musing))


async def _watch(phones: Phones, pids: Sequence[int], burst: int, found: Found) -> None:
    """Watch until the last reminder has left."""
    begun = last = None
    async with asyncio.timeout(_WITHIN):
        while last is None or last[0] > time.monotonic() - 2 * PAUSE_SECONDS or last[1] < burst:
            await asyncio.sleep(0.1)
            ledger, now = await phones.ledger(), time.monotonic()
            pushed, said = ledger["calls"].get("sendmessage", 0), _said(ledger)
            cpu = sum(cpu_seconds(pid) for pid in pids)
            if begun is None and pushed >= min(2 * CEILING, burst // 2):
                begun = (now, pushed, said, cpu)
            if begun is not None and (last is None or pushed > last[1]):
                last = (now, pushed, said, cpu)
    if begun is None:
        raise RuntimeError("nothing was sent")
    if last[1] == begun[1]:
        raise RuntimeError("all had left before the last process was up: it takes a larger BURST")
    seconds, pushed_, said_, cpu_ = (after - before for after, before in zip(last, begun, strict=True))
    found.pushed, found.said = pushed_ / seconds, said_ / seconds
    found.cpu = cpu_ / said_ * _MS


def _said(ledger: dict[str, Any]) -> int:
    """The messages that Telegram took."""
    calls: dict[str, int] = ledger["calls"]
    return sum(calls.get(name, 0) for name in _SAID) - _refused(ledger)


def _refused(ledger: dict[str, Any]) -> int:
    refused: dict[str, int] = ledger["refused"]
    return sum(number for words, number in refused.items() if "Too Many Requests" in words)


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return sorted(seconds)[len(seconds) * 95 // 100] * _MS


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    measured: list[tuple[Way, Found]] = []
    for way in WAYS:
        async with grounds(folder, catalogue_of_all_hours(folder)) as products:
            # Several processes share a server's database, where there is one; a single one has a file.
            ground = list(products.values())[-1 if len(way.commands) > 1 else 0]
            measured.append((way, await measure(way, ground, folder)))
    console.print(table_of(measured))


def table_of(measured: Sequence[tuple[Way, Found]]) -> Table:
    """What each way came to."""
    table = figures(
        f"{BURST:,} reminders under Telegram's limits",
        "a second",
        f"of {CEILING}",
        "429",
        "CPU ms",
        "p95 ms",
        "/ alone",
        caption="a second: reminders; of the ceiling: all that was said; CPU: of a message; p95: of a tap",
    )
    for way, found in measured:
        taps = (
            (f"{p95(found.beside):.0f}", f"{p95(found.beside) / p95(found.alone):.2f}")
            if way.talking
            else ("", "")
        )
        table.add_row(
            way.name,
            f"{found.pushed:.1f}",
            f"{found.said / CEILING:.1%}",
            f"{found.refused}",
            f"{found.cpu:.2f}",
            *taps,
        )
    return table


if __name__ == "__main__":
    alone(bench)
