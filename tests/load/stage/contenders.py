"""Who is measured: the product as an operator runs it, and the reference bots, each a process with its own Telegram.

A contender's environment is as bare as an operator's: nothing is switched off, no log is silenced.
"""

import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.stage.children import Child, Starter, bare_environment, start
from tests.load.stage.phones import Phone, Phones
from tests.load.stage.screens import Captured, Screen
from tests.load.stage.shown import BACK, OPEN, write_asked
from tests.load.stage.telegram import TOKEN
from tests.support.process import free_port

FIRST_CHAT = 10_000_000
"""The chat of the first person; the others follow. Lower ones may be those of many who never say a word."""
_STARTS_WITHIN = 120.0
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


@dataclass(frozen=True, slots=True)
class Cast:
    """What is shown, and who are there to see it: `people` are the product's customers."""

    captured: Captured
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Contender:
    """One bot that runs, and the people who have it before them. `pid` is the number of its process."""

    name: str
    pid: int
    phones: Phones
    cast: Cast

    async def sit_down(self, number: int) -> Phone:
        """Let the person of this number open the first screen."""
        phone = self.phones.phone(FIRST_CHAT + number)
        if self.name in PEERS:
            await self.phones.write(phone, "/start")
        else:
            await self.phones.write(phone, f"/start {self.cast.people[number].token}")
            await self.phones.tap(phone, "Rinnova")
        self._check(number, phone, 0)
        return phone

    async def to_and_fro(self, number: int, phone: Phone) -> list[float]:
        """Tap the two buttons one after the other; how many seconds each took.

        Raises:
            RuntimeError: the phone showed something else than the screens.
        """
        seconds = [await self.phones.tap(phone, OPEN)]
        self._check(number, phone, 1)
        seconds.append(await self.phones.tap(phone, BACK))
        self._check(number, phone, 0)
        return seconds

    def expected(self, number: int, which: int) -> Screen:
        """What the person of this number has to see: the first screen (0) or the plans (1)."""
        captured = self.cast.captured
        if self.name in PEERS:
            return captured.seen[which]
        return captured.seen[which].for_(captured.address, self.cast.people[number].address)

    def _check(self, number: int, phone: Phone, which: int) -> None:
        expected = self.expected(number, which)
        if not phone.now.same_as(expected):
            raise RuntimeError(f"{self.name} shows\n{phone.now}\nand not\n{expected}")


@asynccontextmanager
async def contender(
    name: str,
    folder: Path,
    cast: Cast,
    environment: Mapping[str, str],
    starter: Starter = start,
    before: Callable[[Phones], object] | None = None,
    command: Sequence[str] = ("bot", "run"),
) -> AsyncIterator[Contender]:
    """Start a bot and its Telegram for the length of an ``async with`` block.

    Args:
        name: one of `PEERS`; any other is the product.
        folder: where its log is written, `<name>.log`.
        cast: what is shown, and to whom.
        environment: what the product is set with.
        starter: what starts the processes.
        before: done with Telegram, which is up, before the bot is.
        command: the module and the words with which the product is started, where it is the product.
    """
    async with telegram(name, folder, starter) as (address, phones):
        if name in PEERS:
            screens = folder / f"{name}.json"
            write_asked(screens, cast.captured.asked)
            module, words, settings = PEERS[name], [address, TOKEN, str(screens)], {}
        else:
            (module, *words) = command
            settings = {**environment, "BOT_TOKEN": TOKEN, "BOT_API_URL": address, "PORT": str(free_port())}
        if before is not None:
            before(phones)
        async with child(starter, folder / f"{name}.log", module, *words, **settings) as bot:
            await phones.wait_for_bot(_STARTS_WITHIN)
            yield Contender(name, bot.number, phones, cast)


@asynccontextmanager
async def telegram(
    name: str, folder: Path, starter: Starter = start, *, limited: bool = False
) -> AsyncIterator[tuple[str, Phones]]:
    """Start a Telegram, for the length of an ``async with`` block: its address, and the people around it.

    `limited`, it answers 429 as Telegram does.
    """
    bots, people = free_port(), free_port()
    log, limits = folder / f"{name}.telegram.log", ["limited"] if limited else []
    async with child(starter, log, "tests.load.stage.telegram", str(bots), str(people), *limits):
        phones = await Phones.connect(people)
        try:
            yield f"http://127.0.0.1:{bots}", phones
        finally:
            phones.close()


@asynccontextmanager
async def child(
    starter: Starter, log: Path, module: str, *words: str, **settings: str
) -> AsyncIterator[Child]:
    """Start ``python -m module words``, and end it after the ``async with`` block."""
    with log.open("wb") as file:
        process = starter(
            module, *words, folder=log.parent, environment=bare_environment(**settings), out=file.fileno()
        )
    try:
        yield process
    finally:
        await process.end(signal.SIGTERM)
