"""Measures taps; ``--help`` tells the options."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.load.stage.contenders import PEERS
from tests.load.stage.interrupts import end_on_sigterm
from tests.load.stage.paper import paper
from tests.load.stage.preparing import POSTGRES, SQLITE
from tests.load.taps.figures import versions
from tests.load.taps.measuring import Wanted, measure


def main() -> None:
    """Measure, and print tables."""
    everybody = (SQLITE, POSTGRES, *PEERS)
    parser = argparse.ArgumentParser(prog="python -m tests.load.taps", description="What a tap costs.")
    parser.add_argument("--people", type=int, nargs="+", default=[32], help="who tap at once")
    parser.add_argument("--taps", type=int, default=2000, help="taps in one round, by all of them together")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each, alternating")
    parser.add_argument("--memory", type=int, default=0, help="taps after which the memory is told")
    parser.add_argument("--only", default=",".join(everybody), help=f"some of {', '.join(everybody)}")
    given = parser.parse_args()
    names = given.only.split(",")
    if unknown := set(names) - set(everybody):
        parser.error(f"nobody is called {', '.join(sorted(unknown))}")
    console = paper()
    console.print(versions())
    end_on_sigterm()
    with tempfile.TemporaryDirectory() as folder:
        wanted = Wanted(names, given.people, given.taps, given.rounds, given.memory)
        asyncio.run(measure(wanted, console, Path(folder)))


if __name__ == "__main__":
    main()
