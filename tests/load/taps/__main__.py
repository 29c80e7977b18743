"""Measures taps; ``--help`` tells the options."""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console

from bot.db.keys import KeyRing
from tests.load.taps.contenders import PEERS, Contender, contender
from tests.load.taps.figures import taps_table, versions
from tests.load.taps.kernel import resident_mib
from tests.load.taps.preparing import environment, new_postgresql, new_sqlite, prepare
from tests.load.taps.rounds import Round, Tapping

PRODUCTS = ("rinnovo", "rinnovo_postgresql")


async def measure(
    names: Sequence[str], people: int, taps: int, rounds: int, console: Console, folder: Path
) -> dict[str, list[Round]]:
    """Start everybody, let them alternate, and print what came out."""
    async with AsyncExitStack() as stack:
        running = await start(names, people, folder, stack)
        tapping = {}
        for each in running:
            console.print(f"{each.name} warms up")
            tapping[each.name] = await Tapping.begin(each, people, warm_up=max(40, people * 4))
        found: dict[str, list[Round]] = {each.name: [] for each in running}
        for number in range(1, rounds + 1):
            for each in running:
                one = await tapping[each.name].round(taps, people)
                found[each.name].append(one)
                load = os.getloadavg()[0]
                console.print(
                    f"round {number}: {each.name} {one.cpu:.2f} ms CPU, {one.a_second:.0f} taps/s, "
                    f"{resident_mib(each.pid):.0f} MiB, load {load:.1f}"
                )
    console.print(taps_table(people, found))
    return found


async def start(names: Sequence[str], people: int, folder: Path, stack: AsyncExitStack) -> list[Contender]:
    """Start the contenders of these names, until `stack` ends."""
    key = KeyRing.new_key()
    urls = {}
    for name in names:
        if name == "rinnovo_postgresql":
            urls[name] = await stack.enter_async_context(new_postgresql())
        elif name == "rinnovo":
            urls[name] = new_sqlite(folder)
    urls = urls or {"": new_sqlite(folder)}  # the reference bots show what the product does, also without it
    prepared = {name: await prepare(url, key, people) for name, url in urls.items()}
    running = []
    for name in names:
        captured, invited = prepared.get(name) or next(iter(prepared.values()))
        settings = environment(urls.get(name, ""), key)
        running.append(await stack.enter_async_context(contender(name, folder, captured, invited, settings)))
    return running


def main() -> None:
    """Measure, and print tables."""
    everybody = (*PRODUCTS, *PEERS)
    parser = argparse.ArgumentParser(prog="python -m tests.load.taps", description="What a tap costs.")
    parser.add_argument("--people", type=int, default=32, help="who tap at once")
    parser.add_argument("--taps", type=int, default=2000, help="taps in one round, by all of them together")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each, alternating")
    parser.add_argument("--only", default=",".join(everybody), help=f"some of {', '.join(everybody)}")
    given = parser.parse_args()
    names = given.only.split(",")
    if unknown := set(names) - set(everybody):
        parser.error(f"nobody is called {', '.join(sorted(unknown))}")
    console = Console()
    console.print(versions())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(names, given.people, given.taps, given.rounds, console, Path(folder)))


if __name__ == "__main__":
    main()
