"""Telegram's webhook: an update is processed first and acknowledged afterwards, so that a crash loses no tap."""

import asyncio
import hmac
from typing import Final

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from aiogram.methods import SetWebhook
from aiogram.types import WebhookInfo
from fastapi import APIRouter, HTTPException, Request, Response, status

from bot.db.turns import StateUnavailable
from bot.runtime import Running
from bot.watching.sparing import Sparing
from bot.web.paths import TELEGRAM_WEBHOOK

_log = structlog.get_logger(__name__)

BODY_LIMIT = 1_000_000
"""Bytes; Telegram's largest updates have a few thousand."""
CONNECTIONS: Final = 40
"""How many updates Telegram brings at once: its own default."""
CHECK_SECONDS = 600
RETRY_SECONDS = 30
AGAIN_SECONDS: Final = 1
"""When an update that was not processed is to come again. Telegram heeds it; by itself it brings it once more at once,
then after 2, 4, 8 … seconds up to a minute and more, and throws a tap away that is two and a half minutes old."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_REFUSED_HINT: Final = (
    "if the calls are Telegram's, WEBHOOK_SECRET is another one there: restart the worker, which tells it"
)


def webhook_router(running: Running) -> APIRouter:
    """Take updates from Telegram, which proves itself by the secret that the webhook was registered with."""
    router = APIRouter()
    secret = running.settings.webhook_secret
    refused = Sparing(_log, "webhook_secret_refused", running.clock)  # anybody can cause it

    @router.post(TELEGRAM_WEBHOOK, include_in_schema=False)
    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if secret is None or not hmac.compare_digest(given.encode(), secret.get_secret_value().encode()):
            refused.warn(hint=_REFUSED_HINT)  # without what was given
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "the secret token is wrong")
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "the update is too large")
        try:
            update = running.bot.session.json_loads(body)
        except ValueError:
            raise HTTPException(status.HTTP_400_BAD_REQUEST, "the body is not JSON") from None
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            raise HTTPException(status.HTTP_400_BAD_REQUEST, "the body is not an update")
        try:
            await running.conversation.dispatcher.feed_raw_update(running.bot, update)
        except StateUnavailable:
            # Not stored: Telegram delivers it again, and the person's later taps behind it.
            raise HTTPException(
                status.HTTP_503_SERVICE_UNAVAILABLE, "try again", {"Retry-After": str(AGAIN_SECONDS)}
            ) from None
        except Exception:  # noqa: BLE001 - delivered again it would fail again, and hold up those behind it
            _log.exception("update_failed", update_id=update["update_id"])
        return Response(status_code=status.HTTP_200_OK)

    return router


async def register_webhook(running: Running) -> None:
    """Tell Telegram where the webhook is, and look every ten minutes whether it still says so.

    It is told at each start, since it does not say which secret it has; later, when what it says differs. To be told
    the same again changes nothing there.

    An address that is wrong for weeks with nobody told is the commonest fault of bots: what Telegram reports of
    failed deliveries is logged.
    """
    bot, wanted, told = running.bot, _wanted(running), False
    known_error: object = None
    while True:
        try:
            info = await bot.get_webhook_info()
            if not (told and _is_as_wanted(info, wanted)):
                await bot(wanted)
                told = True
                _log.info("webhook_registered")
            elif info.last_error_date is not None and info.last_error_date != known_error:
                known_error = info.last_error_date
                _log.warning(
                    "webhook_deliveries_failed",
                    reason=info.last_error_message,
                    waiting=info.pending_update_count,
                )
        except TelegramUnauthorizedError:
            raise
        except TelegramAPIError as error:
            _log.warning("webhook_not_registered", reason=type(error).__name__, retry_in=RETRY_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)
            continue
        await asyncio.sleep(CHECK_SECONDS)


def _wanted(running: Running) -> SetWebhook:
    secret = running.settings.webhook_secret
    return SetWebhook(
        url=f"{running.settings.public_url}{TELEGRAM_WEBHOOK}",
        secret_token=None if secret is None else secret.get_secret_value(),
        allowed_updates=running.conversation.dispatcher.resolve_used_update_types(),
        max_connections=CONNECTIONS,
    )


def _is_as_wanted(info: WebhookInfo, wanted: SetWebhook) -> bool:
    """Whether Telegram says what it was told; of the secret it says nothing."""
    return (info.url, info.max_connections, set(info.allowed_updates or ())) == (
        wanted.url,
        wanted.max_connections,
        set(wanted.allowed_updates or ()),
    )
