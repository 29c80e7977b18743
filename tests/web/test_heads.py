"""HEAD is answered wherever GET is, with the same head and no body."""

import httpx

from bot.runtime import Running
from bot.web.server import create_web
from tests.support.loopback import served


async def test_head_is_get_without_its_body(running: Running) -> None:
    async with (
        served(create_web(running)) as address,
        httpx.AsyncClient(base_url=address, timeout=60) as client,
    ):
        for path in ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/reminders/nobody"):
            got, head = await client.get(path), await client.head(path)
            assert (head.status_code, head.content) == (got.status_code, b""), path
            assert head.headers["content-type"] == got.headers["content-type"], path
            assert got.content, path
            # The connection is still good: nothing of a body was sent after the head.
            assert (await client.get("/healthz")).text == "alive", path


async def test_head_where_there_is_no_get_is_refused_alike(running: Running) -> None:
    async with (
        served(create_web(running)) as address,
        httpx.AsyncClient(base_url=address, timeout=60) as client,
    ):
        for path in ("/callbacks/payments", "/nothing/here"):
            assert (await client.head(path)).status_code == (await client.get(path)).status_code
