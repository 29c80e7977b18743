"""Who sees the details of `/readyz` and the numbers of `/metrics`: the operator's own machines (DESIGN.md, HTTP)."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from bot.runtime import Running
from bot.services.sending.outbox import Outbox
from bot.settings import SettingsError, load
from bot.web.server import create_watching, create_web, serve_watching
from tests.support.clock import FrozenClock
from tests.support.process import free_port

TOKEN = "a-token-of-the-tests"
OPENED = {"Authorization": f"Bearer {TOKEN}"}
FORWARDED = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"]


def caller(app: FastAPI, host: str = "127.0.0.1") -> httpx.AsyncClient:
    """Somebody who calls from an address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(host, 5000)), base_url="http://bot")


def with_settings(running: Running, **given: str) -> Running:
    return replace(running, settings=load(given, env_file=None))


async def seen(
    client: httpx.AsyncClient, headers: Mapping[str, str] | Mapping[bytes, bytes] | None = None
) -> tuple[bool, int]:
    """Whether details are shown, and how `/metrics` answers."""
    ready = await client.get("/readyz", headers=headers)
    numbers = await client.get("/metrics", headers=headers)
    assert ready.status_code == 200
    assert (numbers.status_code == 200) == ("rinnovo_database_up" in numbers.text)
    return ready.text.startswith("{"), numbers.status_code


async def test_everybody_is_told_one_word(running: Running) -> None:
    async with caller(create_web(running), "203.0.113.7") as stranger:
        assert (await stranger.get("/healthz")).text == "alive"
        assert (await stranger.get("/readyz")).text == "ready"


async def test_without_settings_this_machine_sees_them_and_nobody_behind_its_proxy(running: Running) -> None:
    app = create_web(running)
    async with caller(app) as here, caller(app, "::1") as here_too, caller(app, "10.0.0.5") as near:
        assert await seen(here) == (True, 200)
        assert await seen(here_too) == (True, 200)
        assert await seen(near) == (False, 404)
        for header in FORWARDED:
            assert await seen(here, {header: "127.0.0.1"}) == (False, 404)
        assert await seen(here, OPENED) == (True, 200)
        assert await seen(near, OPENED) == (False, 404)


async def test_a_token_opens_them_from_anywhere_and_nothing_else_does(running: Running) -> None:
    app = create_web(with_settings(running, METRICS_TOKEN=TOKEN))
    async with caller(app) as here, caller(app, "203.0.113.7") as far:
        assert await seen(far, OPENED) == (True, 200)
        assert await seen(far, {**OPENED, "X-Forwarded-For": "203.0.113.9"}) == (True, 200)
        wrong = ("", f"Bearer {TOKEN}x", f"bearer {TOKEN}", TOKEN, f"Bearer {TOKEN[:-1]}", "Bearer è")
        for each in wrong:
            assert await seen(far, {b"authorization": each.encode()}) == (False, 401)
        assert await seen(here) == (False, 401)
        assert (await far.get("/metrics")).headers["www-authenticate"] == "Bearer"


async def test_a_port_of_its_own_shows_them_and_nothing_besides(running: Running) -> None:
    running = with_settings(running, METRICS_PORT=str(free_port()))
    async with caller(create_web(running)) as public, caller(create_watching(running), "10.0.0.5") as own:
        assert await seen(public) == (False, 404)
        assert await seen(own) == (True, 200)
        assert (await own.get("/healthz")).text == "alive"
        for path in ("/docs", "/openapi.json", "/callbacks/payments", "/telegram/webhook"):
            assert (await own.get(path)).status_code == 404


async def test_the_port_is_served_also_where_no_web_is(running: Running) -> None:
    port, stop = free_port(), asyncio.Event()
    serving = asyncio.create_task(serve_watching(running, port, stop))
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
        asyncio.timeout(60),
    ):
        while True:
            try:
                assert await seen(client) == (True, 200)
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.01)
    stop.set()
    await serving


def test_the_port_is_another_than_that_of_the_bot() -> None:
    for given in ({"METRICS_PORT": "8080"}, {"METRICS_PORT": "9000", "PORT": "9000"}):
        with pytest.raises(SettingsError, match=r"METRICS_PORT is wrong .*PORT"):
            load(given, env_file=None)


@contextmanager
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every look at the outbox."""
    seen, depth = [], Outbox.depth

    async def counted(self: Outbox) -> object:
        seen.append("outbox")
        await asyncio.sleep(0)
        return await depth(self)

    monkeypatch.setattr(Outbox, "depth", counted)
    yield seen


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_many_calls_at_once_are_one_look_at_the_database(
    running: Running, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    with looks(monkeypatch) as seen_looks:
        async with caller(create_web(running)) as client:
            answers = await asyncio.gather(*(client.get(path) for _ in range(16)))
            assert {answer.status_code for answer in answers} == {200}
            assert len(seen_looks) == 1
            clock.advance(timedelta(seconds=1))
            await client.get(path)
            assert len(seen_looks) == 2
