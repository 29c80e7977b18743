"""Plays lives: ``python -m tests.simulation --seed 1 --days 30 --database sqlite``.

With ``--seeds N`` it plays N lives from ``--seed`` on, and says of each how it went. Where a law does not hold, the
shortest path that was found is written to a file and printed, with the command that plays it: ``--replay FILE``.
"""

import argparse
import gc
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.simulation.actions import Action, draw, from_json, to_json
from tests.simulation.life import Means, Report, lived
from tests.simulation.registry import weights
from tests.simulation.shrink import shortest
from tests.support import hasty_sqlite
from tests.support.databases import PostgresqlDatabases, SqliteFiles

Lend = Callable[[], AbstractContextManager[str]]


def main() -> int:
    """Play what was asked for; 1 if a law did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first life")
    parser.add_argument("--seeds", type=int, default=1, help="how many lives")
    parser.add_argument("--days", type=int, default=30, help="of each life")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--replay", type=Path, help="play the actions of this file, as the life of --seed")
    parser.add_argument(
        "--tries", type=int, default=150, help="lives that are played to find the shortest path"
    )
    parser.add_argument("--verbose", action="store_true", help="print what happens")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    hasty_sqlite.hasten()
    with tempfile.TemporaryDirectory() as folder, _databases(asked.database, Path(folder)) as lend:
        means = Means(_made(Path(folder) / "means"), near=asked.database == "sqlite")
        gc.collect()
        gc.freeze()
        return Player(asked, means, lend).play()


class Player:
    """Plays what was asked for, and says how it went."""

    def __init__(self, asked: argparse.Namespace, means: Means, lend: Lend) -> None:
        """Play by the options that `main` takes, on databases that `lend` gives."""
        self._asked = asked
        self._means = means
        self._lend = lend

    def play(self) -> int:
        """Play every life, until one fails: 1 then, else 0."""
        total: Counter[str] = Counter()
        for seed in range(self._asked.seed, self._asked.seed + self._asked.seeds):
            began = time.monotonic()
            actions = self._actions(seed)
            report = self._live(seed, actions)
            total += report.counts
            if self._asked.verbose:
                _say("\n".join(report.lines))
            if report.violations:
                self._tell(seed, actions, report)
                return 1
            seconds = time.monotonic() - began
            _say(
                f"seed {seed}: {len(actions)} actions, {self._asked.days} days, {report.digest[:12]} ({seconds:.0f} s)"
            )
        _say("\n".join(f"{count:8} {name}" for name, count in sorted(total.items())))
        return 0

    def _actions(self, seed: int) -> list[Action]:
        if self._asked.replay is not None:
            return from_json(self._asked.replay.read_text(encoding="utf-8"))
        return draw(seed, self._asked.days, weights())

    def _live(self, seed: int, actions: Sequence[Action]) -> Report:
        with self._lend() as url:
            return lived(seed, actions, self._asked.days, url, self._means)

    def _tell(self, seed: int, actions: Sequence[Action], report: Report) -> None:
        """Say what did not hold, and by which shortest path."""
        _say(f"seed {seed} fails:\n" + "\n".join(map(str, report.violations)))
        first = report.violations[0]
        lived_through = [action for action in actions if action.day <= first.day]
        _say(f"looking for a shorter path than {len(lived_through)} actions")

        def fails(part: Sequence[Action]) -> bool:
            found = self._live(seed, part).violations
            return any(each.law == first.law for each in found)

        path = shortest(lived_through, fails, tries=self._asked.tries)
        file = Path(f"simulation-{seed}.jsonl")
        file.write_text(to_json(path), encoding="utf-8")
        shown = self._live(seed, path)
        _say("\n".join(shown.lines))
        _say("\n".join(map(str, shown.violations)))
        _say(f"{len(path)} actions are left:\n{to_json(path)}")
        days = first.day + 1
        _say(
            f"to play them: .venv/bin/python -m tests.simulation --seed {seed} --days {days} "
            f"--database {self._asked.database} --replay {file}"
        )


@contextmanager
def _databases(kind: str, folder: Path) -> Iterator[Lend]:
    """Gives what lends an empty, migrated database."""
    if kind == "postgresql":
        databases = PostgresqlDatabases()
        try:
            yield databases.new
        finally:
            databases.close()
        return
    files = SqliteFiles(_made(folder / "template"))

    @contextmanager
    def lend() -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield files.new(Path(place))

    yield lend


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
