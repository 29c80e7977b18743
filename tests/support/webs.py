"""Several `web` of one bot as processes of their own, and a Telegram that brings each update to whichever it likes."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from bot.db.keys import KeyRing
from bot.playground.files import Upload
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.web.paths import TELEGRAM_WEBHOOK
from bot.web.webhook import SECRET_HEADER
from tests.support import births
from tests.support.births import ROOT, Born
from tests.support.process import free_port
from tests.support.redis_server import forget
from tests.support.unexpected import EVENT

SECRET = "a-secret-of-the-webs"
_UP_WITHIN = 60.0
_AGAIN_SECONDS = 0.1


class SlowWorld(World):
    """A Telegram that lets edits wait, while it is told to."""

    def __init__(self) -> None:
        """Begin with answers at once."""
        # A bot of its own: all tests share one Redis.
        number = random.randrange(2**40, 2**50)  # noqa: S311 (not a secret)
        super().__init__(f"{number}:token-of-a-process-under-test", username="rinnovo_test_bot")
        self.edits = asyncio.Event()
        self.edits.set()
        self.waiting = asyncio.Event()

    async def call(
        self, method: str, params: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Any:
        """Answer; an edit when edits are answered."""
        if method.lower() == "editmessagetext" and not self.edits.is_set():
            self.waiting.set()
            await self.edits.wait()
        return await super().call(method, params, files)


class Webs:
    """The processes, by their numbers from 0. Use it in an ``async with`` block, which leaves none alive."""

    def __init__(self, folder: Path, world: World, address: str, url: str, redis_url: str | None) -> None:
        """They work on the database at `url`, and speak to `world`, which is at `address`."""
        self._folder = folder
        self.world = world
        self.database_url = url
        self.data_key = KeyRing.new_key()
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": world.token,
            "BOT_API_URL": address,
            "DATABASE_URL": url,
            "DATA_KEYS": self.data_key,
            "PUBLIC_URL": "https://bot.example.com",
            "WEBHOOK_SECRET": SECRET,
            "HOST": "127.0.0.1",
            "LOG_FORMAT": "json",
        } | ({"REDIS_URL": redis_url} if redis_url else {})
        self._born: dict[int, Born] = {}
        self._ports: dict[int, int] = {}
        self._http = httpx.AsyncClient(timeout=60, headers={SECRET_HEADER: SECRET})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for born in self._born.values():
            born.send(signal.SIGCONT)
            await born.end()
        await self._http.aclose()

    @property
    def log(self) -> str:
        """What all of them have written."""
        return (self._folder / "webs.log").read_text(encoding="utf-8")

    def start(self, number: int, command: str = "web", **environment: str) -> None:
        """Start one, or its next life, on a port of its own."""
        port = self._ports.setdefault(number, free_port())
        with (self._folder / "webs.log").open("ab") as log:
            self._born[number] = births.start(
                "bot",
                command,
                folder=self._folder,
                environment={**self._environment, "PORT": str(port), **environment},
                out=log.fileno(),
            )

    async def up(self, *numbers: int) -> None:
        """Wait until these answer."""
        async with asyncio.timeout(_UP_WITHIN):
            for number in numbers:
                while (await self._answer("GET", number, "/healthz")) is None:
                    await asyncio.sleep(0.05)

    async def look(self, number: int, path: str = "/readyz") -> httpx.Response:
        """One of the pages for the machine that watches."""
        found = await self._answer("GET", number, path)
        assert found is not None
        return found

    def send(self, number: int, signal_: int) -> None:
        """Send one a signal."""
        self._born[number].send(signal_)

    async def ended(self, number: int) -> int:
        """Wait until one has ended; its code."""
        return await self._born[number].ended()

    def updates(self) -> list[dict[str, Any]]:
        """What people did, and nobody was brought yet."""
        return self.world.drain_updates()

    async def bring(self, number: int, update: Mapping[str, Any], *, times: int = 1) -> int | None:
        """Bring an update to one of them; what it said at last, None where nobody was there."""
        status: int | None = None
        for _ in range(times):
            answer = await self._answer("POST", number, TELEGRAM_WEBHOOK, json=update)
            status = None if answer is None else answer.status_code
            if status == httpx.codes.OK:
                return status
            await asyncio.sleep(_AGAIN_SECONDS)
        return status

    async def bring_all(self, number: int = 0) -> None:
        """Bring everything to one, in order."""
        for update in self.updates():
            assert await self.bring(number, update) == httpx.codes.OK

    async def _answer(self, method: str, number: int, path: str, **more: Any) -> httpx.Response | None:
        try:
            return await self._http.request(method, f"http://127.0.0.1:{self._ports[number]}{path}", **more)
        except httpx.TransportError:
            return None


@asynccontextmanager
async def webs_on(folder: Path, url: str, redis_url: str | None = None) -> AsyncIterator[Webs]:
    """Nobody started yet, and a Telegram that is served."""
    world = SlowWorld()
    async with serve_playground(world) as address, Webs(folder, world, address, url, redis_url) as webs:
        yield webs
    if redis_url is not None:
        await forget(world.bot.id)
    failed = [line for line in webs.log.splitlines() if EVENT in line]
    assert not failed, "\n".join(["updates failed unexpectedly", *failed])
