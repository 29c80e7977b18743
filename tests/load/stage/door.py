"""A thin HTTP door to the playground's Telegram, for measures.

The playground's own door is an application of FastAPI: a call takes it several times as long as the call itself, and
whoever measures a bot at its limit would measure that. This one reads a request and calls `World.call`, no more.
"""

import asyncio
import io
import json
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from python_multipart import parse_form
from python_multipart.multipart import Field, File

from bot.playground.errors import BotApiError, not_found
from bot.playground.files import Upload
from bot.playground.world import World

_FORM = "application/x-www-form-urlencoded"


class Ledger:
    """What was asked of the Bot API: calls by method, in small letters, and refusals by what was said.

    `sent` is what was last asked for with `sendMessage`.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.sent: dict[str, str] = {}

    def to_json(self) -> dict[str, Any]:
        """Everything so far, and the processor time of this process in seconds."""
        return {
            "calls": self.calls,
            "refused": self.refused,
            "sent": self.sent,
            "cpu": time.process_time(),
        }


class Door(asyncio.Protocol):
    """One connection of a bot: requests one after the other, each answered before the next is read."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        """Let in to `world`, and note every call in `ledger`."""
        self._world = world
        self._ledger = ledger
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """End; a poll that waits ends too."""
        self._transport = None
        if self._answering is not None:
            self._answering.cancel()

    def data_received(self, data: bytes) -> None:
        """Read what came, and answer it once it is whole."""
        self._buffer += data
        if self._answering is None:
            self._read_on()

    def _read_on(self) -> None:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
        }
        body = _body(headers, rest)
        if body is None:
            return
        self._buffer = rest[body[1] :]
        self._answering = asyncio.ensure_future(self._answer(first.split(" ")[1], headers, body[0]))

    async def _answer(self, target: str, headers: Mapping[str, str], body: bytes) -> None:
        status, answer = await self._call(target, headers, body)
        content = json.dumps(answer).encode()
        self._answering = None
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 %d -\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
                % (status, len(content), content)
            )
            self._read_on()

    async def _call(self, target: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any]:
        path, _, query = target.partition("?")
        method = path.rpartition("/")[2]
        self._ledger.calls[method.lower()] += 1
        try:
            if path != f"/bot{self._world.token}/{method}":
                raise not_found()
            params, files = _form(headers, body)
            params.update(parse_qsl(query, keep_blank_values=True))
            if method == "sendMessage":
                self._ledger.sent = params
            return 200, {"ok": True, "result": await self._world.call(method, params, files)}
        except BotApiError as error:
            self._ledger.refused[f"{method}: {error.description}"] += 1
            return error.error_code, error.envelope()


def _body(headers: Mapping[str, str], rest: bytes) -> tuple[bytes, int] | None:
    """The body, and how many bytes it takes of `rest`; None while it is not whole."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _chunks(rest)
    length = int(headers.get("content-length", "0"))
    return (rest[:length], length) if len(rest) >= length else None


def _chunks(rest: bytes) -> tuple[bytes, int] | None:
    found: list[bytes] = []
    at = 0
    while (line_end := rest.find(b"\r\n", at)) >= 0:
        size, begins = int(rest[at:line_end].partition(b";")[0], 16), line_end + 2
        at = begins + size + 2
        if len(rest) < at:
            return None
        if not size:
            return b"".join(found), at
        found.append(rest[begins : begins + size])
    return None


def _form(headers: Mapping[str, str], body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    params: dict[str, str] = {}
    files: dict[str, Upload] = {}
    kind = headers.get("content-type", "")
    if not body:
        return params, files
    if kind.startswith(_FORM):
        params.update(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind.startswith("application/json"):
        params.update(
            (name, value if isinstance(value, str) else json.dumps(value))
            for name, value in json.loads(body).items()
            if value is not None
        )
    else:
        _parts(kind, body, params, files)
    return params, files


def _parts(kind: str, body: bytes, params: dict[str, str], files: dict[str, Upload]) -> None:
    def on_field(field: Field) -> None:
        params[(field.field_name or b"").decode()] = (field.value or b"").decode()

    def on_file(file: File) -> None:
        name = (file.field_name or b"").decode()
        file.file_object.seek(0)
        files[name] = Upload((file.file_name or b"").decode() or name, file.file_object.read())

    parse_form({"Content-Type": kind.encode()}, io.BytesIO(body), on_field, on_file)
