"""The people: each has a phone, taps what it shows, and waits until it shows something else."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.load.stage.screens import Screen

PATIENCE_SECONDS = 60.0
"""How long somebody waits for an answer: who waits longer has met a bot that lost a tap."""


@dataclass(slots=True)
class Phone:
    """One chat: what it shows now, and the events that somebody waits for."""

    chat_id: int
    message_id: int = 0
    screen: Screen | None = None
    shown: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def now(self) -> Screen:
        """What it shows.

        Raises:
            LookupError: nothing was shown yet.
        """
        if self.screen is None:
            raise LookupError(f"chat {self.chat_id} shows nothing yet")
        return self.screen


class Phones:
    """All phones around one bot, over one connection to its Telegram."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Listen to what Telegram tells; `connect` makes the connection."""
        self._writer = writer
        self._phones: dict[int, Phone] = {}
        self._ledgers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listeners: list[Callable[[int, str], object]] = []
        self._listening = asyncio.create_task(self._listen(reader))

    @classmethod
    async def connect(cls, port: int) -> "Phones":
        """Connect to the Telegram that tells people on `port`, as soon as it is there.

        Raises:
            TimeoutError: it does not come.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                with suppress(ConnectionRefusedError):
                    return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))
                await asyncio.sleep(0.05)

    def close(self) -> None:
        """Hang up."""
        self._listening.cancel()
        self._writer.close()

    def phone(self, chat_id: int) -> Phone:
        """The phone of a chat, which is opened the first time."""
        if chat_id not in self._phones:
            self._phones[chat_id] = Phone(chat_id)
            self._say({"open": chat_id})
        return self._phones[chat_id]

    def joined(self, chat_id: int) -> Phone:
        """The phone of a chat that has started the bot long ago: the bot may write to it."""
        self._phones[chat_id] = Phone(chat_id)
        self._say({"join": chat_id})
        return self._phones[chat_id]

    def overhear(self, listener: Callable[[int, str], object]) -> None:
        """Tell `listener` of whatever any phone is shown from now on: the chat, and the text."""
        self._listeners.append(listener)

    async def hear(self, phone: Phone, seconds: float) -> Screen:
        """What the bot says by itself, to somebody who has heard nothing yet.

        Raises:
            TimeoutError: it says nothing within `seconds`.
        """
        async with asyncio.timeout(seconds):
            await phone.shown.wait()
        return phone.now

    async def write(self, phone: Phone, text: str) -> Screen:
        """Write something; what the bot shows then."""
        phone.shown.clear()
        self._say({"write": phone.chat_id, "text": text})
        await self._wait(phone, phone.shown)
        return phone.now

    async def tap(self, phone: Phone, label: str) -> float:
        """Tap the button with this label; how many seconds it took until the phone showed something else.

        It ends when the spinner has ended too: before that, a phone takes no other tap on the button.
        """
        phone.shown.clear()
        phone.answered.clear()
        begun = time.perf_counter()
        self.press(phone, label)
        await self._wait(phone, phone.shown)
        seconds = time.perf_counter() - begun
        await self._wait(phone, phone.answered)
        return seconds

    def press(self, phone: Phone, label: str) -> None:
        """Tap the button with this label, and wait for nothing."""
        data = phone.now.data_of(label)
        self._say({"tap": phone.chat_id, "message": phone.message_id, "data": data})

    async def ledger(self) -> dict[str, Any]:
        """What was asked of Telegram so far: `calls` and `refused` by name, `cpu` seconds, updates `waiting`."""
        self._say({"ask": "ledger"})
        return await self._ledgers.get()

    async def wait_for_bot(self, seconds: float, call: str = "getupdates") -> None:
        """Wait until the bot asks for updates, or for whatever it begins with.

        Raises:
            TimeoutError: it has not within `seconds`.
        """
        async with asyncio.timeout(seconds):
            while call not in (await self.ledger())["calls"]:
                await asyncio.sleep(0.1)

    def bring_updates_to(self, addresses: Sequence[str], secret: str) -> None:
        """Let Telegram bring what people do to these webhooks, with this secret."""
        self._say({"hooks": list(addresses), "secret": secret})

    async def rest(self) -> None:
        """Wait until the bot has confirmed everything that came in."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.ledger())["waiting"]:
                await asyncio.sleep(0.02)

    async def _wait(self, phone: Phone, event: asyncio.Event) -> None:
        if event.is_set():
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await event.wait()
        except TimeoutError:
            shown = None if phone.screen is None else phone.screen.text
            raise RuntimeError(f"chat {phone.chat_id} was not answered; it shows {shown!r}") from None

    def _say(self, content: dict[str, Any]) -> None:
        self._writer.write(json.dumps(content).encode() + b"\n")

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            told = json.loads(line)
            if "shown" in told:
                phone, message = self._phones[told["shown"]], told["message"]
                phone.message_id = message["message_id"]
                phone.screen = Screen(message["text"], message["entities"], message["keyboard"])
                phone.shown.set()
                for listener in self._listeners:
                    listener(phone.chat_id, message["text"])
            elif "answered" in told:
                self._phones[told["answered"]].answered.set()
            else:
                self._ledgers.put_nowait(told["ledger"])
