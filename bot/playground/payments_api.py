"""What the panel of payments asks of the server: to send calls to the bot, and the calls so far."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.playground.payments_panel import PaymentsPanel, Sent

_LONGEST = 200


class PaymentBody(BaseModel):
    """A payment to report; whether it is one is for the bot to judge."""

    order: Annotated[str, Field(max_length=_LONGEST)]
    amount: Annotated[str, Field(max_length=_LONGEST)]


class InvoiceBody(BaseModel):
    """An order to issue an invoice for."""

    order: Annotated[str, Field(max_length=_LONGEST)]


def payments_router(panel: PaymentsPanel) -> APIRouter:
    """Return the routes of the panel."""
    router = APIRouter(prefix="/playground/payments")

    @router.get("")
    async def calls() -> dict[str, Any]:
        return {"calls": [sent_json(sent) for sent in panel.sent]}

    @router.post("")
    async def register(body: PaymentBody) -> dict[str, Any]:
        return sent_json(await panel.register(body.order, body.amount))

    @router.post("/{number}/again")
    async def again(number: int) -> dict[str, Any]:
        return sent_json(await panel.repeat(number))

    @router.post("/{number}/reverse")
    async def reverse(number: int) -> dict[str, Any]:
        return sent_json(await panel.reverse(number))

    @router.post("/invoice")
    async def invoice(body: InvoiceBody) -> dict[str, Any]:
        return sent_json(await panel.invoice(body.order))

    return router


def sent_json(sent: Sent) -> dict[str, Any]:
    """Return a call, and its answer, as the page shows them."""
    return {
        "number": sent.number,
        "at": sent.at.isoformat(),
        "kind": sent.kind.value,
        "again": sent.again,
        "order": sent.order,
        "amount": sent.amount,
        "payment_id": sent.payment_id,
        "url": sent.url,
        "headers": sent.headers,
        "body": sent.body,
        "status": sent.status,
        "answer": sent.answer,
    }
