"""The bot as a real process against a Telegram of the test's own, and ways to kill it at the worst moment."""

import asyncio
import os
import random
import signal
import socket
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from bot.db.keys import KeyRing
from bot.playground.errors import not_found
from bot.playground.files import Upload
from bot.playground.runner import serve_playground
from bot.playground.world import World
from tests.support import births
from tests.support.births import ROOT
from tests.support.unexpected import EVENT

TOKEN = "4200000001:token-of-a-process-under-test"

_ENDS_WITHIN = 60
_OPENS_WITHIN = 60.0
_WORKERS, _PORTS_EACH = 8, 1500


class Moment(Enum):
    """When the process dies."""

    UNSEEN = "the choice is made, and nothing on the screen says so yet"
    DRAWN = "the new screen is there, and the bot does not know that it is"
    ANSWERED = "the tap is answered, and the bot does not know that it is"


class DeadlyWorld(World):
    """A Telegram in which the bot's process can be made to die while it speaks."""

    _DRAWING = frozenset({"editmessagetext", "sendmessage", "sendphoto", "editmessagemedia"})

    def __init__(self, token: str) -> None:
        """Begin peacefully."""
        super().__init__(token, name="Rinnovo", username="rinnovo_test_bot")
        self._victim: BotProcess | None = None
        self._moment: Moment | None = None
        self._struck = asyncio.Event()

    def strike(self, victim: "BotProcess", moment: Moment) -> None:
        """Kill the process the next time that this moment comes."""
        self._victim, self._moment = victim, moment
        self._struck.clear()

    async def wait_for_strike(self) -> None:
        """Wait until the moment has come, and the process is dead."""
        async with asyncio.timeout(_ENDS_WITHIN):
            await self._struck.wait()

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer the bot, unless it dies first."""
        name = method.lower()
        if self._moment is Moment.UNSEEN and name in self._DRAWING:
            await self._kill()
            raise not_found()  # nobody is there to read it
        result = await super().call(method, params, files)
        if (self._moment is Moment.DRAWN and name in self._DRAWING) or (
            self._moment is Moment.ANSWERED and name == "answercallbackquery"
        ):
            await self._kill()
        return result

    async def _kill(self) -> None:
        if self._victim is None:
            raise RuntimeError("there is nobody to kill")
        self._moment = None
        await self._victim.kill()
        self._struck.set()


class BotProcess:
    """`python -m bot run`, as an operator runs it, in lives one after the other."""

    def __init__(self, folder: Path, address: str) -> None:
        """Keep database, key and logs in `folder`; Telegram is at `address`."""
        self._log = folder / "bot.log"
        self.database_url = f"sqlite:///{folder / 'rinnovo.db'}"
        self.data_key = KeyRing.new_key()
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": address,
            "DATABASE_URL": self.database_url,
            "DATA_KEYS": self.data_key,
            "PORT": str(free_port()),
            "LOG_FORMAT": "json",
        }
        self._folder = folder
        self._born: births.Born | None = None

    @property
    def log(self) -> str:
        """What it has written so far, through all of its lives."""
        if not self._log.exists():
            return ""
        return self._log.read_text(encoding="utf-8")

    async def start(self) -> None:
        """Start it; what waits in Telegram is answered as soon as it is up."""
        with self._log.open("ab") as log:
            self._born = births.start(
                "bot", "run", folder=self._folder, environment=self._environment, out=log.fileno()
            )

    async def kill(self) -> None:
        """SIGKILL it, and wait until it is gone."""
        await self._end_by(signal.SIGKILL)

    async def end(self) -> None:
        """SIGTERM it, and wait until it is gone."""
        await self._end_by(signal.SIGTERM)

    async def restart(self) -> None:
        """SIGKILL it if it lives, and start it again."""
        await self.kill()
        await self.start()

    async def _end_by(self, number: int) -> None:
        born, self._born = self._born, None
        if born is not None:
            await born.end(number)


@asynccontextmanager
async def bot_process(
    folder: Path, kind: type[DeadlyWorld] = DeadlyWorld
) -> AsyncIterator[tuple[DeadlyWorld, BotProcess]]:
    """A Telegram that is served, and a process (not started yet) that would talk to it; both end with the block."""
    world = kind(TOKEN)
    async with serve_playground(world) as address:
        process = BotProcess(folder, address)
        try:
            yield world, process
        finally:
            await process.kill()
        failed = [line for line in process.log.splitlines() if EVENT in line]
        assert not failed, "\n".join(["updates failed unexpectedly", *failed])


@cache
def _ports() -> Iterator[int]:
    """The ports of this worker of the run, each of them once: below those that the system gives to whoever asks."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    first = 20_000 + worker * _PORTS_EACH
    ports = list(range(first, first + _PORTS_EACH))
    random.shuffle(ports)  # another run may be on this machine
    return iter(ports)


def free_port() -> int:
    """A port that nobody listens on now, nor will, until whoever it is for does so: that may take a while."""
    for port in _ports():
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    _ports.cache_clear()
    return free_port()


def wait_until_open(port: int) -> None:
    """Wait until a server that was started listens on this port.

    Raises:
        OSError: it does not within a minute.
    """
    until = time.monotonic() + _OPENS_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
