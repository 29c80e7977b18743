"""The panel of payments plays the operator's system: what it sends is what that system has to send."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from standardwebhooks import Webhook

from bot.playground.errors import PlaygroundError
from bot.playground.payments_panel import Kind, PaymentsPanel
from bot.playground.server import create_playground
from bot.playground.world import World
from bot.web.invoice_contract import read_invoice
from tests.support.clock import FrozenClock
from tests.support.loopback import served
from tests.support.process import free_port

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Till:
    """Takes calls as the bot does: verifies the signature, and answers what it is told to."""

    status: int = 200
    answer: str = '{"outcome": "completed", "order": "R7K2M-4", "due": "0.00"}'
    calls: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/callbacks/payments")
        @app.post("/callbacks/invoices")
        async def take(request: Request) -> Response:
            body = await request.body()
            headers = dict(request.headers)
            Webhook(SECRET).verify(body, headers)
            assert headers["content-type"] == "application/json"
            self.calls.append((headers, json.loads(body)))
            return Response(self.answer, self.status)

        return app


@pytest.fixture
async def till() -> AsyncIterator[tuple[Till, PaymentsPanel]]:
    """A system that takes calls, and a panel that sends to it."""
    taker = Till()
    async with served(taker.app()) as address:
        yield taker, PaymentsPanel(address, SECRET)


async def test_a_payment_is_signed_and_sent_as_the_contract_says(till: tuple[Till, PaymentsPanel]) -> None:
    taker, panel = till
    sent = await panel.register("R7K2M-4", "36.48")

    ((headers, body),) = taker.calls
    assert body["type"] == "payment.registered"
    assert body["data"] | {"payment_id": "", "registered_at": ""} == {
        "payment_id": "",
        "order": "R7K2M-4",
        "amount": "36.48",
        "currency": "EUR",
        "method": "bank_transfer",
        "registered_at": "",
    }
    assert headers["webhook-id"] == sent.headers["webhook-id"]
    assert (sent.status, sent.outcome, sent.answer["due"]) == (200, "completed", "0.00")


async def test_again_is_the_same_call_and_another_payment_is_not(till: tuple[Till, PaymentsPanel]) -> None:
    taker, panel = till
    first = await panel.register("R7K2M-4", "36.48")
    again = await panel.repeat(first.number)
    other = await panel.register("R7K2M-4", "36.48")

    ids = [headers["webhook-id"] for headers, _ in taker.calls]
    bodies = [body for _, body in taker.calls]
    assert (ids[0], bodies[0]) == (ids[1], bodies[1])
    assert again.again
    assert ids[2] != ids[0]
    assert other.payment_id != first.payment_id
    assert [sent.number for sent in panel.sent] == [1, 2, 3]


async def test_a_reversal_names_its_payment_in_a_call_of_its_own(till: tuple[Till, PaymentsPanel]) -> None:
    taker, panel = till
    first = await panel.register("R7K2M-4", "36.48")
    back = await panel.reverse(first.number)

    (_, came), (headers, went) = taker.calls
    assert went["type"] == Kind.REVERSED
    assert went["data"]["payment_id"] == came["data"]["payment_id"]
    assert (went["data"]["order"], went["data"]["amount"]) == ("R7K2M-4", "36.48")
    assert headers["webhook-id"] != first.headers["webhook-id"]
    assert back.kind is Kind.REVERSED


async def test_an_invoice_is_reported_to_its_own_callback_with_a_number_of_its_own() -> None:
    taker, clock = Till(answer='{"outcome": "told"}'), FrozenClock(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    async with served(taker.app()) as address:
        panel = PaymentsPanel(address, SECRET, clock=clock.now)
        sent = await panel.invoice("R7K2M-4")
        other = await panel.invoice("R7K2M-4")
        await panel.repeat(sent.number)
    (_, body), (_, second), (_, again) = taker.calls
    assert sent.url == f"{address}/callbacks/invoices"
    assert read_invoice(json.dumps(body).encode()).data.number == sent.payment_id
    assert body["data"]["date"] == "2027-01-01", "in Rome the day has begun"
    assert second["data"]["number"] == other.payment_id != sent.payment_id
    assert again == body


@pytest.mark.parametrize(
    ("status", "answer", "shown"),
    [(400, '{"detail": "data.amount: no"}', {"detail": "data.amount: no"}), (502, "away", "away")],
)
async def test_what_was_not_taken_is_shown_as_it_was_said(
    till: tuple[Till, PaymentsPanel], status: int, answer: str, shown: Any
) -> None:
    taker, panel = till
    taker.status, taker.answer = status, answer
    sent = await panel.register("", "a lot")
    assert (sent.status, sent.answer, sent.outcome) == (status, shown, None)


async def test_a_bot_that_is_away_is_no_error_of_the_panel() -> None:
    panel = PaymentsPanel(f"http://127.0.0.1:{free_port()}", SECRET)
    sent = await panel.register("R7K2M-4", "36.48")
    assert sent.status is None
    assert "ConnectError" in sent.answer
    with pytest.raises(PlaygroundError):
        await panel.repeat(sent.number + 1)


async def test_the_page_sends_through_the_server_which_alone_has_the_secret(
    till: tuple[Till, PaymentsPanel], world: World
) -> None:
    taker, panel = till
    transport = httpx.ASGITransport(create_playground(world, payments=panel))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        sent = (await client.post("/playground/payments", json={"order": "R7K2M-4", "amount": "1.00"})).json()
        await client.post(f"/playground/payments/{sent['number']}/again")
        await client.post(f"/playground/payments/{sent['number']}/reverse")
        await client.post("/playground/payments/invoice", json={"order": "R7K2M-4"})
        assert (await client.post("/playground/payments/9/again")).status_code == 409
        foreign = {"Origin": "https://example.com"}
        assert (await client.post("/playground/payments", headers=foreign)).status_code == 403
        listed = await client.get("/playground/payments")
    assert len(taker.calls) == 4
    assert [call["again"] for call in listed.json()["calls"]] == [False, True, False, False]
    assert "whsec" not in listed.text


async def test_without_a_panel_there_are_no_such_routes(world: World) -> None:
    transport = httpx.ASGITransport(create_playground(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8081") as client:
        assert (await client.get("/playground/payments")).status_code == 404


async def test_a_payment_is_registered_in_the_demos_time_and_signed_in_the_real_one() -> None:
    taker, clock = Till(), FrozenClock(datetime(2031, 4, 1, 9, tzinfo=UTC))
    async with served(taker.app()) as address:
        panel = PaymentsPanel(address, SECRET, clock=clock.now)
        sent = await panel.register("R7K2M-4", "36.48")
    assert sent.status == 200, "the till verifies the signature by the clock of the machine"
    ((_, body),) = taker.calls
    assert body["timestamp"] == body["data"]["registered_at"] == "2031-04-01T09:00:00Z"
    assert sent.at == clock.now()
