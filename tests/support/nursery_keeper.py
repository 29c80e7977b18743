"""Keeps the nursery of a run (`tests.support.nursery`): all who run tests order from the same one.

A plugin of pytest, for the process that hands the tests out, or that runs them alone.
"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Keeper:
    """Opens the nursery's door, and has it wait for the first order: until then it has imported nothing."""

    def __init__(self) -> None:
        """Start it."""
        self._folder = tempfile.TemporaryDirectory(prefix="nursery")
        self.address = str(Path(self._folder.name) / "door")
        """Where orders are taken: the path of a socket."""
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(self.address)
            door.listen()
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "tests.support.nursery", str(door.fileno())],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[door.fileno()],
            )

    def close(self) -> None:
        """Let it end: it ends with its standard input."""
        self._process.communicate()
        self._folder.cleanup()


_KEEPER = pytest.StashKey[Keeper]()


def address_for(config: pytest.Config) -> str | None:
    """Where whoever runs tests orders: its own nursery's door, or the one that it was told of.

    Who only collects them has none.
    """
    if hasattr(config, "workerinput"):
        return str(config.workerinput["nursery"])
    keeper = config.stash.get(_KEEPER, None)
    return keeper.address if keeper is not None else None


def pytest_configure(config: pytest.Config) -> None:
    """Start the nursery."""
    config.stash[_KEEPER] = Keeper()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker where it is."""
    node.workerinput["nursery"] = node.config.stash[_KEEPER].address  # type: ignore[attr-defined] # xdist has no types


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let it go: what it and all its children took of the processor counts as ours."""
    config.stash[_KEEPER].close()
