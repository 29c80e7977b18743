"""Two `web` answer one bot, with and without Redis: no chat waits for a dead one, nothing is lost or done twice."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from sqlalchemy import make_url

from bot.app import Told, build_services
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.demo.walkthrough_phone import Phone
from bot.running.ending import GONE_SECONDS
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue
from tests.support.databases import PostgresqlDatabases
from tests.support.seed import Seed
from tests.support.webs import SlowWorld, Webs, webs_on

pytestmark = pytest.mark.soak

CHAT = 1001
ENDS_WITHIN = 10.0
"""Seconds from SIGTERM to the end, as docs/operating.md says."""
HANGS = 60.0
"""Seconds after which something hangs, on however busy a machine."""


@pytest.fixture(params=[False, True], ids=["database alone", "with Redis"])
def where(
    request: pytest.FixtureRequest, postgresql_databases: PostgresqlDatabases
) -> Iterator[tuple[str, str | None]]:
    """A PostgreSQL of their own, and a Redis or none."""
    redis_url = request.getfixturevalue("redis_url") if request.param else None
    with postgresql_databases.new() as url:
        yield url, redis_url


@pytest.fixture
async def webs(tmp_path: Path, where: tuple[str, str | None]) -> AsyncIterator[Webs]:
    """Two that answer, and a customer with two mailboxes in the chat, who has a renewal open."""
    async with webs_on(tmp_path, *where) as two:
        database = Database(two.database_url, KeyRing.parse(two.data_key))
        await database.start()
        try:
            surroundings = Surroundings(example_catalogue(), SystemClock(), ZoneInfo("Europe/Rome"))
            seed = Seed(database, surroundings)
            for name in ("uno", "due"):
                await seed.mailbox("rossi", address=f"{name}@pec.example", expires_in=20)
            token = (await build_services(database, surroundings, Told()).linking.invite("rossi")).token
        finally:
            await database.dispose()
        for number in (0, 1):
            two.start(number)
        await two.up(0, 1)
        two.world.open_chat(CHAT, "Prova", "it")
        two.world.deep_link(CHAT, token)
        await two.bring_all()
        two.world.send_text(CHAT, "/renew")
        await two.bring_all()
        yield two


@pytest.fixture
def phone(webs: Webs) -> Phone:
    """The customer's."""
    return Phone(webs.world, CHAT, patience=HANGS)


def press(webs: Webs, phone: Phone, words: str) -> str:
    """Tap, and bring it to nobody yet."""
    screen = phone.screen
    assert screen is not None
    return webs.world.tap(CHAT, screen.message_id, phone.label(words))


def said(webs: Webs) -> list[str]:
    """What the bot has said so far."""
    return [each.text for each in webs.world.messages(CHAT) if each.sender == webs.world.bot]


def slow(webs: Webs) -> SlowWorld:
    """The Telegram that can be slow."""
    assert isinstance(webs.world, SlowWorld)
    return webs.world


async def tap_slowly(webs: Webs, phone: Phone, words: str) -> tuple[dict[str, Any], asyncio.Task[int | None]]:
    """Tap, and bring it to the first web, whose edit Telegram does not answer: the tap, and the web's answer."""
    world = slow(webs)
    world.edits.clear()
    world.waiting.clear()
    press(webs, phone, words)
    (tap,) = webs.updates()
    held = asyncio.create_task(webs.bring(0, tap))
    await world.waiting.wait()
    return tap, held


async def given_up(webs: Webs) -> int:
    """How many sessions the database has ended so far, as it does with whoever stands still and holds a lock."""
    url = make_url(webs.database_url).set(drivername="postgresql")
    looking: Any = await asyncpg.connect(url.render_as_string(hide_password=False))
    try:
        found: int = await looking.fetchval(
            "SELECT sessions_fatal + sessions_killed FROM pg_stat_database WHERE datname = current_database()"
        )
    finally:
        await looking.close()
    return found


async def test_what_comes_to_both_at_once_is_done_once(webs: Webs, phone: Phone) -> None:
    for _ in range(12):
        before = said(webs)
        webs.world.send_text(CHAT, "/privacy")
        (update,) = webs.updates()
        answers = await asyncio.gather(*(webs.bring(number, update, times=50) for number in (0, 1)))
        assert answers == [200, 200]
        assert len(said(webs)) - len(before) in {1, 2}, "drawn twice where both had begun, and counted once"

    webs.world.send_text(CHAT, "/renew")
    await webs.bring_all()
    press(webs, phone, "Riprendi")
    await webs.bring_all()
    first = phone.label("uno@")
    press(webs, phone, "uno@")
    (tap,) = webs.updates()
    taps = [{**tap, "update_id": tap["update_id"] + place} for place in range(50)]
    found = await asyncio.gather(*(webs.bring(place % 2, each, times=100) for place, each in enumerate(taps)))
    assert set(found) == {200}
    assert phone.label("uno@") != first, "as the last wish was"


async def test_one_that_stands_still_dies_or_ends_keeps_no_chat_waiting(webs: Webs, phone: Phone) -> None:
    before = phone.label("uno@")
    tap, held = await tap_slowly(webs, phone, "uno@")
    webs.send(0, signal.SIGSTOP)
    slow(webs).edits.set()
    lost = await given_up(webs)
    assert await webs.bring(1, tap) == 200
    ticked, other = phone.label("uno@"), phone.label("due@")
    assert ticked != before
    press(webs, phone, "due@")
    await webs.bring_all(1)
    assert await given_up(webs) == lost, "it has waited until a lock was given up for lost"
    webs.send(0, signal.SIGCONT)
    assert await held == 200
    assert (phone.label("uno@"), phone.label("due@") == other) == (ticked, False), "it has undone nothing"

    tap, held = await tap_slowly(webs, phone, "uno@")
    webs.send(0, signal.SIGKILL)
    assert await held is None
    await webs.ended(0)
    slow(webs).edits.set()
    assert await webs.bring(1, tap) == 200
    assert phone.label("uno@") == before
    assert await given_up(webs) == lost

    webs.start(0)
    await webs.up(0)
    tap, held = await tap_slowly(webs, phone, "uno@")
    webs.send(0, signal.SIGTERM)
    async with asyncio.timeout(HANGS):  # it knows itself when it is time to go
        await webs.ended(0)
    assert GONE_SECONDS < ENDS_WITHIN
    assert await held != 200, "Telegram has to bring it again"
    slow(webs).edits.set()
    assert await webs.bring(1, tap) == 200
    assert phone.label("uno@") == ticked
