"""`POST /callbacks/payments`: the operator's system reports a payment (DOMAIN.md 5, DESIGN.md "Payment callback").

Signature first, then the body, then the ledger; only what is stored is answered with 200.
"""

from collections.abc import Sequence

import structlog
from fastapi import APIRouter, HTTPException, Request, Security, status
from pydantic import SecretStr
from starlette.requests import ClientDisconnect

from bot.clock import Clock
from bot.services.payments.payments import Payments
from bot.services.vitals import Vitals
from bot.watching.sparing import Sparing
from bot.web.bodies import BodyTooLarge, limited_body
from bot.web.payment_contract import Malformed, Outcome, PaymentEvent, read_event
from bot.web.payment_docs import BODY_LIMIT, DESCRIPTION, EXTRA, RESPONSES, SCHEME, SUMMARY
from bot.web.signature import SignatureRefused, verify

_log = structlog.get_logger(__name__)

PATH = "/callbacks/payments"


def payments_router(
    payments: Payments, secrets: Sequence[SecretStr], vitals: Vitals, clock: Clock
) -> APIRouter:
    """The route, which takes calls signed with any of `secrets`, and counts them in `vitals`."""
    router = APIRouter(tags=["payments"])
    unsigned = Sparing(_log, "callback_not_signed", clock)  # anybody can cause it

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
        try:
            answer = await _answer(request, payments, secrets, unsigned)
        except _Refused as refused:
            vitals.called_back(refused.outcome)
            raise HTTPException(refused.status, refused.detail) from refused
        vitals.called_back(answer["outcome"])
        return answer

    return router


class _Refused(Exception):
    """A call that is not answered with 200; `outcome` is how it is counted."""

    def __init__(self, outcome: str, status_code: int, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.status = status_code
        self.detail = detail


async def _answer(
    request: Request, payments: Payments, secrets: Sequence[SecretStr], unsigned: Sparing
) -> dict[str, str]:
    body = await _limited_body(request)
    try:
        webhook_id = verify(secrets, body, request.headers)
    except SignatureRefused as refused:
        unsigned.warn(reason=str(refused))
        raise _Refused("unsigned", status.HTTP_401_UNAUTHORIZED, str(refused)) from refused
    try:
        event = _event(request, body)
    except Malformed as malformed:
        # Signed, so it is the operator's own system that has a fault: money may be waiting behind it.
        _log.error("callback_malformed", reason=str(malformed))
        raise _Refused("malformed", status.HTTP_400_BAD_REQUEST, str(malformed)) from malformed
    try:
        answer = await payments.receive(webhook_id, body.decode(), event.to_report())
    except Exception as error:
        _log.exception("callback_not_stored")
        raise _Refused(
            "not_stored", status.HTTP_503_SERVICE_UNAVAILABLE, "not stored: send the same call again"
        ) from error
    return answer.to_json()


async def _limited_body(request: Request) -> bytes:
    try:
        return await limited_body(request, BODY_LIMIT)
    except BodyTooLarge as much:
        told = f"the body is larger than {BODY_LIMIT // 1024} KiB"
        raise _Refused("too_large", status.HTTP_413_CONTENT_TOO_LARGE, told) from much
    except ClientDisconnect as gone:
        raise _Refused("broken_off", status.HTTP_400_BAD_REQUEST, "the body did not arrive whole") from gone


def _event(request: Request, body: bytes) -> PaymentEvent:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Malformed("the content type must be application/json")
    return read_event(body)
