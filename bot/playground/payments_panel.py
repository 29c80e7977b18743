"""The operator's system, played: it reports payments and invoices by the real callbacks, signed and over HTTP.

It knows nothing of the bot but the address and the secret that an operator's system is given too: what it reports is
what somebody read in a chat.
"""

import json
import secrets
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from standardwebhooks import Webhook

from bot.playground.errors import PlaygroundError
from bot.playground.methods.base import Clock

_KEPT = 200
_TIMEOUT_SECONDS = 15.0
_CURRENCY = "EUR"
_METHOD = "bank_transfer"
_PAYMENTS = "/callbacks/payments"
_INVOICES = "/callbacks/invoices"
_READ_AT = "https://fatture.example.com"
_ROME = ZoneInfo("Europe/Rome")


class Kind(StrEnum):
    """What a call reports."""

    REGISTERED = "payment.registered"
    REVERSED = "payment.reversed"
    INVOICED = "invoice.issued"


@dataclass(frozen=True, slots=True)
class Sent:
    """A call as it left, and what came back.

    Attributes:
        number: counts from 1.
        at: when it left.
        kind: what it reports.
        again: whether it repeats an earlier call: the same id and body under a new signature.
        order: the order's number, as it was given.
        amount: euros, as they were given; empty for an invoice.
        payment_id: the payment's own id; of an invoice, its number.
        url: where it was sent.
        headers: all that was sent above the body, the signature too.
        body: as it was signed.
        status: of the answer; None when none came.
        answer: the answer, as JSON where it is; why none came otherwise.
    """

    number: int
    at: datetime
    kind: Kind
    again: bool
    order: str
    amount: str
    payment_id: str
    url: str
    headers: dict[str, str]
    body: str
    status: int | None
    answer: Any

    @property
    def outcome(self) -> str | None:
        """What the bot says became of the payment; None when it took no note of it."""
        return str(self.answer["outcome"]) if self.status == httpx.codes.OK else None


@dataclass(frozen=True, slots=True)
class _Call:
    """What makes a call the same call when it is sent again."""

    webhook_id: str
    kind: Kind
    order: str
    amount: str
    payment_id: str
    url: str
    body: str


def _now() -> datetime:
    return datetime.now(UTC)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


class PaymentsPanel:
    """Sends calls to one bot, and remembers them."""

    def __init__(self, web: str, secret: str, *, clock: Clock = _now) -> None:
        """Report to the bot whose web side is at `web`, signed with a Standard Webhooks `secret` (`whsec_…`).

        `clock` says when a payment is registered. Signatures are of the machine's own time, whatever it says: what
        checks them guards against replays in the real world.
        """
        self._web = web
        self._clock = clock
        self._webhook = Webhook(secret)
        self._numbers = count(1)
        self._invoices = count(1)
        self._sent: deque[tuple[_Call, Sent]] = deque(maxlen=_KEPT)

    @property
    def sent(self) -> tuple[Sent, ...]:
        """The calls so far, the oldest first."""
        return tuple(sent for _, sent in self._sent)

    async def register(self, order: str, amount: str) -> Sent:
        """Report that a new payment was registered.

        Arguments:
            order: the number of its order, as the customer wrote it.
            amount: euros, such as `36.48`; nothing is judged here.
        """
        return await self._send(
            self._new_call(Kind.REGISTERED, order, amount, f"demo-{secrets.token_hex(4)}")
        )

    async def repeat(self, number: int) -> Sent:
        """Send a call again, as a system does that saw no answer: the same id, the same body.

        Raises:
            PlaygroundError: there is no call with this number.
        """
        return await self._send(self._call(number), again=True)

    async def reverse(self, number: int) -> Sent:
        """Report that the payment of a call went back.

        Raises:
            PlaygroundError: there is no call with this number.
        """
        call = self._call(number)
        return await self._send(self._new_call(Kind.REVERSED, call.order, call.amount, call.payment_id))

    async def invoice(self, order: str) -> Sent:
        """Report that a new invoice was issued for an order, which can be read at an address of nobody's."""
        now = self._clock()
        number = f"DEMO-{next(self._invoices)}/{now:%Y}"
        data = {
            "order": order,
            "number": number,
            "date": f"{now.astimezone(_ROME):%Y-%m-%d}",
            "document": "invoice",
            "url": f"{_READ_AT}/{secrets.token_urlsafe(8)}",
        }
        event = {"type": Kind.INVOICED.value, "timestamp": _written(now), "data": data}
        webhook_id = f"msg_{secrets.token_hex(12)}"
        call = _Call(
            webhook_id, Kind.INVOICED, order, "", number, f"{self._web}{_INVOICES}", json.dumps(event)
        )
        return await self._send(call)

    def _call(self, number: int) -> _Call:
        for call, sent in self._sent:
            if sent.number == number:
                return call
        raise PlaygroundError(f"there is no call {number}")

    def _new_call(self, kind: Kind, order: str, amount: str, payment_id: str) -> _Call:
        now = _written(self._clock())
        event = {
            "type": kind.value,
            "timestamp": now,
            "data": {
                "payment_id": payment_id,
                "order": order,
                "amount": amount,
                "currency": _CURRENCY,
                "method": _METHOD,
                "registered_at": now,
            },
        }
        webhook_id = f"msg_{secrets.token_hex(12)}"
        return _Call(
            webhook_id, kind, order, amount, payment_id, f"{self._web}{_PAYMENTS}", json.dumps(event)
        )

    async def _send(self, call: _Call, *, again: bool = False) -> Sent:
        signed_at = _now()
        headers = {
            "content-type": "application/json",
            "webhook-id": call.webhook_id,
            "webhook-timestamp": str(int(signed_at.timestamp())),
            "webhook-signature": self._webhook.sign(call.webhook_id, signed_at, call.body),
        }
        at = self._clock()
        status, answer = await self._post(call.url, headers, call.body)
        sent = Sent(
            number=next(self._numbers),
            at=at,
            kind=call.kind,
            again=again,
            order=call.order,
            amount=call.amount,
            payment_id=call.payment_id,
            url=call.url,
            headers=headers,
            body=call.body,
            status=status,
            answer=answer,
        )
        self._sent.append((call, sent))
        return sent

    async def _post(self, url: str, headers: dict[str, str], body: str) -> tuple[int | None, Any]:
        try:
            # The bot is on this machine: no proxy of the environment stands between.
            async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
                response = await client.post(url, content=body.encode(), headers=headers)
        except httpx.HTTPError as error:
            return None, f"{type(error).__name__}: {error}".rstrip(": ")
        try:
            return response.status_code, response.json()
        except ValueError:
            return response.status_code, response.text
