"""`POST /callbacks/payments`: the operator's system reports a payment (DOMAIN.md 5, DESIGN.md "Payment callback")."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, HTTPException, Request, status
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.domain.money import parse_amount
from bot.services.payments import PaymentKind, PaymentReport, Payments
from bot.web.signature import SignatureRefused, verify

_log = structlog.get_logger(__name__)

PATH = "/callbacks/payments"
BODY_LIMIT = 64 * 1024
"""Bytes; a report has a few hundred."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def _positive_amount(text: str) -> str:
    if parse_amount(text) == 0:
        raise ValueError("the amount must be above zero")
    return text


def _plausible(moment: datetime) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"the year must lie between {_FIRST_YEAR} and {_LAST_YEAR}")
    return moment


Moment = Annotated[AwareDatetime, Field(strict=False), AfterValidator(_plausible)]
Text = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


class PaymentData(BaseModel):
    """One payment."""

    model_config = ConfigDict(strict=True, extra="ignore")

    payment_id: Annotated[
        Text, Field(max_length=128, description="Yours, unique for each payment.", examples=["bank-7781"])
    ]
    order: Annotated[
        Text,
        Field(
            max_length=64,
            description="The order's number as the customer wrote it; case, spaces and the dash do not matter.",
            examples=["R7K2M-4"],
        ),
    ]
    amount: Annotated[
        str,
        Field(
            pattern=r"^(0|[1-9][0-9]{0,8})\.[0-9]{2}$",
            description="What arrived, above zero, with two decimals.",
            examples=["36.48"],
        ),
        AfterValidator(_positive_amount),
    ]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217.", examples=["EUR"])]
    method: Annotated[
        Text, Field(max_length=64, description="How it was paid, in your words.", examples=["bank_transfer"])
    ]
    registered_at: Annotated[
        Moment,
        Field(description="When you registered it, with its offset.", examples=["2026-11-23T09:58:00Z"]),
    ]


class PaymentEvent(BaseModel):
    """A payment was registered, or one that had been registered was reversed."""

    model_config = ConfigDict(strict=True, extra="ignore")

    type: Literal["payment.registered", "payment.reversed"]
    timestamp: Annotated[
        Moment, Field(description="When you made this call.", examples=["2026-11-23T10:00:00Z"])
    ]
    data: PaymentData


class Outcome(BaseModel):
    """What became of the payment, and what is still missing of the order's amount."""

    outcome: Literal["completed", "partial", "duplicate_payment", "review", "reversed"]
    order: str
    due: Annotated[str, Field(description="Euros still missing.", examples=["0.00"])]


class Problem(BaseModel):
    """Why the call was refused."""

    detail: str


_DESCRIPTION = """
Call this when money for an order was registered, and when such money went back.

**Signature.** Every call is signed as [Standard Webhooks](https://www.standardwebhooks.com) describes; libraries for
most languages exist. Three headers are needed:

- `webhook-id`: unique for each message, and the same when the same message is sent again;
- `webhook-timestamp`: seconds since 1970, at most five minutes away from now;
- `webhook-signature`: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, where
  the body is the raw bytes that are sent and the key is what follows `whsec_` in the shared secret,
  base64-decoded. Several signatures may be given, separated by spaces.

**Answers.** `200` only when all that follows from the payment is stored. The same `webhook-id`, or the same
`payment_id` with the same `type`, is answered as the first time, and nothing is done twice: so whenever no `200`
came, send again.
"""

_HEADERS = [
    {
        "name": name,
        "in": "header",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }
    for name, description, example in (
        ("webhook-id", "Unique for each message; the same when it is sent again.", "msg_2p7781"),
        ("webhook-timestamp", "Seconds since 1970, at most five minutes away.", "1795428000"),
        (
            "webhook-signature",
            "One or more `v1,<base64>`, separated by spaces.",
            "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
        ),
    )
]

_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Malformed: says which field, and what it should be."},
    401: {"model": Problem, "description": "Not signed with the secret, or too old."},
    413: {"model": Problem, "description": "Larger than 64 KiB."},
}


def payments_router(payments: Payments, secrets: Sequence[SecretStr]) -> APIRouter:
    """The route, which takes calls signed with any of `secrets`."""
    router = APIRouter(tags=["payments"])

    @router.post(
        PATH,
        summary="Report a payment",
        description=_DESCRIPTION,
        response_model=Outcome,
        responses=_REFUSALS,
        openapi_extra={
            "parameters": _HEADERS,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/PaymentEvent"}}},
            },
        },
    )
    async def report_payment(request: Request) -> dict[str, str]:
        body = await _limited_body(request)
        try:
            webhook_id = verify(secrets, body, request.headers)
        except SignatureRefused as refused:
            _log.warning("callback_refused", reason=str(refused))
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, str(refused)) from refused
        event = _parse(request, body)
        answer = await payments.receive(webhook_id, json.loads(body), _report(event))
        _log.info("payment_reported", type=event.type, outcome=answer.outcome.value, order=answer.order)
        return answer.to_json()

    return router


async def _limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "the body is larger than 64 KiB")
    return bytes(body)


def _parse(request: Request, body: bytes) -> PaymentEvent:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "the content type must be application/json")
    try:
        return PaymentEvent.model_validate_json(body)
    except ValidationError as error:
        problems = (
            f"{'.'.join(str(part) for part in problem['loc']) or 'body'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "; ".join(problems)) from None


def _report(event: PaymentEvent) -> PaymentReport:
    data = event.data
    return PaymentReport(
        kind=PaymentKind.REVERSED if event.type == "payment.reversed" else PaymentKind.REGISTERED,
        payment_id=data.payment_id,
        order=data.order,
        cents=parse_amount(data.amount),
        currency=data.currency,
        method=data.method,
        registered_at=data.registered_at,
    )


def add_schemas(schema: dict[str, Any]) -> dict[str, Any]:
    """Publish the body, which FastAPI does not see since it is read raw for its signature."""
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    described = PaymentEvent.model_json_schema(ref_template="#/components/schemas/{model}")
    components |= described.pop("$defs", {})
    components["PaymentEvent"] = described
    return schema
