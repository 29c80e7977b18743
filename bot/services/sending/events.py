"""The sender of the channel `event`: tells the operator's system what happened, signed (DESIGN.md, "Outgoing events").

The signature is the one that the system puts on its own calls (Standard Webhooks). An event may come twice: its
`webhook-id` is the same then, from attempt to attempt.
"""

import hashlib
import json
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import SecretStr
from standardwebhooks import Webhook

from bot.clock import Clock
from bot.messages.versions import check_readable
from bot.services.sending.event_contract import instant
from bot.services.sending.events_unversioned import unversioned_data
from bot.services.sending.outbox import Claimed, Outcome, Result

_TIMEOUT = httpx.Timeout(connect=5.0, write=5.0, read=15.0, pool=5.0)
_LONGEST_WAIT = timedelta(hours=1)
"""A system that asks for more is asked again sooner: its clock, or its word, may be wrong."""
_ASK_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_AWAY_REST = timedelta(seconds=5)
_ID_LENGTH = 32


class Events:
    """Posts events to the operator's system. Use it in an `async with` block, which closes its connections."""

    def __init__(self, url: str, secret: SecretStr, clock: Clock) -> None:
        """Post to `url`, signed with a Standard Webhooks `secret`."""
        self._url = url
        self._webhook = Webhook(secret.get_secret_value())
        self._clock = clock
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def send(self, claimed: Claimed) -> Outcome:
        """Post one event. It is safe to post again, so silence means: again.

        Raises:
            UnreadablePayload: a newer release wrote it.
        """
        body = json.dumps(event_body(claimed), ensure_ascii=False, separators=(",", ":"))
        try:
            async with self._client.stream(
                "POST", self._url, content=body.encode(), headers=self._headers(claimed, body)
            ) as response:
                return self._judge(response)
        except httpx.ConnectError:
            return Outcome(Result.RETRY, "EVENTS_URL cannot be reached", wait=_AWAY_REST, rest=_AWAY_REST)
        except httpx.TransportError as error:
            return Outcome(Result.RETRY, f"no answer from EVENTS_URL: {type(error).__name__}")

    def _headers(self, claimed: Claimed, body: str) -> dict[str, str]:
        event_id, now = event_id_of(claimed), self._clock.now()
        return {
            "content-type": "application/json",
            "user-agent": "Rinnovo",
            "webhook-id": event_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(event_id, now, body),
        }

    def _judge(self, response: httpx.Response) -> Outcome:
        status = response.status_code
        if response.is_success:
            return Outcome(Result.SENT)
        if status in _ASK_AGAIN or response.is_server_error:
            return Outcome(Result.RETRY, f"EVENTS_URL answered {status}", wait=self._asked_wait(response))
        if response.is_redirect:
            return Outcome(Result.FAILED, f"EVENTS_URL answered {status}: redirects are not followed")
        return Outcome(Result.FAILED, f"EVENTS_URL refused it: {status}")

    def _asked_wait(self, response: httpx.Response) -> timedelta | None:
        """What `Retry-After` asks for, in seconds or as a date."""
        asked = response.headers.get("retry-after", "")
        if asked.isdecimal():
            return min(timedelta(seconds=min(int(asked), 86_400)), _LONGEST_WAIT)
        try:
            moment = parsedate_to_datetime(asked)
        except ValueError:
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(aware - self._clock.now(), timedelta(0)), _LONGEST_WAIT)


def event_id_of(claimed: Claimed) -> str:
    """The event's own id: the same whenever it is posted, and no way back to what the key says."""
    return f"evt_{hashlib.sha256(claimed.key.encode()).hexdigest()[:_ID_LENGTH]}"


def event_body(claimed: Claimed) -> dict[str, Any]:
    """The event as it leaves: what was written when it happened, with the time of that.

    Raises:
        UnreadablePayload: a newer release wrote it.
    """
    payload = claimed.payload
    check_readable(payload)
    timestamp = instant(claimed.created_at)
    if "v" not in payload:
        return {"type": payload["type"], "timestamp": timestamp, "data": unversioned_data(payload)}
    return {
        "type": payload["type"],
        "version": payload["version"],
        "timestamp": timestamp,
        "data": payload["data"],
    }
