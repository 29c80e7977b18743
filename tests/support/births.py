"""Processes that tests start: ``python -m bot run`` and others, forked by the one nursery of the run.

A plugin of pytest, for whoever runs tests.
"""

import asyncio
import json
import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.nursery_keeper import ROOT, address_for

__all__ = ["ROOT", "Born", "start"]

_ENDED_WITHIN = 60
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


class _Orders:
    """The way to the nursery, which is opened when the first process is wanted."""

    def __init__(self) -> None:
        self.address: str | None = None
        self._connection: socket.socket | None = None

    def give(self, order: Mapping[str, object], out: int, err: int) -> Born:
        if self._connection is None:
            assert self.address is not None, "nobody was told where the nursery is"
            self._connection = socket.socket(socket.AF_UNIX)
            self._connection.connect(self.address)
        ours, theirs = socket.socketpair()
        with theirs:
            line = json.dumps(order).encode() + b"\n"
            sent = socket.send_fds(self._connection, [line], [out, err, theirs.fileno()])
            self._connection.sendall(line[sent:])
        return Born(ours)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


_orders = _Orders()


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
        environment: All of its environment but for the authorities whose certificates are read, which are ours.
        out: The descriptor of its standard output; without it, our standard error.
        err: The one of its standard error; without it, the same.
    """
    whole = {"SSL_CERT_FILE": os.environ["SSL_CERT_FILE"], **environment}
    order = {"module": module, "words": words, "folder": str(folder), "environment": whole}
    return _orders.give(order, out, out if err is None else err)


def pytest_configure(config: pytest.Config) -> None:
    """Know where the nursery is."""
    _orders.address = address_for(config)


def pytest_unconfigure() -> None:
    """Order nothing any more."""
    _orders.close()
