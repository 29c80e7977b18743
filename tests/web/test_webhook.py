"""Telegram's webhook over HTTP: who may call it, what it takes, and when it says that an update was taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.methods import SetWebhook, TelegramMethod
from fastapi import FastAPI
from structlog.testing import capture_logs

from bot.app import Conversation
from bot.clock import Clock
from bot.db.engine import Database
from bot.playground.world import World
from bot.runtime import Running
from bot.settings import load
from bot.texts import Texts
from bot.web.paths import TELEGRAM_WEBHOOK
from bot.web.server import create_web
from bot.web.webhook import BODY_LIMIT, CONNECTIONS, SECRET_HEADER, register_webhook
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.telegram import OfflineSession

SECRET = "a-secret-of-the-tests"
HEADERS = {SECRET_HEADER: SECRET}


@dataclass(frozen=True)
class Site:
    """The web application of a bot by webhook, and how to call it."""

    client: httpx.AsyncClient
    app: FastAPI
    running: Running


@pytest.fixture
async def site(
    conversation: Conversation, bot: Bot, database: Database, texts: Texts, clock: FrozenClock
) -> AsyncIterator[Site]:
    settings = load({"PUBLIC_URL": "https://bot.example.com", "WEBHOOK_SECRET": SECRET}, env_file=None)
    watch: Clock = clock
    running = Running(settings, watch, database, conversation, bot, texts)
    app = create_web(running)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://bot.example.com"
    ) as client:
        yield Site(client, app, running)


async def test_an_update_is_processed_before_it_is_acknowledged(site: Site, world: World) -> None:
    world.open_chat(1, "Prova", "it")
    world.send_text(1, "/help")
    (update,) = world.drain_updates()
    answer = await site.client.post(TELEGRAM_WEBHOOK, json=update, headers=HEADERS)
    assert answer.status_code == 200
    assert "Come si rinnova" in world.last_answer(1).content.text.text


async def test_the_same_update_again_is_acknowledged_and_ignored(site: Site, world: World) -> None:
    world.open_chat(1, "Prova", "it")
    world.send_text(1, "/help")
    (update,) = world.drain_updates()
    for _ in range(3):
        assert (await site.client.post(TELEGRAM_WEBHOOK, json=update, headers=HEADERS)).status_code == 200
    assert len([message for message in world.messages(1) if message.sender == world.bot]) == 1


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "è"}])
async def test_nobody_else_may_call_it(site: Site, headers: dict[str, str]) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = await site.client.post(TELEGRAM_WEBHOOK, json={"update_id": 1}, headers=encoded)
    assert answer.status_code == 401


@pytest.mark.parametrize("body", some([b"", b"{", b"[]", b"{}", b'{"update_id": "1"}'], 2))
async def test_what_is_not_an_update_is_refused(site: Site, body: bytes) -> None:
    assert (await site.client.post(TELEGRAM_WEBHOOK, content=body, headers=HEADERS)).status_code == 400


async def test_a_body_without_end_is_cut_off(site: Site) -> None:
    answer = await site.client.post(TELEGRAM_WEBHOOK, content=b" " * (BODY_LIMIT + 1), headers=HEADERS)
    assert answer.status_code == 413


async def test_an_update_that_could_not_be_stored_comes_again(
    site: Site, world: World, database: Database
) -> None:
    world.open_chat(1, "Prova", "it")
    world.send_text(1, "/help")
    (update,) = world.drain_updates()
    async with database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE seen_update RENAME TO away")
    with capture_logs() as logs:
        refused = await site.client.post(TELEGRAM_WEBHOOK, json=update, headers=HEADERS)
    assert refused.status_code == 503
    # Otherwise Telegram waits longer each time, and what is typed meanwhile passes a tap.
    assert refused.headers["Retry-After"] == "1"
    (told,) = (line for line in logs if line["event"] == "update_not_stored")
    assert "seen_update" in told["reason"]
    async with database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO seen_update")
    assert (await site.client.post(TELEGRAM_WEBHOOK, json=update, headers=HEADERS)).status_code == 200
    assert "Come si rinnova" in world.last_answer(1).content.text.text


async def told_to(site: Site, *infos: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[SetWebhook]:
    """What Telegram is told when it says this of the webhook, look after look."""
    monkeypatch.setattr("bot.web.webhook.CHECK_SECONDS", 0)
    session, left, over = OfflineSession(), list(infos), asyncio.Event()

    async def next_info(_: TelegramMethod[Any]) -> dict[str, Any]:
        if not left:
            over.set()
            await asyncio.Event().wait()
        return {"has_custom_certificate": False, "pending_update_count": 0, **left.pop(0)}

    session.answers["GetWebhookInfo"] = next_info
    running = replace(site.running, bot=Bot("42:sample-token-for-tests", session=session))
    registering = asyncio.create_task(register_webhook(running))
    await over.wait()
    registering.cancel()
    await asyncio.wait([registering])
    return [call for call in session.calls if isinstance(call, SetWebhook)]


def as_told(site: Site) -> dict[str, Any]:
    """What Telegram says once it has been told."""
    types = site.running.conversation.dispatcher.resolve_used_update_types()
    return {
        "url": f"https://bot.example.com{TELEGRAM_WEBHOOK}",
        "max_connections": CONNECTIONS,
        "allowed_updates": list(reversed(types)),
    }


async def test_telegram_is_told_the_secret_at_each_start(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not say which one it has: all else may be as it should be."""
    (call,) = await told_to(site, as_told(site), as_told(site), monkeypatch=monkeypatch)
    assert call.url == f"https://bot.example.com{TELEGRAM_WEBHOOK}"
    assert call.secret_token == SECRET
    assert {"message", "callback_query", "my_chat_member"} <= set(call.allowed_updates or ())


@pytest.mark.parametrize(
    "changed",
    [{"url": ""}, {"max_connections": 5}, {"allowed_updates": ["message"]}, *long({"allowed_updates": None})],
    ids=["address", "connections", "kinds of updates", "the usual kinds"],
)
async def test_telegram_is_told_again_when_it_says_something_else(
    site: Site, changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = await told_to(
        site, as_told(site), as_told(site) | changed, as_told(site), monkeypatch=monkeypatch
    )
    assert len(calls) == 2


async def test_refused_secrets_are_logged_now_and_then_and_not_what_they_were(
    site: Site, clock: FrozenClock
) -> None:
    with capture_logs() as logs:
        for seconds in (0, 1, 1, 60):
            clock.advance(timedelta(seconds=seconds))
            await site.client.post(
                TELEGRAM_WEBHOOK, json={"update_id": 1}, headers={SECRET_HEADER: "one-of-before"}
            )
    told = [line for line in logs if line["event"] == "webhook_secret_refused"]
    assert [line.get("left_out_before") for line in told] == [None, 2]
    assert all("WEBHOOK_SECRET" in line["hint"] for line in told)
    assert "one-of-before" not in str(logs)
    assert SECRET not in str(logs)


async def test_there_is_no_webhook_while_polling(
    conversation: Conversation, bot: Bot, database: Database, texts: Texts, clock: FrozenClock
) -> None:
    running = Running(load({}, env_file=None), clock, database, conversation, bot, texts)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_web(running)), base_url="http://bot.example.com"
    ) as client:
        assert (await client.post(TELEGRAM_WEBHOOK, json={}, headers=HEADERS)).status_code == 404
