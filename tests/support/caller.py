"""The operator's system: it signs its calls as Standard Webhooks says, and makes them over real HTTP."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from standardwebhooks import Webhook

from bot.runtime import Running
from bot.web.payments import PATH
from bot.web.server import serve_web
from tests.support.process import free_port

SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy13aXRoLTMyLWJ5dGVz"
OTHER_SECRET = "whsec_YW5vdGhlci1zZWNyZXQtb2YtdGhlLXRlc3RzLTMyLWJ5"
JSON = {"content-type": "application/json"}
_STARTS_WITHIN = 60


def payment_event(**changes: Any) -> dict[str, Any]:
    """A complete event; names of `data` are changed there, `reversal_id` is added to it, the others are at the top."""
    event: dict[str, Any] = {
        "type": "payment.registered",
        "timestamp": "2026-11-23T10:00:00Z",
        "data": {
            "payment_id": "bank-7781",
            "order": "R7K2M-4",
            "amount": "36.48",
            "currency": "EUR",
            "method": "bank_transfer",
            "registered_at": "2026-11-23T09:58:00Z",
        },
    }
    for name, value in changes.items():
        (event["data"] if name in {*event["data"], "reversal_id"} else event)[name] = value
    return event


def signed(
    body: bytes, *, call_id: str, secrets_in_use: Sequence[str] = (SECRET,), age: timedelta = timedelta(0)
) -> dict[str, str]:
    """The headers of a call made `age` ago, with one signature for each secret; only text can be signed well."""
    text = body.decode(errors="replace")
    at = datetime.now(UTC) - age
    signatures = [Webhook(secret).sign(call_id, at, text) for secret in secrets_in_use]
    return {
        "webhook-id": call_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


@dataclass(frozen=True, slots=True)
class Caller:
    """Makes calls to a running bot."""

    client: httpx.AsyncClient

    async def call(
        self, event: dict[str, Any] | bytes, call_id: str | None = None, *, path: str = PATH
    ) -> httpx.Response:
        """Make a signed call, with an id of its own unless one is given."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        return await self.post(body, signed(body, call_id=call_id or secrets.token_hex(8)) | JSON, path)

    async def post(
        self, body: bytes | AsyncIterable[bytes], headers: dict[str, str], path: str = PATH
    ) -> httpx.Response:
        """Send exactly this."""
        return await self.client.post(path, content=body, headers=headers)


@asynccontextmanager
async def served(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the bot's web side on a free port, for the length of an ``async with`` block; a client for it."""
    port = free_port()
    running = replace(running, settings=replace(running.settings, host="127.0.0.1", port=port))
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_web(running, stop))
    address = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            await _until_served(client, serving)
            yield client
    finally:
        stop.set()
        await serving


async def _until_served(client: httpx.AsyncClient, serving: "asyncio.Task[None]") -> None:
    async with asyncio.timeout(_STARTS_WITHIN):
        while not serving.done():
            try:
                await client.get("/healthz")
            except httpx.ConnectError:
                await asyncio.sleep(0.01)
            else:
                return
    await serving
