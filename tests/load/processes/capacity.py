"""How many taps a second two `web` answer against one, and who takes the processor for it.

Everybody taps as fast as the bot lets them, through nginx, which gives each tap to one of two, or all to the first:
the same people, the same servers, turn by turn. Telegram and the people are `swift`, which takes next to nothing.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

from rich.console import Console

from tests.load.processes.bots import WEBS, WORKERS
from tests.load.processes.everything import WEBHOOK_SECRET, Everything
from tests.load.processes.servers import Nginx
from tests.load.processes.swift import Seat
from tests.load.processes.tappers import LESS, MORE, Tapper
from tests.load.stage.children import start
from tests.load.stage.contenders import child
from tests.load.stage.kernel import cores_taken, cpu_seconds, wanted_seconds
from tests.load.stage.neighbours import crowding
from tests.load.stage.paper import figures
from tests.load.stage.phones import Phones
from tests.support.process import free_port

ROUNDS: Final = 5
SECONDS: Final = 6.0
_WARMING: Final = 2.0
CORES: Final = 2
"""What the target is said of; a machine that has more is no machine for this measure."""
_UP_WITHIN: Final = 30.0
_MS: Final = 1000
_Takers = dict[str, Callable[[], Sequence[int]]]
"""Who takes of the processor: the numbers of their processes, by name."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a few seconds.

    Attributes:
        rate: taps a second.
        cpu: milliseconds of the processor for each tap, by who took it.
        wants: the share of the time in which a `web` that is tapped had a core or waited for one, of the least busy.
        others: cores that were taken by whoever has no part in it.
    """

    rate: float
    cpu: Mapping[str, float]
    wants: float
    others: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """All rounds, in which two `web` were tapped and one.

    `crowding` is what a busy core costs the one beside it, whatever is done there.
    """

    two: Sequence[Round]
    one: Sequence[Round]
    crowding: float = 1.0

    @property
    def dearer(self) -> float:
        """How many times as much processor a tap takes of a `web` beside another."""
        return spent(self.two)["web"] / spent(self.one)["web"]

    @property
    def by_the_clock(self) -> float:
        """How many times as many taps two answered as one, as the medians have it."""
        return rate(self.two) / rate(self.one)

    @property
    def room(self) -> tuple[float, float]:
        """Taps a second for which there is processor: with two `web` on two cores; with one, on one core at most."""
        two, one = spent(self.two), spent(self.one)
        return (
            min(CORES / sum(two.values()), CORES / two["web"]) * _MS,
            min(CORES / sum(one.values()), 1 / one["web"]) * _MS,
        )

    @property
    def by_the_processor(self) -> float:
        """How many times as many there is processor for."""
        two, one = self.room
        return two / one


def rate(rounds: Sequence[Round]) -> float:
    """Taps a second."""
    return median(each.rate for each in rounds)


def spent(rounds: Sequence[Round]) -> dict[str, float]:
    """Milliseconds for each tap, by who took them: of the round that the machine disturbed the least."""
    return {name: min(each.cpu[name] for each in rounds) for name in rounds[0].cpu}


class _Swift:
    """The other end of the line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, **wish: Any) -> dict[str, int]:
        self._writer.write(json.dumps(wish).encode() + b"\n")
        answer: dict[str, int] = json.loads(await self._reader.readline())
        return answer

    def close(self) -> None:
        self._writer.close()


async def measure(all_of_it: Everything) -> Capacity:
    """Let two `web` answer those who sit before their windows, and one, turn by turn; the bots are restarted for it.

    Raises:
        RuntimeError: a tap was not answered as it had to be.
    """
    folder, bots, redis = all_of_it.folder, all_of_it.bots, all_of_it.redis
    seats = [await _seat(all_of_it.phones, tapper) for tapper in all_of_it.tappers]
    file = folder / "seats.json"
    file.write_text(
        json.dumps({"secret": WEBHOOK_SECRET, "seats": [asdict(each) for each in seats]}), encoding="utf-8"
    )
    for_bots, for_measure = free_port(), free_port()
    async with AsyncExitStack() as stack:
        words = (str(for_bots), str(for_measure), str(file))
        swift = await stack.enter_async_context(
            child(start, folder / "swift.log", "tests.load.processes.swift", *words)
        )
        line = _Swift(*await _connect(for_measure))
        stack.callback(line.close)
        for name in (*WEBS, *WORKERS):
            await bots.end(name)
        await bots.start(*WEBS, BOT_API_URL=f"http://127.0.0.1:{for_bots}")
        webs = [bots.number(name) for name in WEBS]
        ways: dict[int, Nginx] = {}
        for number, names in ((2, WEBS), (1, (WEBS[0],) * 2)):
            nginx = ways[number] = Nginx(folder / f"nginx-{number}", [bots.ports[name] for name in names])
            await nginx.start()
            stack.push_async_callback(nginx.stop)
        found: dict[int, list[Round]] = {2: [], 1: []}
        for _ in range(ROUNDS):
            for number, nginx in ways.items():
                takers: _Takers = {
                    "web": lambda: webs,
                    "PostgreSQL": all_of_it.postgresql.numbers,
                    "nginx": nginx.numbers,
                }
                if redis is not None:
                    takers["Redis"] = redis.numbers
                takers["Telegram and people"] = lambda: [swift.number]
                await line.ask(tap=nginx.port)
                await asyncio.sleep(_WARMING)
                found[number].append(await _round(line, takers, webs[:number]))
                _check(await line.ask(rest=True))
    return Capacity(found[2], found[1], await crowding())


