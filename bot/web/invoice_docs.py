"""The invoice callback as `/docs` and `/openapi.json` publish it."""

from typing import Any, Final

from bot.web.payment_docs import BODY_LIMIT, HEADERS, REFUSALS
from bot.web.signature import WEBHOOK_ID

SUMMARY: Final = "Report an invoice"
DESCRIPTION: Final = f"""
Call this when an invoice, or a credit note, was issued for an order: the customer is told in every chat and by e-mail,
and finds it with the order.

**Signature and repeating** are those of *Report a payment*, with the same secrets. The same `{WEBHOOK_ID}` is answered
as it was the first time.

**Which invoice** is meant say `order` and `number`. The same again, under whatever `{WEBHOOK_ID}`, tells nobody twice;
with another `url` it can be read there from then on. An order may have several: other numbers are other documents. The
same number with another date or kind is `review`, and so is an order that is not known: a person looks at it.
"""


def _event(**more: str) -> dict[str, Any]:
    return {
        "type": "invoice.issued",
        "timestamp": "2026-11-24T10:00:00Z",
        "data": {"order": "R7K2M-4", "number": "2026/1042", "date": "2026-11-24", **more},
    }


def _answer(summary: str, outcome: str, order: str = "R7K2M-4") -> dict[str, Any]:
    return {"summary": summary, "value": {"outcome": outcome, "order": order}}


EXTRA: Final[dict[str, Any]] = {
    "parameters": HEADERS,
    "requestBody": {
        "required": True,
        "description": f"UTF-8, at most {BODY_LIMIT // 1024} KiB.",
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/InvoiceEvent"},
                "examples": {
                    "invoice": {
                        "summary": "An invoice that can be read",
                        "value": _event(url="https://fatture.example.com/d/8fJ2kQ"),
                    },
                    "credit_note": {
                        "summary": "A credit note",
                        "value": _event(document="credit_note"),
                    },
                },
            }
        },
    },
}
"""What FastAPI cannot know, since the route reads its body raw."""

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Stored, with all that follows from it.",
        "content": {
            "application/json": {
                "examples": {
                    "told": _answer("The order has it, the customer is told", "told"),
                    "review": _answer("No such order: kept for a person", "review", order="R7K2M-5"),
                }
            }
        },
    },
    **REFUSALS,
}
