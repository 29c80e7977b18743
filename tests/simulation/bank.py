"""The operator's system that reports payments and invoices: what is true, and the calls that say so."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from bot.web import invoices, payments
from tests.simulation.process import Killed, Process
from tests.support.caller import JSON, payment_event, signed

_OK: Final = 200


@dataclass(slots=True)
class Call:
    """One call, which is made until it is answered: not before a day of the life."""

    webhook_id: str
    event: dict[str, Any]
    day: int
    path: str = payments.PATH
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What the bank says of a movement: a payment, one of its reversals, or money that came again."""

    payment_id: str
    kind: str
    reversal_id: str
    cents: int
    currency: str


@dataclass(slots=True)
class Bank:
    """What was paid and invoiced, and how much of that the bot has been told.

    `sent` has the orders' numbers and cents of payments in euros, for who reverses them.
    """

    calls: list[Call] = field(default_factory=list)
    """Of payments."""
    invoices: list[Call] = field(default_factory=list)
    heard: list[Moved] = field(default_factory=list)
    """What the bot has answered, once each."""
    sent: dict[str, tuple[str, int]] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    """Cents of each payment that went back."""
    refused: list[str] = field(default_factory=list)
    """Answers that no call deserves."""

    def report(
        self,
        day: int,
        at: datetime,
        payment_id: str,
        order: str,
        cents: int,
        *,
        currency: str = "EUR",
        reversal_id: str | None = None,
        reversed_: bool = False,
        copies: Iterable[str] = ("",),
    ) -> None:
        """Let calls be made from a day on; each of the `copies` has a webhook id of its own."""
        kind = "reversed" if reversed_ else "registered"
        changes: dict[str, Any] = {} if reversal_id is None else {"reversal_id": reversal_id}
        event = payment_event(
            type=f"payment.{kind}",
            timestamp=_written(at),
            payment_id=payment_id,
            order=order,
            amount=f"{cents // 100}.{cents % 100:02}",
            currency=currency,
            registered_at=_written(at),
            **changes,
        )
        for copy in copies:
            self.calls.append(Call(f"{kind}-{payment_id}-{reversal_id or ''}{copy}", event, day))
        if reversed_:
            self.gone[payment_id] = self.gone.get(payment_id, 0) + cents
        elif currency == "EUR" and reversal_id is None:
            self.sent[payment_id] = order, cents

    def invoice(
        self, day: int, at: datetime, order: str, number: str, issued_on: date, document: str, url: str | None
    ) -> None:
        """Let a call be made that an invoice was issued."""
        data = {"order": order, "number": number, "date": issued_on.isoformat(), "document": document}
        event = {"type": "invoice.issued", "timestamp": _written(at), "data": {**data, "url": url}}
        self.invoices.append(Call(f"invoice-{len(self.invoices)}", event, day, invoices.PATH))

    def due(self, day: int) -> list[Call]:
        """The calls that nobody has answered yet."""
        return [call for call in (*self.calls, *self.invoices) if call.outcome is None and call.day <= day]

    async def make(self, call: Call, process: Process) -> str:
        """Make a call; what was answered, or that nothing was."""
        body = json.dumps(call.event).encode()
        try:
            answer = await process.call(call.path, body, signed(body, call_id=call.webhook_id) | JSON)
        except Killed:
            return "no answer"
        if answer.status_code != _OK:
            self.refused.append(f"{call.webhook_id} was answered {answer.status_code}")
            return str(answer.status_code)
        outcome = str(answer.json()["outcome"])
        if call.outcome not in {None, outcome}:
            self.refused.append(f"{call.webhook_id} was answered {call.outcome}, then {outcome}")
        call.outcome = outcome
        if call.path == payments.PATH:
            self._hear(call)
        return outcome

    def _hear(self, call: Call) -> None:
        data = call.event["data"]
        moved = Moved(
            data["payment_id"],
            call.event["type"].removeprefix("payment."),
            data.get("reversal_id", ""),
            int(data["amount"].replace(".", "")),
            data["currency"],
        )
        if moved not in self.heard:
            self.heard.append(moved)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
