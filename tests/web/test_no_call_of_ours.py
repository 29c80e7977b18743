"""What reaches the port and is no call of ours: bytes that are no HTTP, and who asks for a WebSocket."""

import asyncio
import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.runtime import Running
from bot.watching.logs import configure_logging
from bot.web.server import serve_watching
from tests.support.clock import FrozenClock
from tests.support.process import free_port

NO_HTTP = b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"
"""As a browser begins that was given https:// for a port without it."""
WEBSOCKET = (
    b"GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.fixture
def log(clock: FrozenClock) -> Iterator[io.StringIO]:
    """What the process writes into its log."""
    root, server = logging.getLogger(), logging.getLogger("uvicorn.error")
    before, stream = (root.handlers, root.level), io.StringIO()
    configure_logging("text", stream=stream, clock=clock)
    yield stream
    root.handlers, root.level = before
    server.filters = []
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


async def said(port: int, call: bytes) -> bytes:
    """The answer to these bytes, once the server listens."""
    async with asyncio.timeout(60):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
                continue
            writer.write(call)
            answer = await reader.read()
            writer.close()
            return answer


async def test_whoever_sends_what_is_no_call_without_end_fills_no_log(
    running: Running, log: io.StringIO
) -> None:
    port, stop = free_port(), asyncio.Event()
    serving = asyncio.create_task(serve_watching(running, port, stop))
    for _ in range(10):
        assert (await said(port, NO_HTTP)).startswith(b"HTTP/1.1 400")
        assert (await said(port, WEBSOCKET)).endswith(b"alive")
    stop.set()
    await serving
    warnings = [line for line in log.getvalue().splitlines() if "warning" in line]
    assert len(warnings) == len({line.split("[warning", 1)[1] for line in warnings})
    assert any("Invalid HTTP request" in line for line in warnings)
