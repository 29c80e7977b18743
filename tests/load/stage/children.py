"""Processes that a measure starts: each of its own, begun as an operator begins it, and ended at the end."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.support.births import ROOT

_ENDS_WITHIN = 60.0


class Child(Protocol):
    """A process that was started; `number` is the kernel's."""

    @property
    def number(self) -> int: ...

    async def end(self, number: int) -> None:
        """Send it the signal `number`, and wait until it is gone."""


class Starter(Protocol):
    """Starts ``python -m module words``; `tests.support.births.start` is one, for tests, that forks."""

    def __call__(
        self, module: str, *words: str, folder: Path, environment: Mapping[str, str], out: int
    ) -> Child: ...


class _Process:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def number(self) -> int:
        return self._process.pid

    async def end(self, number: int) -> None:
        self._process.send_signal(number)
        try:
            await asyncio.to_thread(self._process.wait, _ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def start(module: str, *words: str, folder: Path, environment: Mapping[str, str], out: int) -> Child:
    """Start it with a fresh interpreter, in `folder`; what it says goes to the descriptor `out`."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", module, *words],
        cwd=folder,
        env=bare_environment(**environment),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
    )
    return _Process(process)


def bare_environment(**settings: str) -> dict[str, str]:
    """What a process is given besides `settings`: where programs and our modules are."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
