"""Run it, print the figures, and fail if a tap was lost, done twice or waited for too long."""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console

from tests.load.processes.bots import WEBS, WORKERS, Bots
from tests.load.processes.incidents import Incidents, Passed
from tests.load.processes.servers import Nginx, Postgresql, Redis, missing_programs
from tests.load.processes.tappers import Counts, Tapper
from tests.load.stage.children import start
from tests.load.stage.contenders import FIRST_CHAT, telegram
from tests.load.stage.interrupts import end_on_sigterm
from tests.load.stage.machine import machine
from tests.load.stage.paper import figures, paper
from tests.load.stage.preparing import Ground, prepare
from tests.load.stage.telegram import TOKEN

PEOPLE = 40
LONGEST, SIGTERM = 12.0, 10.0
"""Seconds: what a tap may wait after something has happened, and a process may take to end."""
_SECRET = "a-secret-of-the-soak"
_MEASURED = 10.0


async def soak(folder: Path, console: Console, *, with_redis: bool) -> bool:
    """One run; whether all was as it should be."""
    async with AsyncExitStack() as stack:
        postgresql = Postgresql(folder / "postgresql")
        redis = Redis(folder / "redis") if with_redis else None
        for server in (postgresql, redis):
            if server is not None:
                await server.start()
                stack.push_async_callback(server.stop)
        ground = Ground(postgresql.url)
        cast = await prepare(ground, PEOPLE)
        address, phones = await stack.enter_async_context(telegram("soak", folder))
        settings = ground.environment() | {
            "BOT_TOKEN": TOKEN, "BOT_API_URL": address, "PUBLIC_URL": "https://bot.example.com",
            "WEBHOOK_SECRET": _SECRET, "HOST": "127.0.0.1", "LOG_FORMAT": "json",
        }  # fmt: skip
        if redis is not None:
            settings["REDIS_URL"] = redis.url
        bots = Bots(folder, settings, start)
        stack.push_async_callback(bots.end_all)
        await bots.start(*WEBS, *WORKERS)
        nginx = Nginx(folder / "nginx", [bots.ports[name] for name in WEBS])
        await nginx.start()
        stack.push_async_callback(nginx.stop)
        phones.bring_updates_to([f"http://127.0.0.1:{nginx.port}/telegram/webhook"], _SECRET)

        counts = Counts()
        tappers = [Tapper(phones, phones.phone(FIRST_CHAT + number), counts) for number in range(PEOPLE)]
        await asyncio.gather(
            *(each.sit_down(person.token) for each, person in zip(tappers, cast.people, strict=True))
        )
        incidents = Incidents(bots, postgresql, redis, counts)
        incidents.under_way = lambda: [each.under_way_since for each in tappers]
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tapping:
            for each in tappers:
                tapping.create_task(each.tap_until(stop))
            await incidents.happen()
            stop.set()
        both = await _a_second(tappers, counts)
        await bots.end(WEBS[1])
        one = await _a_second(tappers, counts)
        await bots.start(WEBS[1])
        both = max(both, await _a_second(tappers, counts))
        for each in tappers:
            each.rest()
        failed = [line for line in bots.log().splitlines() if '"update_failed"' in line]
    _tell(console, incidents.passed, with_redis=with_redis)
    for what, found in (
        ("lost", counts.lost), ("done twice", counts.twice), ("strange", counts.strange), ("failed", failed),
        ("seen late, behind what a process drew that had stood still", counts.late),
    ):  # fmt: skip
        console.print(f"{len(counts.waits)} taps, {what}: {len(found)}")
        for line in found[:5]:
            console.print(f"  {line[:500]}")
    console.print(
        f"taps a second: two web {both:.0f}, one {one:.0f}, {both / one:.2f} times as many; {machine()}"
    )
    return not (counts.lost or counts.twice or counts.strange or failed) and all(
        each.after <= LONGEST and (each.sigterm or 0.0) <= SIGTERM for each in incidents.passed
    )


async def _a_second(tappers: list[Tapper], counts: Counts) -> float:
    """How many taps a second are answered when nobody looks before the next one."""
    stop, before, begun = asyncio.Event(), len(counts.waits), time.monotonic()
    tasks = [asyncio.create_task(each.tap_until(stop, 0.0)) for each in tappers]
    await asyncio.sleep(_MEASURED)
    answered, seconds = len(counts.waits) - before, time.monotonic() - begun
    stop.set()
    await asyncio.gather(*tasks)
    return answered / seconds


def _tell(console: Console, passed: list[Passed], *, with_redis: bool) -> None:
    table = figures(
        f"{PEOPLE} people, two web, two worker, {'with' if with_redis else 'without'} Redis",
        "lasted s", "longest wait s", "made at s", "of it after s", "SIGTERM s",
        caption="after: from when all was there again; where one of two is left, from the tap",
    )  # fmt: skip
    for each in passed:
        table.add_row(
            each.name, f"{each.seconds:.1f}", f"{each.longest:.1f}", f"{each.made:.1f}", f"{each.after:.1f}",
            "" if each.sigterm is None else f"{each.sigterm:.1f}",
        )  # fmt: skip
    console.print(table)


def main() -> None:
    """Soak without Redis and with it."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.processes", description="Soak the processes.")
    parser.add_argument("--redis", choices=("with", "without"), help="one of the two runs alone")
    given = parser.parse_args()
    end_on_sigterm()
    console, fine = paper(), True
    if missing := missing_programs():
        console.print(f"Not run: this machine has no {', '.join(missing)}.")
        return
    for with_redis in (False, True):
        if given.redis == ("without" if with_redis else "with"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # PostgreSQL's user has to get through
            fine = asyncio.run(soak(Path(folder), console, with_redis=with_redis)) and fine
    console.print(
        "Nothing was lost, done twice or waited for too long." if fine else "Not as it should be: see above."
    )
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
