"""Processes that tests start: ``python -m bot run`` and others, forked by the one nursery of this run's worker.

A plugin of pytest, which ends the nursery when the run ends.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]

_ENDED_WITHIN = 20
_PAUSE_SECONDS = 0.005


class Born:
    """A process that was started."""

    def __init__(self, teller: socket.socket) -> None:
        """`teller` tells its number, and then how it ended."""
        self._teller = teller
        self._told = b""
        self.number = self._read()
        self._code: int | None = None

    def wait(self) -> int:
        """Wait until it has ended; what it exited with, or minus the signal that ended it."""
        if self._code is None:
            self._teller.settimeout(None)
            self._code = self._read()
            self._teller.close()
        return self._code

    async def ended(self) -> int:
        """The same, while others go on, who may wait for it too."""
        while self._code is None and not self._told:
            self._teller.settimeout(0)
            try:
                self._told = self._teller.recv(64)
            except BlockingIOError:
                await asyncio.sleep(_PAUSE_SECONDS)
        return self.wait()

    def send(self, number: int) -> bool:
        """Send a signal; whether there was still somebody to send it to."""
        try:
            os.kill(self.number, number)
        except ProcessLookupError:
            return False
        return True

    async def end(self, number: int = signal.SIGKILL) -> None:
        """End it by a signal, and wait until it is gone."""
        self.send(number)
        async with asyncio.timeout(_ENDED_WITHIN):
            await self.ended()

    def _read(self) -> int:
        """The next line: each is written at once."""
        if not self._told:
            self._told = self._teller.recv(64)
        line, _, self._told = self._told.partition(b"\n")
        return int(line)


class _Nursery:
    """The process that forks the others; it is up when the first one is wanted."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def order(self, order: Mapping[str, object], out: int, err: int) -> Born:
        if self._orders is None:
            self._orders = self._open()
        ours, theirs = socket.socketpair()
        with theirs:
            line = json.dumps(order).encode() + b"\n"
            sent = socket.send_fds(self._orders, [line], [out, err, theirs.fileno()])
            self._orders.sendall(line[sent:])
        return Born(ours)

    def close(self) -> None:
        if self._process is not None and self._orders is not None:
            self._orders.close()
            self._process.wait()

    def _open(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "tests.support.nursery", str(theirs.fileno())],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        return ours


_nursery = _Nursery()


def start(
    module: str,
    *words: str,
    folder: Path,
    environment: Mapping[str, str],
    out: int = 2,
    err: int | None = None,
) -> Born:
    """Start ``python -m module words`` in `folder` with this environment.

    Args:
        module: What is run.
        words: Its arguments.
        folder: Where it works.
        environment: All of its environment.
        out: The descriptor of its standard output; without it, our standard error.
        err: The one of its standard error; without it, the same.
    """
    order = {"module": module, "words": words, "folder": str(folder), "environment": dict(environment)}
    return _nursery.order(order, out, out if err is None else err)


def pytest_unconfigure() -> None:
    """Let the nursery go."""
    _nursery.close()
