"""Has the workers of a run forked by one process (`tests.support.crew`).

A plugin of pytest, for the process that hands the tests out.
"""

import os
import shlex
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.births import ROOT, Born, start

_BERTH = Path(__file__).with_name("berth.py")


class Crew:
    """Opens the crew's door, and has it begin to import."""

    def __init__(self, chosen: list[str]) -> None:
        """Order it for the tests that are chosen."""
        # While the nursery imports the bot, there is a core that has nothing to do.
        self._compiling = subprocess.Popen([sys.executable, "-m", "tests.support.compiling"], cwd=ROOT)
        self._folder = tempfile.TemporaryDirectory(prefix="crew")
        address = str(Path(self._folder.name) / "door")
        self.berth = f"popen//python={shlex.join([sys.executable, '-I', '-S', str(_BERTH), address])}"
        """How a worker is started, in the words of execnet."""
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(address)
            door.listen()
            self._process: Born = start(
                "tests.support.crew", *chosen, folder=ROOT, environment=os.environ, out=door.fileno(), err=2
            )
            self._line = socket.socket(socket.AF_UNIX)
            self._line.connect(address)

    def close(self) -> None:
        """Let it end, after its workers."""
        self._line.close()
        self._process.wait()
        self._compiling.terminate()  # a run of a few tests does not wait until all are compiled
        self._compiling.wait()
        self._folder.cleanup()


_CREW = pytest.StashKey[Crew]()


def pytest_configure(config: pytest.Config) -> None:
    """Order the crew, and have the workers that were asked for started by it."""
    crew = config.stash[_CREW] = Crew([str(Path(config.invocation_params.dir, arg)) for arg in config.args])
    config.option.tx = [crew.berth if how == "popen" else how for how in config.option.tx]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let it go."""
    config.stash[_CREW].close()
