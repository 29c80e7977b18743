"""`POST /callbacks/payments`: the operator's system reports a payment (DOMAIN.md 5, DESIGN.md "Payment callback")."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Security
from pydantic import SecretStr

from bot.clock import Clock
from bot.services.payments.payments import Payments
from bot.services.vitals import Vitals
from bot.web.payment_contract import Outcome, PaymentEvent, read_event
from bot.web.payment_docs import DESCRIPTION, EXTRA, RESPONSES, SCHEME, SUMMARY
from bot.web.signed_calls import SignedCalls

PATH = "/callbacks/payments"


def payments_router(
    payments: Payments, secrets: Sequence[SecretStr], vitals: Vitals, clock: Clock
) -> APIRouter:
    """The route, which takes calls signed with any of `secrets`, and counts them in `vitals`."""
    router = APIRouter(tags=["payments"])
    calls = SignedCalls(secrets, clock, vitals.called_back)

    async def keep(webhook_id: str, body: str, event: PaymentEvent) -> dict[str, str]:
        return (await payments.receive(webhook_id, body, event.to_report())).to_json()

    @router.post(
        PATH,
        summary=SUMMARY,
        description=DESCRIPTION,
        response_model=Outcome,
        responses=RESPONSES,
        dependencies=[Security(SCHEME)],
        openapi_extra=EXTRA,
    )
    async def report_payment(request: Request) -> dict[str, str]:
        return await calls.take(request, read_event, keep)

    return router
