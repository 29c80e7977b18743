"""Events reach the operator's system over real HTTP, signed as its own library checks it."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from bot.clock import SystemClock
from bot.messages.versions import UnreadablePayload
from bot.services.sending.events import Events, event_body
from bot.services.sending.outbox import Channel, Claimed, Outcome, Result
from tests.support.faults import Fault, FaultyNetwork, Request, answer, listening
from tests.support.process import free_port

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HAPPENED = datetime(2026, 11, 23, 9, 58, 1, 123456, tzinfo=UTC)
DATA = {"order": "R7K2M-4", "due": "36.48", "mailboxes": ["perché@pec.example"]}
EVENT = {"v": 1, "type": "order.cancelled", "version": 1, "data": DATA}
UNVERSIONED = {
    "type": "renewal.completed",
    "order": "R7K2M-4",
    "order_text": "r7k2m 4",
    "due": 3648,
    "net": 2990,
    "vat": 658,
    "years": 1,
    "lines": [
        {"kind": "plan", "quantity": 1, "net": 2990, "vat": 658, "vat_percent": "22", "next_unit_net": None}
    ],
    "items": [{"address": "perché@pec.example", "new_expiry": "2027-12-01"}],
    "paid": 3648,
    "paid_text": "36.48",
    "missing": 0,
}
"""As the first release wrote it."""


def claimed(attempts: int = 1, payload: Mapping[str, Any] = EVENT) -> Claimed:
    """A row that is to be sent now."""
    now = SystemClock().now()
    return Claimed(
        7,
        "completed:R7K2M-4:event",
        Channel.EVENT,
        None,
        payload,
        HAPPENED,
        attempts,
        "w",
        now + timedelta(minutes=1),
    )


class Receiver:
    """The operator's system: keeps what it is sent, answers as a test tells it."""

    def __init__(self, status: int = 204, more: str = "") -> None:
        """Answer with `status`, and `more` headers."""
        self.requests: list[Request] = []
        self._status = status
        self._more = more

    async def __call__(self, request: Request) -> bytes:
        """Take a call."""
        self.requests.append(request)
        return answer(self._status, more=self._more)


Posting = Callable[[str], AbstractAsyncContextManager[Events]]


@pytest.fixture
def posting() -> Posting:
    """Opens a sender of events to an address."""

    @asynccontextmanager
    async def opened(url: str) -> AsyncIterator[Events]:
        async with Events(url, SecretStr(SECRET), SystemClock()) as events:
            yield events

    return opened


async def post(posting: Posting, receiver: Receiver) -> Outcome:
    """Post one event to a receiver."""
    async with listening(receiver) as address, posting(f"{address}/hook") as events:
        return await events.send(claimed())


async def test_an_event_is_signed_and_leaves_as_it_was_written(posting: Posting) -> None:
    receiver = Receiver()
    assert (await post(posting, receiver)).result is Result.SENT
    (request,) = receiver.requests
    assert request.head.startswith(b"POST /hook HTTP/1.1\r\n")
    assert request.headers["content-type"] == "application/json"
    assert Webhook(SECRET).verify(request.body, request.headers) == {
        "type": "order.cancelled",
        "version": 1,
        "timestamp": "2026-11-23T09:58:01Z",
        "data": DATA,
    }
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(request.body.replace(b"36.48", b"99.48"), request.headers)


def test_an_event_that_waited_since_the_first_release_leaves_as_that_would_have_sent_it() -> None:
    assert event_body(claimed(payload=UNVERSIONED)) == {
        "type": "renewal.completed",
        "timestamp": "2026-11-23T09:58:01Z",
        "data": {
            "order": "R7K2M-4",
            "due": "36.48",
            "net": "29.90",
            "vat": "6.58",
            "years": 1,
            "lines": [
                {
                    "kind": "plan",
                    "quantity": 1,
                    "net": "29.90",
                    "vat": "6.58",
                    "vat_percent": "22",
                    "next_unit_net": None,
                }
            ],
            "items": [{"address": "perché@pec.example", "new_expiry": "2027-12-01"}],
            "paid": "36.48",
            "missing": "0.00",
        },
    }


def test_an_event_of_a_newer_release_is_left_to_it() -> None:
    with pytest.raises(UnreadablePayload, match="written in form 2 by a newer release"):
        event_body(claimed(payload=EVENT | {"v": 2}))


async def test_an_event_has_one_id_from_attempt_to_attempt(posting: Posting) -> None:
    receiver = Receiver(503)
    async with listening(receiver) as address, posting(address) as events:
        await events.send(claimed(1))
        await events.send(claimed(2))
    first, second = (request.headers["webhook-id"] for request in receiver.requests)
    assert first == second
    assert "R7K2M" not in first
    assert json.loads(receiver.requests[0].body) == event_body(claimed())


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, Result.SENT),
        (202, Result.SENT),
        (301, Result.FAILED),
        (307, Result.FAILED),
        (400, Result.FAILED),
        (401, Result.FAILED),
        (410, Result.FAILED),
        (408, Result.RETRY),
        (425, Result.RETRY),
        (429, Result.RETRY),
        (500, Result.RETRY),
        (503, Result.RETRY),
    ],
)
async def test_each_answer_has_its_meaning(posting: Posting, status: int, result: Result) -> None:
    receiver = Receiver(status, "location: http://127.0.0.1:1/elsewhere\r\n")
    outcome = await post(posting, receiver)
    assert outcome.result is result
    assert len(receiver.requests) == 1
    assert result is Result.SENT or str(status) in (outcome.reason or "")


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("120", 120, 120),
        ("99999999999", 3600, 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Wed, 21 Oct 2065 07:28:00 GMT", 3600, 3600),
    ],
)
async def test_the_other_side_says_when_to_come_again(
    posting: Posting, asked: str, least: int, most: int
) -> None:
    outcome = await post(posting, Receiver(429, f"retry-after: {asked}\r\n"))
    assert outcome.wait is not None
    assert least <= outcome.wait.total_seconds() <= most


async def test_nonsense_about_when_to_come_again_is_ignored(posting: Posting) -> None:
    assert (await post(posting, Receiver(503, "retry-after: soon\r\n"))).wait is None


async def test_nobody_there_lets_the_channel_rest(posting: Posting) -> None:
    async with posting(f"http://127.0.0.1:{free_port()}") as events:
        outcome = await events.send(claimed())
    assert outcome.result is Result.RETRY
    assert outcome.rest is not None


class Resetting(FaultyNetwork):
    """Passes everything on and resets the connection instead of an answer."""

    async def decide(self, text: str) -> Fault:
        """The same each time."""
        del text
        return Fault.ANSWER_RESET


async def test_a_lost_answer_is_asked_for_again_with_the_same_id(posting: Posting) -> None:
    receiver = Receiver()
    async with listening(receiver) as behind, Resetting().before(behind) as front, posting(front) as events:
        assert (await events.send(claimed(1))).result is Result.RETRY
        assert (await events.send(claimed(2))).result is Result.RETRY
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len(receiver.requests) == 2


async def test_a_silent_system_is_asked_again(posting: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(FaultyNetwork):
        async def decide(self, text: str) -> Fault:
            del text
            return Fault.SILENCE

    monkeypatch.setattr("bot.services.sending.events._TIMEOUT", httpx.Timeout(60.0, read=0.2))
    async with Silent().before("http://127.0.0.1:1") as front, posting(front) as events:
        outcome = await events.send(claimed())
    assert (outcome.result, outcome.reason) == (Result.RETRY, "no answer from EVENTS_URL: ReadTimeout")
