"""The bot behind a real nginx: at the root, under a path that is taken away or left, and what the doctor says of it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.commands import doctor_outside
from bot.commands.doctor_outcomes import Fault
from bot.runtime import Running
from bot.settings import Settings, load
from bot.web.paths import TELEGRAM_WEBHOOK
from bot.web.webhook import SECRET_HEADER
from tests.support.caller import served
from tests.support.long_runs import some
from tests.support.proxy import nginx, why_no_nginx

SECRET = "a-secret-of-the-tests"
FORWARDED = "proxy_set_header X-Forwarded-For $remote_addr;"


@pytest.fixture(autouse=True)
def needs_nginx() -> None:
    """Without the program there is nothing to try."""
    if (reason := why_no_nginx()) is not None:
        pytest.skip(reason)


@dataclass(frozen=True)
class Site:
    """The bot as it is reached from outside, and its settings."""

    address: str
    client: httpx.AsyncClient
    settings: Settings

    async def get(self, path: str) -> httpx.Response:
        """Ask for a path below the address of the bot."""
        return await self.client.get(f"{self.address}{path}")


@asynccontextmanager
async def site(
    running: Running, folder: Path, location: str, before: str = "/rinnovo", forwarded: str = FORWARDED
) -> AsyncIterator[Site]:
    """The bot behind nginx with this `location`; BOT stands for where the bot listens."""
    async with served(running) as direct:
        bot = str(direct.base_url).rstrip("/")
        with nginx(folder, f"{location.replace('BOT', bot)[:-1]} {forwarded} }}") as outside:
            given = {"PUBLIC_URL": f"{outside}{before}", "WEBHOOK_SECRET": SECRET}
            async with httpx.AsyncClient(timeout=60) as client:
                yield Site(f"{outside}{before}", client, load(given, env_file=None))


@pytest.fixture
def running(running: Running) -> Running:
    """A bot that takes its webhook at an address with a path."""
    given = {"PUBLIC_URL": "https://bot.example.com/rinnovo", "WEBHOOK_SECRET": SECRET}
    return Running(
        load(given, env_file=None),
        running.clock,
        running.database,
        running.conversation,
        running.bot,
        running.texts,
    )


@pytest.mark.parametrize(
    ("location", "before"),
    some(
        [
            ("location /rinnovo/ { proxy_pass BOT/; }", "/rinnovo"),
            ("location /rinnovo/ { proxy_pass BOT; }", "/rinnovo"),
            ("location / { proxy_pass BOT; }", ""),
        ],
        1,
    ),
    ids=["path taken away", "path left", "no path"],
)
async def test_everything_is_reached(running: Running, tmp_path: Path, location: str, before: str) -> None:
    async with site(running, tmp_path, location, before) as outside:
        assert (await outside.get("/healthz")).text == "alive"
        assert (await outside.get("/readyz")).text == "ready"
        assert (await outside.get("/metrics")).status_code == 404
        assert "answers" in await doctor_outside.public_url(outside.settings)
        brought = await outside.client.post(
            f"{outside.address}{TELEGRAM_WEBHOOK}", headers={SECRET_HEADER: SECRET}, json={}
        )
        assert (brought.status_code, brought.json()["detail"]) == (400, "the body is not an update")
        if before:
            page = (await outside.get("/docs")).text
            found = [a or b for a, b in re.findall(r"""(?:src|href)="([^"]+)"|url: '([^']+)'""", page)]
            assert len(found) == 4
            root = outside.address.removesuffix(before)
            for address in found:
                assert (await outside.client.get(f"{root}{address}")).status_code == 200


async def test_the_doctor_says_what_the_proxy_should_do(running: Running, tmp_path: Path) -> None:
    location = "location /altrove/ { proxy_pass BOT; }"
    async with site(running, tmp_path, location, "/altrove") as elsewhere:
        with pytest.raises(Fault, match="without what PUBLIC_URL has after the host"):
            await doctor_outside.public_url(elsewhere.settings)


async def test_the_doctor_says_that_the_proxy_shows_the_numbers_to_everybody(
    running: Running, tmp_path: Path
) -> None:
    location = "location / { proxy_pass BOT; }"
    async with site(running, tmp_path, location, "", forwarded="") as bare:
        with pytest.raises(Fault, match="let the proxy send X-Forwarded-For"):
            await doctor_outside.public_url(bare.settings)
