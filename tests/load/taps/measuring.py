"""A whole measure of taps: everybody starts, sits down, warms up, and takes turns."""

import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.load.stage.children import Starter, start
from tests.load.stage.contenders import Contender, contender
from tests.load.stage.kernel import resident_mib
from tests.load.stage.preparing import POSTGRES, SQLITE, Ground, new_postgresql, new_sqlite, prepare
from tests.load.taps.figures import memory_table, ratio_table, taps_table
from tests.load.taps.rounds import Round, Tapping

_WARM_UP = 4
"""Taps of each person that are not measured."""
_LEAST_WARM_UP = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured.

    `names` are those of products and peers, `people` how many tap at once: one table for each number. A round has
    `taps` taps, for one person a fifth of them. Memory is told once each bot has answered `memory` taps at least.
    """

    names: Sequence[str]
    people: Sequence[int]
    taps: int
    rounds: int
    memory: int = 0


async def measure(
    wanted: Wanted, console: Console, folder: Path, starter: Starter = start
) -> dict[int, dict[str, list[Round]]]:
    """Start everybody, let them alternate, and print what came out; the rounds by people and name."""
    found: dict[int, dict[str, list[Round]]] = {}
    most = max(wanted.people)
    async with AsyncExitStack() as stack:
        running = await _start(wanted, folder, stack, starter)
        tapping = {}
        for each in running:
            tapping[each.name] = await Tapping.begin(each, most)
            await tapping[each.name].taps(max(_LEAST_WARM_UP, most * _WARM_UP), most)
        for people in wanted.people:
            taps = wanted.taps if people > 1 else max(2, wanted.taps // 5)
            found[people] = {each.name: [] for each in running}
            for number in range(1, wanted.rounds + 1):
                for each in running:
                    one = await tapping[each.name].round(taps, people)
                    found[people][each.name].append(one)
                    console.print(_line(number, people, each, one), highlight=False)
            console.print(taps_table(people, found[people]))
            console.print(ratio_table(people, found[people]))
        if wanted.memory:
            for group in tapping.values():
                await group.taps(wanted.memory - group.tapped, most)
            memory = {each.name: (tapping[each.name].tapped, resident_mib(each.pid)) for each in running}
            console.print(memory_table(memory))
    return found


def _line(number: int, people: int, each: Contender, one: Round) -> str:
    return (
        f"round {number}, {people} at once: {each.name} {one.cpu:.2f} ms CPU, {one.a_second:.0f} taps/s, "
        f"{resident_mib(each.pid):.0f} MiB, load of the machine {os.getloadavg()[0]:.1f}"
    )


async def _start(wanted: Wanted, folder: Path, stack: AsyncExitStack, starter: Starter) -> list[Contender]:
    """Start everybody wanted, until `stack` ends. The peers show what the product does, also where it is not wanted."""
    people = max(wanted.people)
    grounds = {}
    for name in wanted.names:
        if name == POSTGRES:
            grounds[name] = Ground(await stack.enter_async_context(new_postgresql()))
        elif name == SQLITE:
            grounds[name] = Ground(new_sqlite(folder))
    grounds = grounds or {"": Ground(new_sqlite(folder))}
    casts = {name: await prepare(ground, people) for name, ground in grounds.items()}
    shown = next(iter(casts.values()))
    running = []
    for name in wanted.names:
        environment = grounds[name].environment() if name in grounds else {}
        opened = contender(name, folder, casts.get(name, shown), environment, starter)
        running.append(await stack.enter_async_context(opened))
    return running
