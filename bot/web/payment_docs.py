"""The payment callback as `/docs` and `/openapi.json` publish it: enough to implement it from the page alone."""

from typing import Any, Final

from fastapi.security import APIKeyHeader
from pydantic import BaseModel

from bot.web.payment_contract import Problem
from bot.web.signature import LONGEST_ID, SIGNATURE, TIMESTAMP, TOLERANCE_MINUTES, WEBHOOK_ID

BODY_LIMIT: Final = 64 * 1024
"""Bytes; a report has a few hundred."""

SAMPLE_SECRET: Final = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGVz"  # noqa: S105 - it is published
SAMPLE_ID: Final = "msg_2p7781"
SAMPLE_TIMESTAMP: Final = "1795428000"
SAMPLE_BODY: Final = (
    '{"type":"payment.registered","timestamp":"2026-11-23T10:00:00Z","data":{"payment_id":"bank-7781",'
    '"order":"R7K2M-4","amount":"36.48","currency":"EUR","method":"bank_transfer",'
    '"registered_at":"2026-11-23T09:58:00Z"}}'
)
SAMPLE_SIGNATURE: Final = "v1,DbKWxpQvMhRKuwib914BiATGpa7WBbceRvZXv2AJ55E="
"""What the four above make: a caller can check their code against it."""

SUMMARY: Final = "Report a payment"
DESCRIPTION: Final = f"""
Call this when money for an order was registered, and when such money went back.

**Signature.** Every call is signed as [Standard Webhooks](https://www.standardwebhooks.com) describes, for which there
are libraries in most languages. The security scheme *StandardWebhooks* says how it is made by hand. A call that is
not signed with a secret in use, or whose `{TIMESTAMP}` is more than {TOLERANCE_MINUTES} minutes away from now, is
answered `401` before anything else of it is looked at.

**Answers.** `200` comes only when all that follows from the payment is stored. The same `{WEBHOOK_ID}`, or the same
`payment_id` with the same `type`, is answered as it was the first time, and nothing is done twice. So whenever no
answer came, or `5xx`, send the same call again, signed anew, with pauses that grow. `400`, `401` and `413` are not
cured by repeating.

**Identifiers.** Never use a `{WEBHOOK_ID}` or a `payment_id` for another payment: it is answered as the first one was,
its money is not recorded, and the operator is alerted. A payment that may go back more than once needs a `reversal_id`
for each reversal: they add up, and never to more than the payment (`review`). A dispute that was won is
`payment.registered` with the payment's id and the reversal's: it is money again.

Calls may come in any order, and several at a time. Redirects are never answered.
"""

SCHEME: Final = APIKeyHeader(
    name=SIGNATURE,
    scheme_name="StandardWebhooks",
    auto_error=False,
    description=f"""
HMAC-SHA256 with a secret that the operator hands over: `whsec_` and base64. No key is sent; `{SIGNATURE}` is made so:

1. Join three things with points: `<{WEBHOOK_ID}>.<{TIMESTAMP}>.<body>`. The body is the **raw bytes** that are sent:
   sign what you send, and do not serialise it again.
2. The key is what follows `whsec_` in the secret, **base64-decoded**.
3. The header is `v1,` and the base64 of HMAC-SHA256 with that key over that text. Several signatures may be given,
   separated by spaces: one good one is enough.

To check your code: with the secret `{SAMPLE_SECRET}`, the id `{SAMPLE_ID}`, the timestamp `{SAMPLE_TIMESTAMP}` and the
body

    {SAMPLE_BODY}

the header is `{SIGNATURE}: {SAMPLE_SIGNATURE}`.
""",
)

HEADERS: Final = [
    {
        "name": WEBHOOK_ID,
        "in": "header",
        "required": True,
        "description": "Yours: unique for each call, and the same when the same call is sent again.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "pattern": "^[!-~]+$"},
        "example": SAMPLE_ID,
    },
    {
        "name": TIMESTAMP,
        "in": "header",
        "required": True,
        "description": f"When this attempt is made: seconds since 1970, at most {TOLERANCE_MINUTES} minutes away.",
        "schema": {"type": "string", "pattern": "^[0-9]{10}$"},
        "example": SAMPLE_TIMESTAMP,
    },
]


def _event(kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "timestamp": "2026-11-23T10:00:00Z",
        "data": {
            "payment_id": "bank-7781",
            "order": "R7K2M-4",
            "amount": "36.48",
            "currency": "EUR",
            "method": "bank_transfer",
            "registered_at": "2026-11-23T09:58:00Z",
        },
    }


def _answer(summary: str, outcome: str, due: str = "0.00", order: str = "R7K2M-4") -> dict[str, Any]:
    return {"summary": summary, "value": {"outcome": outcome, "order": order, "due": due}}


EXTRA: Final[dict[str, Any]] = {
    "parameters": HEADERS,
    "requestBody": {
        "required": True,
        "description": f"UTF-8, at most {BODY_LIMIT // 1024} KiB.",
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/PaymentEvent"},
                "examples": {
                    "registered": {"summary": "Money came", "value": _event("payment.registered")},
                    "reversed": {"summary": "That money went back", "value": _event("payment.reversed")},
                },
            }
        },
    },
}
"""What FastAPI cannot know, since the route reads its body raw."""

REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Problem, "description": "Malformed: says which field, and what it should be."},
    401: {"model": Problem, "description": "Not signed with a secret in use, or too old, or too new."},
    413: {"model": Problem, "description": f"The body is larger than {BODY_LIMIT // 1024} KiB."},
    503: {"model": Problem, "description": "Not stored: send the same call again."},
}
"""What every callback answers but 200."""

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Stored, with all that follows from it.",
        "content": {
            "application/json": {
                "examples": {
                    "completed": _answer("The amount due, or the rest of it, or more", "completed"),
                    "partial": _answer(
                        "Less than due: the customer is asked for the rest", "partial", "16.48"
                    ),
                    "duplicate_payment": _answer(
                        "The order was complete already: recorded for refund", "duplicate_payment"
                    ),
                    "review": _answer("No such order: recorded for a person", "review", order="R7K2M-5"),
                    "reversed": _answer("Money that went back: recorded", "reversed"),
                }
            }
        },
    },
    **REFUSALS,
}


def add_schemas(schema: dict[str, Any], *models: type[BaseModel]) -> dict[str, Any]:
    """Publish bodies, which FastAPI does not see since they are read raw for their signature."""
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in models:
        described = model.model_json_schema(ref_template="#/components/schemas/{model}")
        components |= described.pop("$defs", {})
        components[model.__name__] = described
    return schema
