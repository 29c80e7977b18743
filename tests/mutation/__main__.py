"""Tries changes drawn by seed: ``python -m tests.mutation --seed 1 --count 10``.

Says of each whether a test noticed it. It ends with 0 also where some survived: what to make of them is for a person
(docs/mutants.md); with 2 where the tests fail without any change, as then they say nothing.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.mutation.drawing import Mutant, draw
from tests.mutation.rooms import ROOMS
from tests.mutation.running import Fate, Unfit, Verdict, copied

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Draw and try what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10, help="how many changes")
    parser.add_argument("--room", choices=[room.name for room in ROOMS], help="in this room alone")
    parser.add_argument("--seconds", type=float, default=600, help="that the tests may take for each change")
    parser.add_argument("--list", action="store_true", help="only list what is drawn")
    asked = parser.parse_args()
    rooms = [room for room in ROOMS if asked.room in (None, room.name)]
    mutants = draw(ROOT, rooms, asked.seed, asked.count)
    if asked.list:
        for mutant in mutants:
            _say(_name(mutant))
        return 0
    try:
        return _try_out(mutants, asked.seconds)
    except Unfit as unfit:
        sys.stderr.write(f"{unfit}\n")
        return 2


def _try_out(mutants: list[Mutant], seconds: float) -> int:
    counts: Counter[Fate] = Counter()
    with copied(ROOT) as copy:
        for room in dict.fromkeys(mutant.room for mutant in mutants):
            copy.must_pass(room.tests, seconds)
        for mutant in mutants:
            verdict = copy.try_out(mutant, seconds)
            counts[verdict.fate] += 1
            _tell(verdict)
    _say(", ".join(f"{counts[fate]} {fate.value}" for fate in Fate))
    return 0


def _tell(verdict: Verdict) -> None:
    _say(f"{verdict.fate.value}: {_name(verdict.mutant)}")
    for line in verdict.lines:
        _say(f"    {line}")


def _name(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.line} {mutant.operator.removeprefix('core/')} {mutant.occurrence}"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
