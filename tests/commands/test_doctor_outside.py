"""What the doctor finds outside: a mail server, Telegram's webhook, the bot's own address behind a proxy, Redis."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.commands import doctor_outside
from bot.commands.doctor_outcomes import Fault, Off, Waits
from bot.settings import Settings, load
from bot.web.paths import TELEGRAM_WEBHOOK
from tests.support.mail_server import PASSWORD, USER, serve_smtp

TOKEN = "1000000001:demo-token-that-opens-nothing-at-all"
PUBLIC = {"PUBLIC_URL": "https://bot.example.com/rinnovo", "WEBHOOK_SECRET": "a-secret-of-the-tests"}
OURS = f"https://bot.example.com/rinnovo{TELEGRAM_WEBHOOK}"


def settings(**given: str) -> Settings:
    return load({"BOT_TOKEN": TOKEN, **given}, env_file=None)


@asynccontextmanager
async def answering(answers: Mapping[str, tuple[int, Any]]) -> AsyncIterator[str]:
    """A server that answers these paths with a status, and with JSON or an address to go to; its own address."""

    async def answer(request: web.Request) -> web.Response:
        status, body = answers.get(request.path, (404, {"ok": False, "description": "Not Found"}))
        if status in {301, 308}:
            return web.Response(status=status, headers={"Location": body})
        if isinstance(body, str):
            return web.Response(text=body, status=status)
        return web.json_response(body, status=status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def test_a_password_is_not_sent_where_the_mailer_would_not_send_it() -> None:
    async with serve_smtp(users=True) as server:
        # Another name for this machine, which the mailer does not know.
        address = f"smtp://{USER}:{PASSWORD}@0.0.0.0:{server.port}"
        with pytest.raises(Fault, match="not sent"):
            await doctor_outside.smtp(settings(SMTP_URL=address, MAIL_FROM="rinnovi@example.com"))
        assert server.connections == 1


async def test_the_mail_server_is_reached_as_mails_are() -> None:
    async with serve_smtp(users=True) as server:
        given = {"MAIL_FROM": "rinnovi@example.com"}
        right = settings(SMTP_URL=f"smtp://{USER}:{PASSWORD}@localhost:{server.port}", **given)
        assert await doctor_outside.smtp(right) == f"localhost:{server.port} answers"
        wrong = settings(SMTP_URL=f"smtp://{USER}:un-altra@localhost:{server.port}", **given)
        with pytest.raises(Fault, match=r"SMTPAuthenticationError\): check SMTP_URL") as fault:
            await doctor_outside.smtp(wrong)
        assert "un-altra" not in str(fault.value)
    with pytest.raises(Fault, match="refuses"):
        await doctor_outside.smtp(settings(SMTP_URL="smtp://localhost:1", **given))


async def webhook(info: dict[str, Any], **given: str) -> str:
    """What is said of a webhook that Telegram describes so."""
    async with answering({f"/bot{TOKEN}/getWebhookInfo": (200, {"ok": True, "result": info})}) as address:
        return await doctor_outside.webhook(settings(BOT_API_URL=address, **given))


async def test_telegram_is_asked_where_it_delivers() -> None:
    good = {"url": OURS, "pending_update_count": 3}
    assert await webhook(good, **PUBLIC) == "registered, 3 waiting"
    assert await webhook({"url": ""}) == "none, the bot asks for updates"
    with pytest.raises(Waits, match="registers it when it starts"):
        await webhook({"url": ""}, **PUBLIC)
    with pytest.raises(Fault, match="another address"):
        await webhook({"url": "https://old.example.com/telegram/webhook"}, **PUBLIC)
    with pytest.raises(Fault, match="PUBLIC_URL is not set"):
        await webhook(good)
    failed = {**good, "last_error_date": 1_795_000_000, "last_error_message": "Wrong response: 401"}
    with pytest.raises(Waits, match="on 2026-11-18 at 12:06: Wrong response: 401; 3 waiting"):
        await webhook(failed, **PUBLIC)


async def test_a_bot_api_that_is_none_is_said_without_the_token() -> None:
    answers: tuple[object, ...] = ([], {"ok": False, "description": "Unauthorized"})
    for body in answers:
        async with answering({f"/bot{TOKEN}/getMe": (200, body)}) as address:
            with pytest.raises(Fault, match="does not accept BOT_TOKEN") as fault:
                await doctor_outside.telegram(settings(BOT_API_URL=address))
        assert TOKEN not in str(fault.value)


async def called(answers: Mapping[str, tuple[int, Any]], path: str = "/rinnovo") -> str:
    """What is said of an address at which these answers come."""
    async with answering(answers) as address:
        given = PUBLIC | {"PUBLIC_URL": f"{address}{path}"}
        return await doctor_outside.public_url(settings(**given))


async def test_the_bot_is_called_at_its_own_address() -> None:
    alive = {"/rinnovo/healthz": (200, "alive")}
    assert (await called(alive)).endswith("/rinnovo/healthz answers")
    with pytest.raises(Fault, match="metrics is open to everybody: set METRICS_TOKEN"):
        await called({**alive, "/rinnovo/metrics": (200, "rinnovo_database_up 1")})
    with pytest.raises(Fault, match="answers 404, and it is not this bot: the proxy should pass its path on"):
        await called({})
    with pytest.raises(Fault, match="it is not this bot"):
        await called({"/rinnovo/healthz": (200, {"welcome": "to nginx"})})
    with pytest.raises(Fault, match="follows no redirection"):
        await called({"/rinnovo/healthz": (308, "/altrove/healthz")})
    with pytest.raises(Waits, match="the bot does not run"):
        await called({"/rinnovo/healthz": (502, {})})
    with pytest.raises(Fault, match=r"cannot be reached \(ConnectError\)"):
        await doctor_outside.public_url(settings(**PUBLIC | {"PUBLIC_URL": "http://127.0.0.1:1"}))
    with pytest.raises(Off):
        await doctor_outside.public_url(settings())


async def test_a_redis_that_forgets_conversations_is_said(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redis.asyncio import Redis

    assert await doctor_outside.redis(settings(REDIS_URL=redis_url)) == "answers"

    async def forgetful(_self: Redis, _section: str) -> dict[str, str]:
        return {"maxmemory_policy": "allkeys-lru"}

    monkeypatch.setattr(Redis, "info", forgetful)
    with pytest.raises(Waits, match=r"forgets .*allkeys-lru\): set it to noeviction"):
        await doctor_outside.redis(settings(REDIS_URL=redis_url))
