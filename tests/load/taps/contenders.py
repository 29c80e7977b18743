"""Who is measured: the product as an operator runs it, and the reference bots, each a process with its own Telegram.

A contender's environment is as bare as an operator's: nothing is switched off, no log is silenced.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.taps.phones import Phone, Phones
from tests.load.taps.screens import BACK, OPEN, Captured, Screen
from tests.load.taps.telegram import TOKEN
from tests.support.births import ROOT

FIRST_CHAT = 1000
_STARTS_WITHIN = 120.0
_ENDS_WITHIN = 30.0
PEERS = {
    "aiogram_dialog": "tests.load.peers.aiogram_dialog_bot",
    "conversation_handler": "tests.load.peers.conversation_handler_bot",
}
"""The reference bots, and the modules that they are."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be played: the product's customer, with an invitation and a mailbox."""

    token: str
    address: str


@dataclass(slots=True)
class Contender:
    """One bot that runs, its Telegram, and the people who have it before them."""

    name: str
    process: asyncio.subprocess.Process
    telegram: asyncio.subprocess.Process
    phones: Phones
    captured: Captured
    people: Sequence[Person]

    @property
    def pid(self) -> int:
        """The number of the bot's process."""
        return self.process.pid

    async def sit_down(self, number: int) -> Phone:
        """Let the person of this number open the first screen."""
        phone, person = self.phones.phone(FIRST_CHAT + number), self.people[number]
        if self.name in PEERS:
            await self.phones.write(phone, "/start")
        else:
            await self.phones.write(phone, f"/start {person.token}")
            await self.phones.tap(phone, "Rinnova")
        self._check(number, phone, 0)
        return phone

    async def to_and_fro(self, number: int, phone: Phone, *, check: bool = True) -> list[float]:
        """Tap the two buttons one after the other; how many seconds each took."""
        seconds = [await self.phones.tap(phone, OPEN)]
        if check:
            self._check(number, phone, 1)
        seconds.append(await self.phones.tap(phone, BACK))
        if check:
            self._check(number, phone, 0)
        return seconds

    def _check(self, number: int, phone: Phone, which: int) -> None:
        expected = self.expected(number, which)
        if not phone.now.same_as(expected):
            raise RuntimeError(f"{self.name} shows\n{phone.now}\nand not\n{expected}")

    def expected(self, number: int, which: int) -> Screen:
        """What the person of this number has to see: the first screen (0) or the plans (1)."""
        seen = self.captured.seen[which]
        if self.name in PEERS:
            return seen
        return seen.for_(self.captured.address, self.people[number].address)


@asynccontextmanager
async def contender(
    name: str, folder: Path, captured: Captured, people: Sequence[Person], environment: Mapping[str, str]
) -> AsyncIterator[Contender]:
    """Start a bot for the length of an ``async with`` block; `environment` is what the product is set with.

    Its log is `<name>.log` in `folder`.
    """
    async with _child(folder / f"{name}.telegram.log", "-m", "tests.load.taps.telegram") as telegram:
        assert telegram.stdout is not None
        bots, doors = json.loads(await telegram.stdout.readline())
        address = f"http://127.0.0.1:{bots}"
        if name in PEERS:
            screens = folder / f"{name}.json"
            captured.write(screens)
            words = ["-m", PEERS[name], address, TOKEN, str(screens)]
            settings: Mapping[str, str] = {}
        else:
            words = ["-m", "bot", "run"]
            settings = {**environment, "BOT_TOKEN": TOKEN, "BOT_API_URL": address, "PORT": str(_free_port())}
        phones = await Phones.connect(doors)
        try:
            async with _child(folder / f"{name}.log", *words, **settings) as process:
                await phones.wait_for_bot(_STARTS_WITHIN)
                yield Contender(name, process, telegram, phones, captured, people)
        finally:
            phones.close()


@asynccontextmanager
async def _child(log: Path, *words: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *words,
            cwd=log.parent,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE if "telegram" in words[1] else file,
            stderr=file,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), _ENDS_WITHIN)
            except TimeoutError:
                process.kill()
                await process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
