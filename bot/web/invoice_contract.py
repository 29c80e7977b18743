"""The invoice callback's contract: what is sent, and what is answered."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.domain.invoices import LONGEST_NUMBER, LONGEST_URL, DocumentKind, Invoice, is_safe_link
from bot.domain.payment_reason import LONGEST_REASON
from bot.services.orders.invoicing import InvoiceReport
from bot.web.payment_contract import FIRST_YEAR, LAST_YEAR, Moment, Text, examples_of, read_body


def _a_day(given: object) -> date:
    if not isinstance(given, str) or len(given) != len("2026-11-24"):
        raise ValueError("a date is expected, year, month and day")
    day = date.fromisoformat(given)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _a_link(text: str) -> str:
    if not is_safe_link(text):
        raise ValueError(
            "an https address is expected, with a host and without a name, a password or a blank"
        )
    return text


class InvoiceData(BaseModel):
    """One invoice, or one credit note."""

    model_config = ConfigDict(strict=True, extra="ignore")

    order: Annotated[
        Text,
        Field(
            max_length=LONGEST_REASON,
            description="The order's number, as `order.placed` has it. An invoice of several orders is reported once "
            "for each of them, under the same number.",
            examples=["R7K2M-4"],
        ),
    ]
    number: Annotated[
        Text,
        Field(
            max_length=LONGEST_NUMBER,
            description="The number of the invoice, as you write it.",
            examples=["2026/1042"],
        ),
    ]
    date: Annotated[
        date,
        Field(
            strict=False,
            description="The date of the invoice: ISO 8601, of the years 2000 to 2200.",
            examples=["2026-11-24"],
        ),
        BeforeValidator(_a_day),
    ]
    document: Annotated[
        Literal["invoice", "credit_note"],
        Field(description="What was issued; an invoice unless it is said.", examples=["invoice"]),
    ] = "invoice"
    url: Annotated[
        Annotated[
            str,
            Field(
                max_length=LONGEST_URL,
                pattern="^https://",
                json_schema_extra={
                    "format": "uri",
                    "pattern": r"^https://[a-z0-9-]+(\.[a-z0-9-]+)+/[A-Za-z0-9/._-]*$",
                },
            ),
            AfterValidator(_a_link),
        ]
        | None,
        Field(
            description="Where the customer can read it, https alone: it becomes a button. Whoever has the link can "
            "follow it, so let it open nothing else.",
            examples=["https://fatture.example.com/d/8fJ2kQ"],
        ),
    ] = None


class InvoiceEvent(BaseModel):
    """An invoice was issued for an order. Unknown fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")

    type: Annotated[Literal["invoice.issued"], Field(examples=["invoice.issued"])]
    timestamp: Annotated[
        Moment,
        Field(
            description="When it happened on your side: RFC 3339, with an offset.",
            examples=["2026-11-24T10:00:00Z"],
        ),
    ]
    data: InvoiceData

    def to_report(self) -> InvoiceReport:
        """The invoice as the services know it."""
        data = self.data
        return InvoiceReport(
            data.order, Invoice(data.number, data.date, DocumentKind(data.document), data.url or "")
        )


class InvoiceTaken(BaseModel):
    """What became of the invoice. The same call is always answered alike."""

    outcome: Annotated[
        Literal["told", "review"],
        Field(
            description="`told`: it stands with the order, and the customer is told, once. `review`: a person will "
            "look at it, as no order has that number, or the order has an invoice of that number and another date or "
            "kind; the customer is told nothing."
        ),
    ]
    order: Annotated[
        str,
        Field(
            description="The order's number as it is known here; what was sent where that names no order.",
            examples=["R7K2M-4"],
        ),
    ]


_EXAMPLES = examples_of(InvoiceEvent) | examples_of(InvoiceData, "data.")


def read_invoice(body: bytes) -> InvoiceEvent:
    """Read a body whose signature was good.

    Raises:
        Malformed: it is not JSON, names a thing twice, or a field is missing or wrong.
    """
    return read_body(InvoiceEvent, body, _EXAMPLES)
