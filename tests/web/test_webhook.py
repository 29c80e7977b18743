"""Telegram's webhook over HTTP: who may call it, what it takes, and when it says that an update was taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
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
from bot.web.server import create_web
from bot.web.webhook import BODY_LIMIT, PATH, SECRET_HEADER, register_webhook
from tests.support.clock import FrozenClock
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
    answer = await site.client.post(PATH, json=update, headers=HEADERS)
    assert answer.status_code == 200
    assert "Come si rinnova" in world.last_answer(1).content.text.text


async def test_the_same_update_again_is_acknowledged_and_ignored(site: Site, world: World) -> None:
    world.open_chat(1, "Prova", "it")
    world.send_text(1, "/help")
    (update,) = world.drain_updates()
    for _ in range(3):
        assert (await site.client.post(PATH, json=update, headers=HEADERS)).status_code == 200
    assert len([message for message in world.messages(1) if message.sender == world.bot]) == 1


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "è"}])
async def test_nobody_else_may_call_it(site: Site, headers: dict[str, str]) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = await site.client.post(PATH, json={"update_id": 1}, headers=encoded)
    assert answer.status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"update_id": "1"}'])
async def test_what_is_not_an_update_is_refused(site: Site, body: bytes) -> None:
    assert (await site.client.post(PATH, content=body, headers=HEADERS)).status_code == 400


async def test_a_body_without_end_is_cut_off(site: Site) -> None:
    answer = await site.client.post(PATH, content=b" " * (BODY_LIMIT + 1), headers=HEADERS)
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
        assert (await site.client.post(PATH, json=update, headers=HEADERS)).status_code == 503
    (told,) = (line for line in logs if line["event"] == "update_not_stored")
    assert "seen_update" in told["reason"]
    async with database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO seen_update")
    assert (await site.client.post(PATH, json=update, headers=HEADERS)).status_code == 200
    assert "Come si rinnova" in world.last_answer(1).content.text.text


async def test_the_webhook_is_registered_with_its_secret(site: Site) -> None:
    session = OfflineSession()

    async def nothing_yet(_: TelegramMethod[Any]) -> dict[str, Any]:
        return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}

    session.answers["GetWebhookInfo"] = nothing_yet
    running = replace(site.running, bot=Bot("42:sample-token-for-tests", session=session))
    registering = asyncio.create_task(register_webhook(running))
    while not any(isinstance(call, SetWebhook) for call in session.calls):
        await asyncio.sleep(0)
    registering.cancel()
    (call,) = (call for call in session.calls if isinstance(call, SetWebhook))
    assert call.url == f"https://bot.example.com{PATH}"
    assert call.secret_token == SECRET
    assert {"message", "callback_query", "my_chat_member"} <= set(call.allowed_updates or ())


async def test_there_is_no_webhook_while_polling(
    conversation: Conversation, bot: Bot, database: Database, texts: Texts, clock: FrozenClock
) -> None:
    running = Running(load({}, env_file=None), clock, database, conversation, bot, texts)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_web(running)), base_url="http://bot.example.com"
    ) as client:
        assert (await client.post(PATH, json={}, headers=HEADERS)).status_code == 404
