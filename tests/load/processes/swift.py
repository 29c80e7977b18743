"""A Telegram that costs next to nothing: ``python -m tests.load.processes.swift PORT_OF_BOTS PORT_OF_MEASURE FILE``.

Where two `web` are measured on as few cores, whatever else takes of them is missing to the bot. So everything is
prepared: people tap one of two buttons to and fro, each tap is a ready request but for its number; each call of the bot
is answered with ready bytes. Nothing is parsed that need not be. What the bot draws is not believed, though: it has to
be, byte for byte, what it drew when that button was tapped first, and the two have to differ.

A line of JSON from whoever measures is answered by one: ``{"tap": port}`` (everybody taps from now on, each again as
soon as the tap before is acknowledged, over a connection of their own to this port), ``{"count": true}``,
``{"rest": true}`` (nobody taps any more; answered when all taps are acknowledged). Each answer has what was counted.
"""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.running.loop import run_in_loop
from bot.web.paths import TELEGRAM_WEBHOOK
from bot.web.webhook import SECRET_HEADER
from tests.load.stage.telegram import TOKEN

FIRST_UPDATE: Final = 1_000_000_000
"""With as many digits as all that follow: the length of a tap is always the same."""
_AGAIN_SECONDS: Final = 0.05
_ME: Final = {
    "id": int(TOKEN.partition(":")[0]),
    "is_bot": True,
    "first_name": "Rinnovo",
    "username": "rinnovo_bot",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a window: `screens` are its two states, as messages have them, `taps` what leads to the other one."""

    chat: int
    message: int
    screens: Sequence[dict[str, Any]]
    taps: Sequence[str]


@dataclass(slots=True)
class Counted:
    """What happened so far.

    Attributes:
        taps: acknowledged with 200.
        refused: answered with anything else; they are brought again.
        edits: windows that were drawn as they had to be.
        wrong: windows that were drawn otherwise.
        answers: spinners that were ended.
        others: calls of any other kind.
    """

    taps: int = 0
    refused: int = 0
    edits: int = 0
    wrong: int = 0
    answers: int = 0
    others: int = 0


@dataclass(slots=True)
class Person:
    """One of them, with all that they need ready."""

    asks: Sequence[tuple[bytes, bytes, bytes]]
    shown: Sequence[bytes]
    state: int = 0
    drawn: list[bytes | None] = field(default_factory=lambda: [None, None])

    @classmethod
    def at(cls, seat: Seat, secret: str) -> "Person":
        """Prepare everything for one seat."""
        chat = {"id": seat.chat, "type": "private", "first_name": "Prova"}
        messages = [
            {"message_id": seat.message, "from": _ME, "chat": chat, "date": 1_700_000_000, **screen}
            for screen in seat.screens
        ]
        user = {"id": seat.chat, "is_bot": False, "first_name": "Prova", "language_code": "it"}
        asks = []
        for message, data in zip(messages, seat.taps, strict=True):
            tap = {"from": user, "message": message, "chat_instance": str(seat.chat), "data": data}
            end = f'",{json.dumps(tap)[1:]}}}'.encode()
            begin, middle = b'{"update_id":', b',"callback_query":{"id":"'
            length = len(begin) + len(middle) + len(end) + 2 * len(str(FIRST_UPDATE))
            head = (
                f"POST {TELEGRAM_WEBHOOK} HTTP/1.1\r\nHost: bot.example.com\r\nContent-Type: application/json\r\n"
                f"{SECRET_HEADER}: {secret}\r\nContent-Length: {length}\r\n\r\n"
            )
            asks.append((head.encode() + begin, middle, end))
        return cls(asks, [ready({"ok": True, "result": message}) for message in messages])

    def tap(self, number: int) -> bytes:
        """The request that brings the tap of this number on the button of the state."""
        begin, middle, end = self.asks[self.state]
        digits = b"%d" % number
        return b"".join((begin, digits, middle, digits, end))

    def draw(self, body: bytes) -> bool:
        """Whether the bot draws what it has to: the other state, as it did the first time."""
        other = 1 - self.state
        if self.drawn[other] is None:
            self.drawn[other] = body
        return self.drawn[other] == body != self.drawn[self.state]


def ready(content: Any) -> bytes:
    """An answer as a whole."""
    body = json.dumps(content).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


_TRUE: Final = ready({"ok": True, "result": True})
_NAMED: Final = ready({"ok": True, "result": _ME})


def whole(buffer: bytes) -> int:
    """How many bytes the first request or answer of `buffer` has; 0 while it is not whole."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    at = buffer.find(b"ontent-", 0, end)
    while at >= 0 and buffer[at + 7 : at + 14].lower() != b"length:":
        at = buffer.find(b"ontent-", at + 7, end)
    length = 0 if at < 0 else int(buffer[at + 14 : buffer.find(b"\r\n", at)])
    total = end + 4 + length
    return total if len(buffer) >= total else 0


class Calls(asyncio.Protocol):
    """A connection of the bot."""

    def __init__(self, people: dict[bytes, Person], counted: Counted) -> None:
        """Answer what concerns `people`, whose chats are the keys, in digits."""
        self._people = people
        self._counted = counted
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport  # type: ignore[assignment] # a stream's

    def data_received(self, data: bytes) -> None:
        """Answer each call that is whole."""
        self._buffer += data
        while size := whole(self._buffer):
            call, self._buffer = self._buffer[:size], self._buffer[size:]
            if self._transport is not None:
                self._transport.write(self._answer(call))

    def _answer(self, call: bytes) -> bytes:
        method = call[: call.index(b" HTTP/")].rpartition(b"/")[2].lower()
        if method == b"editmessagetext":
            body = call[call.index(b"\r\n\r\n") + 4 :]
            at = body.index(b'"chat_id":') + 10
            person = self._people[body[at : at + 20].partition(b",")[0].strip(b"}")]
            if person.draw(body):
                self._counted.edits += 1
            else:
                self._counted.wrong += 1
            return person.shown[1 - person.state]
        if method == b"answercallbackquery":
            self._counted.answers += 1
        else:
            self._counted.others += 1
        return _NAMED if method == b"getme" else _TRUE


class Taps(asyncio.Protocol):
    """A connection by which one person's taps are brought, one after the other."""

    def __init__(self, crowd: "Crowd", person: Person) -> None:
        """Bring those of `person`."""
        self._crowd = crowd
        self._person = person
        self._buffer = b""
        self._ask = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tap."""
        self._transport = transport  # type: ignore[assignment] # a stream's
        self._next()

    def data_received(self, data: bytes) -> None:
        """Tap again once the tap is acknowledged."""
        self._buffer += data
        if not (size := whole(self._buffer)):
            return
        status, self._buffer = self._buffer[9:12], self._buffer[size:]
        if status == b"200":
            self._crowd.counted.taps += 1
            self._person.state = 1 - self._person.state
            self._next()
        else:
            self._crowd.counted.refused += 1
            asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self._bring)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """Nobody hangs up but we: a crowd that is cut off is no measure."""
        self._crowd.left()

    def _next(self) -> None:
        if self._crowd.taps:
            self._ask = self._person.tap(self._crowd.number())
            self._bring()
        elif self._transport is not None:
            self._transport.close()

    def _bring(self) -> None:
        if self._transport is not None:
            self._transport.write(self._ask)


class Crowd:
    """All of them."""

    def __init__(self, people: Sequence[Person], counted: Counted) -> None:
        """Sit still at first."""
        self._people = people
        self._numbers = FIRST_UPDATE
        self._there = 0
        self._still = asyncio.Event()
        self.counted = counted
        self.taps = False

    def number(self) -> int:
        """The number of the next update."""
        self._numbers += 1
        return self._numbers

    async def tap(self, port: int) -> None:
        """Let everybody tap."""
        self.taps, self._there = True, len(self._people)
        self._still.clear()
        loop = asyncio.get_running_loop()
        for person in self._people:
            await loop.create_connection(lambda person=person: Taps(self, person), "127.0.0.1", port)  # type: ignore[misc]

    async def rest(self) -> None:
        """Let nobody tap any more, and wait until the last tap is acknowledged."""
        self.taps = False
        await self._still.wait()

    def left(self) -> None:
        """One has no tap under way any more."""
        self._there -= 1
        if not self._there:
            self._still.set()


async def _obey(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, crowd: Crowd) -> None:
    while line := await reader.readline():
        wish = json.loads(line)
        if "tap" in wish:
            await crowd.tap(wish["tap"])
        elif "rest" in wish:
            await crowd.rest()
        writer.write(json.dumps(asdict(crowd.counted)).encode() + b"\n")
    writer.close()


async def serve(for_bots: int, for_measure: int, given: Mapping[str, Any]) -> None:
    """Serve those `seats` that are given, whose taps have the `secret`, until whoever measures hangs up."""
    people = {b"%d" % seat["chat"]: Person.at(Seat(**seat), given["secret"]) for seat in given["seats"]}
    counted, gone = Counted(), asyncio.Event()
    crowd = Crowd(list(people.values()), counted)

    async def obey(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _obey(reader, writer, crowd)
        gone.set()

    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: Calls(people, counted), "127.0.0.1", for_bots)
    await asyncio.start_server(obey, "127.0.0.1", for_measure)
    await gone.wait()


if __name__ == "__main__":
    seats = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    run_in_loop(serve(int(sys.argv[1]), int(sys.argv[2]), seats))
