"""The servers around the bot, each with a folder and a port of its own, which can be killed, frozen and restarted."""

import asyncio
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg

from tests.support.births import ROOT
from tests.support.process import free_port
from tests.support.proxy import nginx_command, why_no_nginx

_UP_WITHIN = 60.0
_PATHS = ":".join(
    (os.environ.get("PATH", ""), "/usr/sbin", *map(str, Path("/usr/lib/postgresql").glob("*/bin")))
)
_PROGRAMS = ("initdb", "postgres", "redis-server")
_MANUAL = ROOT / "docs" / "operating.md"


def missing_programs() -> list[str]:
    """What this machine has not of all that is needed."""
    missing = [name for name in _PROGRAMS if shutil.which(name, path=_PATHS) is None]
    return missing + (["nginx"] if why_no_nginx() else [])


def _program(name: str) -> str:
    found = shutil.which(name, path=_PATHS)
    if found is None:
        raise RuntimeError(f"there is no {name} on this machine")
    return found


class Server:
    """One of them."""

    def __init__(self, folder: Path, user: str | None = None) -> None:
        """Keep everything in `folder`, which belongs to `user` where we may choose."""
        self.folder = folder
        self.port = free_port()
        self._user = user if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(folder, account.pw_uid, account.pw_gid)

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own servers, of which none is waited for
                self._command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL, user=self._user, cwd="/"
            )
        async with asyncio.timeout(_UP_WITHIN):
            while not await self._answers():
                await asyncio.sleep(0.05)

    async def crash(self) -> None:
        """End it at once, and wait until it is gone."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it."""
        await self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it stand still."""
        for number in self.numbers():
            os.kill(number, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        for number in self.numbers():
            os.kill(number, signal.SIGCONT)

    async def _end(self, number: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            await asyncio.to_thread(process.wait)

    def numbers(self) -> Sequence[int]:
        """The server and its children, which are those that answer where there are any."""
        if self._process is None:
            return []
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        return [parent, *map(int, children.split())]

    async def _answers(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def _command(self) -> list[str]:
        raise NotImplementedError


class Postgresql(Server):
    """A cluster that lives in its folder."""

    def __init__(self, folder: Path) -> None:
        """Make it, as nobody may who is root."""
        super().__init__(folder, user="postgres")
        subprocess.run(  # noqa: S603 - the program that was found
            [_program("initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust", "-E", "UTF8"],
            user=self._user, check=True, stdout=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    async def crash(self) -> None:
        """Let it end without ado, as it does when a process of it dies: it recovers from its log at the next start."""
        await self._end(signal.SIGQUIT)

    async def stop(self) -> None:
        """End it; who is connected is cut off."""
        await self._end(signal.SIGINT)

    async def _answers(self) -> bool:
        """It listens before it has recovered."""
        try:
            connection: Any = await asyncpg.connect(self.url, timeout=5)
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    def _command(self) -> list[str]:
        return [_program("postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), "-k", ""]


class Redis(Server):
    """One that writes down what it is told."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def _command(self) -> list[str]:
        return [
            _program("redis-server"), "--port", str(self.port), "--dir", str(self.folder), "--save", "",
            "--appendonly", "yes",
        ]  # fmt: skip


class Nginx(Server):
    """It shares requests out among the ports, as the manual says."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        """Write its settings."""
        super().__init__(folder)
        found = re.search(r"```nginx\n(.*?)```", _MANUAL.read_text(encoding="utf-8"), re.DOTALL)
        if found is None:
            raise RuntimeError(f"{_MANUAL} does not say how nginx is set")
        said = found[1].replace("listen 8080;", f"listen 127.0.0.1:{self.port};")
        for mine, port in zip(("127.0.0.1:8081", "127.0.0.1:8082"), ports, strict=True):
            said = said.replace(mine, f"127.0.0.1:{port}")
        self._ready = nginx_command(folder, said)

    def _command(self) -> list[str]:
        return self._ready
