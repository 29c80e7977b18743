"""A process is asked to end while it still waits for its database to answer the first question."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.webs import webs_on


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes calls and answers none, as one behind a firewall that forgets."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        server.settimeout(60)
        yield server


async def test_it_ends_although_the_database_never_answers(silent: socket.socket, tmp_path: Path) -> None:
    url = f"postgresql://somebody:something@127.0.0.1:{silent.getsockname()[1]}/rinnovo"
    async with webs_on(tmp_path, url) as webs:
        webs.start(0, "run")
        called, _ = await asyncio.to_thread(silent.accept)
        with called:
            webs.send(0, signal.SIGTERM)
            await webs.ended(0)
        assert "ended_where_it_stood" in webs.log, "it has not waited for the database to give up"
