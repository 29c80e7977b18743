"""Tries changes in a throw-away copy of the tree, never in the tree itself."""

import difflib
import enum
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutation.drawing import Mutant
from tests.support.long_runs import MARK

PYTEST_FAILED = 1
"""What pytest ends with when a test failed."""

COLLECTING_FAILED = (2, 3, 4)
"""What pytest ends with when a module could not even be imported, by a test or by our plugins."""

LEFT_BEHIND = (".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.db", ".env")


class Fate(enum.Enum):
    """What became of a change."""

    KILLED = "killed"
    TIMED_OUT = "killed by time"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Verdict:
    """A change, what became of it, and the lines that it changed, with - and + before them."""

    mutant: Mutant
    fate: Fate
    lines: tuple[str, ...]


class Unfit(Exception):
    """The tests say nothing about a change: they fail without one, or there are none."""


class Copy:
    """A copy of the tree, in which one module at a time is changed."""

    def __init__(self, root: Path) -> None:
        """Take the copy at ``root``."""
        self._root = root

    def try_out(self, mutant: Mutant, seconds: float) -> Verdict:
        """Run the tests of the mutant's room with the change in place, and put the module back.

        Raises:
            Unfit: pytest found no tests.
        """
        module = self._root / mutant.path
        source = module.read_text(encoding="utf-8")
        changed = mutant.text(source)
        try:
            module.write_text(changed, encoding="utf-8")
            fate = self._fate(mutant.room.tests, seconds)
        finally:
            module.write_text(source, encoding="utf-8")
        return Verdict(mutant, fate, tuple(_difference(source, changed)))

    def must_pass(self, tests: Sequence[str], seconds: float) -> None:
        """See that the tests pass without a change.

        Raises:
            Unfit: they do not.
        """
        if (fate := self._fate(tests, seconds)) is not Fate.SURVIVED:
            raise Unfit(f"without a change: {fate.value}, {' '.join(tests)}")

    def _fate(self, tests: Sequence[str], seconds: float) -> Fate:
        # SQLite alone: on PostgreSQL the same rules are tried again, in twice the time.
        words = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
        # And the long ones too: a rule may be played in its plainest case alone while somebody waits.
        words += ["-k", "not postgresql", "-m", f"{MARK} or not {MARK}", *tests]
        environment = {**os.environ, "PYTHONPATH": str(self._root), "HYPOTHESIS_PROFILE": "usual"}
        with subprocess.Popen(  # noqa: S603 (our own words)
            words,
            cwd=self._root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a test may start processes: they end with it
        ) as process:
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                return Fate.TIMED_OUT
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        if code == 0:
            return Fate.SURVIVED
        if code == PYTEST_FAILED or code in COLLECTING_FAILED:
            return Fate.KILLED
        raise Unfit(f"pytest ended with {code}: {' '.join(tests)}")


@contextmanager
def copied(root: Path) -> Iterator[Copy]:
    """Copy the tree at ``root``, without what git and the tools keep in it, and throw the copy away at the end."""
    with TemporaryDirectory(prefix="rinnovo-mutants-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "tree"
        shutil.copytree(root, place, ignore=shutil.ignore_patterns(*LEFT_BEHIND), symlinks=True)
        yield Copy(place)


def _difference(before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if line[:1] in "+-" and line[:3] not in ("+++", "---"):
            yield f"{line[0]} {line[1:].strip()}"
