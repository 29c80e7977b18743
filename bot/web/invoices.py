"""`POST /callbacks/invoices`: the operator's system has issued an invoice for an order."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Security
from pydantic import SecretStr

from bot.clock import Clock
from bot.services.orders.invoicing import Invoices
from bot.services.vitals import Vitals
from bot.web.invoice_contract import InvoiceEvent, InvoiceTaken, read_invoice
from bot.web.invoice_docs import DESCRIPTION, EXTRA, RESPONSES, SUMMARY
from bot.web.payment_docs import SCHEME
from bot.web.signed_calls import SignedCalls

PATH = "/callbacks/invoices"


def invoices_router(
    invoices: Invoices, secrets: Sequence[SecretStr], vitals: Vitals, clock: Clock
) -> APIRouter:
    """The route, which takes calls signed with any of `secrets`, and counts them in `vitals`."""
    router = APIRouter(tags=["invoices"])
    calls = SignedCalls(secrets, clock, vitals.told_of_invoice)

    async def keep(webhook_id: str, body: str, event: InvoiceEvent) -> dict[str, str]:
        return (await invoices.receive(webhook_id, body, event.to_report())).to_json()

    @router.post(
        PATH,
        summary=SUMMARY,
        description=DESCRIPTION,
        response_model=InvoiceTaken,
        responses=RESPONSES,
        dependencies=[Security(SCHEME)],
        openapi_extra=EXTRA,
    )
    async def report_invoice(request: Request) -> dict[str, str]:
        return await calls.take(request, read_invoice, keep)

    return router
