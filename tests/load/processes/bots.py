"""The processes of the bot, by their names."""

import asyncio
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.load.stage.children import Child, Starter, bare_environment
from tests.support.process import free_port

_UP_WITHIN = 90.0
WEBS, WORKERS = ("web-a", "web-b"), ("worker-a", "worker-b")


class Bots:
    """Two `web` and two `worker`."""

    def __init__(self, folder: Path, environment: Mapping[str, str], starter: Starter) -> None:
        """Prepare to start them with `starter` and what an operator sets."""
        self._folder = folder
        self._environment = environment
        self._starter = starter
        self.ports = {name: free_port() for name in (*WEBS, *WORKERS)}
        self._alive: dict[str, Child] = {}

    async def start(self, *names: str, **changes: str) -> None:
        """Start these, and wait until they are there; `changes` are settings for this life alone."""
        begun = {name: self._log(name).stat().st_size if self._log(name).exists() else 0 for name in names}
        for name in names:
            own = {**self._environment, "PORT": str(self.ports[name]), **changes}
            settings = bare_environment(**own)
            with self._log(name).open("ab") as log:
                self._alive[name] = self._starter(
                    "bot",
                    name.partition("-")[0],
                    folder=self._folder,
                    environment=settings,
                    out=log.fileno(),
                )
        async with asyncio.timeout(_UP_WITHIN):
            for name in names:
                while not await asyncio.to_thread(self._is_there, name, begun[name]):
                    await asyncio.sleep(0.1)

    async def end(self, name: str, number: int = signal.SIGTERM) -> float:
        """Send one a signal; how many seconds it took to end."""
        begun = time.perf_counter()
        await self._alive.pop(name).end(number)
        return time.perf_counter() - begun

    def number(self, name: str) -> int:
        """The kernel's number of one."""
        return self._alive[name].number

    async def end_all(self) -> None:
        """Leave nobody."""
        for name in list(self._alive):
            await self.end(name, signal.SIGKILL)

    def log(self) -> str:
        """What all have written."""
        return "".join(path.read_text(encoding="utf-8") for path in self._folder.glob("w*-?.log"))

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def _is_there(self, name: str, begun: int) -> bool:
        """Whether a `web` answers, and a `worker` has written that it has started, after `begun` bytes."""
        if name in WORKERS:
            return b'"started"' in self._log(name).read_bytes()[begun:]
        try:
            with urlopen(f"http://127.0.0.1:{self.ports[name]}/healthz", timeout=2):
                return True
        except (URLError, OSError):
            return False
