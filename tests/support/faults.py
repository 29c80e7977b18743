"""A network between the bot and whoever it calls that does everything that networks do, on demand.

It is a real server on a real socket: what the caller's library makes of it is part of the test.
"""

import asyncio
import json
import socket
import struct
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import cast
from urllib.parse import parse_qs, urlsplit


class Fault(Enum):
    """What happens to one request."""

    NONE = "it is passed on, and so is the answer"
    TOO_MANY = "429, nothing is passed on"
    TOO_MANY_FOR_LONG = "429 with a pause longer than anybody waits for"
    SERVER_ERROR = "500 in the API's own words, nothing is passed on"
    BAD_GATEWAY = "502 and a page for people, nothing is passed on"
    RESET = "the connection is reset, nothing is passed on"
    CUT = "the connection is closed, nothing is passed on"
    SILENCE = "nobody answers, nothing is passed on"
    ANSWER_RESET = "it is passed on, and the connection is reset instead of an answer"
    ANSWER_CUT = "it is passed on, and the connection is closed in the middle of the answer"
    ANSWER_SWALLOWED = "it is passed on, and nobody answers"

    @property
    def loses_answer(self) -> bool:
        """The other side did what it was asked, and the caller cannot know."""
        return self in {Fault.ANSWER_RESET, Fault.ANSWER_CUT, Fault.ANSWER_SWALLOWED}


_STATUS = {
    Fault.TOO_MANY: (429, {"retry_after": 1}),
    Fault.TOO_MANY_FOR_LONG: (429, {"retry_after": 12}),
    Fault.SERVER_ERROR: (500, None),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: `head` with its blank line, `headers` in lower case."""

    head: bytes
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The text of the message that it sends: in a form or in JSON, as the Bot API takes both."""
        if self.headers.get("content-type") == "application/json":
            return str(json.loads(self.body).get("text", ""))
        return parse_qs(self.body.decode()).get("text", [""])[0]


class FaultyNetwork:
    """Decides what happens to each request, and remembers it by the text of the message."""

    def __init__(self) -> None:
        """Begin as a good network."""
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)

    async def decide(self, text: str) -> Fault:
        """What happens to a message with this text; a test overrides it."""
        del text
        return Fault.NONE

    async def passed_on(self, text: str) -> None:
        """The other side has done what it was asked, and has not been heard yet; a test may override it."""

    @asynccontextmanager
    async def before(self, address: str) -> AsyncIterator[str]:
        """Stand before the server at `address`, for the length of an ``async with`` block; gives its own address."""
        behind = urlsplit(address)
        host, port = str(behind.hostname), int(behind.port or 80)

        async def treat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
            return await self._one(reader, writer, host, port)

        async with _serving(treat) as own_address:
            yield own_address

    async def _one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int
    ) -> bool:
        """Treat one request; True when the connection is still good."""
        request = await read_request(reader)
        fault = await self.decide(request.text)
        self.faults[request.text].append(fault)
        answer = b""
        if fault is Fault.NONE or fault.loses_answer:
            answer = await _pass_on(request, host, port)
            await self.passed_on(request.text)
        if fault in {Fault.RESET, Fault.ANSWER_RESET}:
            _reset(writer)
            return False
        if fault in {Fault.CUT, Fault.ANSWER_CUT}:
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            return False
        if fault in {Fault.SILENCE, Fault.ANSWER_SWALLOWED}:
            await reader.read()  # until the caller hangs up
            return False
        writer.write(answer or _answer_of(fault))
        await writer.drain()
        return True


async def read_request(reader: asyncio.StreamReader) -> Request:
    """Read one request with its body.

    Raises:
        IncompleteReadError: the caller hung up.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    headers = _headers(head)
    return Request(head, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def answer(status: int, body: bytes = b"", *, kind: str = "application/json", more: str = "") -> bytes:
    """A whole answer; `more` are further headers, each with its line end."""
    head = f"HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\n{more}content-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _answer_of(fault: Fault) -> bytes:
    if fault is Fault.BAD_GATEWAY:
        return answer(502, b"<html>Bad gateway</html>", kind="text/html")
    status, parameters = _STATUS[fault]
    body: dict[str, object] = {"ok": False, "error_code": status, "description": f"Error {status}"}
    if parameters:
        body["parameters"] = parameters
    return answer(status, json.dumps(body).encode())


async def _pass_on(request: Request, host: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request.head + request.body)
        head = await reader.readuntil(b"\r\n\r\n")
        return head + await reader.readexactly(int(_headers(head)["content-length"]))
    finally:
        writer.close()


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close without goodbye: with no time to linger, the other side gets a reset."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def listening(handler: Callable[[Request], Awaitable[bytes]]) -> AsyncIterator[str]:
    """A server that answers as `handler` says, for the length of an ``async with`` block; gives its address."""

    async def treat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        writer.write(await handler(await read_request(reader)))
        await writer.drain()
        return True

    async with _serving(treat) as address:
        yield address


@asynccontextmanager
async def _serving(
    treat: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bool]],
) -> AsyncIterator[str]:
    """Listen, and `treat` one request after the other on each connection while it says that it is still good."""
    connections: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(cast("asyncio.Task[None]", asyncio.current_task()))
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while await treat(reader, writer):
                pass
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1")
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections)
