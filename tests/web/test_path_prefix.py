"""A bot whose PUBLIC_URL has a path: a proxy takes it away, and what the bot writes has it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.runtime import Running
from bot.settings import load
from bot.web.server import create_web
from tests.support.long_runs import some

BEFORE = "/servizi/rinnovo"


@pytest.fixture
async def client(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Calls the bot as a proxy does that hands on what follows the path."""
    settings = load(
        {"PUBLIC_URL": f"https://bot.example.com{BEFORE}", "WEBHOOK_SECRET": "a-secret-of-the-tests"},
        env_file=None,
    )
    app = create_web(replace(running, settings=settings))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://bot.example.com") as calling:
        yield calling


async def test_the_page_of_the_contract_finds_its_parts_behind_the_proxy(client: httpx.AsyncClient) -> None:
    page = (await client.get("/docs")).text
    addresses = [a or b for a, b in re.findall(r"""(?:src|href)="([^"]+)"|url: '([^']+)'""", page)]
    assert len(addresses) == 4
    for address in addresses:
        assert address.startswith(f"{BEFORE}/")
        assert (await client.get(address.removeprefix(BEFORE))).status_code == 200


async def test_the_published_contract_says_where_it_is_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/openapi.json")).json()["servers"] == [{"url": BEFORE}]


@pytest.mark.parametrize("path", some(["/healthz", "/telegram/webhook", "/callbacks/payments"], 1))
async def test_a_proxy_that_leaves_the_path_is_served_as_well(client: httpx.AsyncClient, path: str) -> None:
    taken, left = await client.post(path), await client.post(f"{BEFORE}{path}")
    assert taken.status_code == left.status_code != 404