async def _seat(phones: Phones, tapper: Tapper) -> Seat:
    """Where one sits: between one that can be added and one that can be taken off."""
    while tapper.gb != 1:
        more = tapper.gb < 1
        await phones.tap(tapper.phone, MORE if more else LESS)
        tapper.gb += 1 if more else -1
    first = tapper.phone.now
    await phones.tap(tapper.phone, MORE)
    second = tapper.phone.now
    await phones.tap(tapper.phone, LESS)
    screens = [
        {"text": each.text, "entities": each.entities, "reply_markup": {"inline_keyboard": each.keyboard}}
        for each in (first, second)
    ]
    taps = [first.data_of(MORE), second.data_of(LESS)]
    return Seat(tapper.phone.chat_id, tapper.phone.message_id, screens, taps)


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(_UP_WITHIN):
        while True:
            with suppress(ConnectionRefusedError):
                return await asyncio.open_connection("127.0.0.1", port)
            await asyncio.sleep(0.05)


async def _round(line: _Swift, takers: _Takers, tapped: Sequence[int]) -> Round:
    taps = (await line.ask(count=True))["taps"]
    cpu, wanted, cores, begun = _cpu(takers), _wanted(tapped), cores_taken(), time.monotonic()
    await asyncio.sleep(SECONDS)
    taps = (await line.ask(count=True))["taps"] - taps
    seconds, all_cores, cpu_now, wanted_now = (
        time.monotonic() - begun,
        cores_taken() - cores,
        _cpu(takers),
        _wanted(tapped),
    )
    used = {
        name: sum(now - cpu[name].get(number, 0.0) for number, now in each.items())
        for name, each in cpu_now.items()
    }
    wants = min(now - then for now, then in zip(wanted_now, wanted, strict=True)) / seconds
    return Round(
        taps / seconds,
        {name: each / taps * _MS for name, each in used.items()},
        wants,
        (all_cores - sum(used.values())) / seconds,
    )


def _wanted(numbers: Sequence[int]) -> list[float]:
    return [wanted_seconds(each) for each in numbers]


def _cpu(takers: _Takers) -> dict[str, dict[int, float]]:
    """What each process has taken; one that ended just now, such as a worker of PostgreSQL, is left out."""
    found: dict[str, dict[int, float]] = {}
    for name, numbers in takers.items():
        found[name] = {}
        for number in numbers():
            with suppress(OSError):
                found[name][number] = cpu_seconds(number)
    return found


def _check(counted: Mapping[str, int]) -> None:
    """Every tap has drawn the other window once, and ended its spinner."""
    if counted["wrong"] or not counted["taps"] == counted["edits"] == counted["answers"]:
        raise RuntimeError(f"taps were not answered as they had to be: {counted}")


def tell(console: Console, found: Capacity) -> None:
    """Print who took what, and both ratios."""
    table = figures(
        "Taps without a pause: ms of the processor for each", "two web", "one web",
        caption="wants a core: the share of the time in which it had one or waited for one",
    )  # fmt: skip
    two, one = spent(found.two), spent(found.one)
    for name in two:
        table.add_row(name, f"{two[name]:.2f}", f"{one[name]:.2f}")
    table.add_row("all of it", f"{sum(two.values()):.2f}", f"{sum(one.values()):.2f}")
    for name, what in (("a web that is tapped wants a core", "wants"), ("cores that others took", "others")):
        values = [median(getattr(each, what) for each in rounds) for rounds in (found.two, found.one)]
        table.add_row(name, *(f"{each:.0%}" if what == "wants" else f"{each:.2f}" for each in values))
    table.add_row("taps a second", f"{rate(found.two):.0f}", f"{rate(found.one):.0f}")
    console.print(table)
    room = found.room
    console.print(
        f"By the clock two web answer {found.by_the_clock:.2f} times as many taps as one "
        f"(medians of {ROUNDS} rounds by turns, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f})."
    )
    console.print(
        f"By the processor {CORES} cores have room for {room[0]:.0f} taps a second of two web, and for "
        f"{room[1]:.0f} of one, which has one core at most: {found.by_the_processor:.2f} times as many."
    )
    console.print(
        f"A tap takes {found.dearer:.2f} times as much of a web beside another as of one alone; any work in Python "
        f"takes {found.crowding:.2f} times as much of a core beside a busy one."
    )
