"""The payment callback's contract: what is sent, and what is answered (DESIGN.md, "Payment callback")."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from bot.domain.money import parse_amount
from bot.domain.payment_reason import LONGEST_REASON
from bot.services.payments.ledger import PaymentKind, PaymentReport

FIRST_YEAR, LAST_YEAR = 2000, 2200
_Event = TypeVar("_Event", bound=BaseModel)
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def _written_as_instant(given: object) -> object:
    if not isinstance(given, str) or not _RFC_3339.fullmatch(given):
        raise ValueError("an instant is expected, with date, time and offset")
    return given


def _plausible(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


def _above_zero(text: str) -> str:
    if parse_amount(text) == 0:
        raise ValueError("the amount must be above zero")
    return text


Moment = Annotated[
    AwareDatetime, Field(strict=False), BeforeValidator(_written_as_instant), AfterValidator(_plausible)
]
Text = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


class PaymentData(BaseModel):
    """One payment."""

    model_config = ConfigDict(strict=True, extra="ignore")

    payment_id: Annotated[
        Text,
        Field(
            max_length=128,
            description="Yours, unique for each payment. Its reversals have the same one.",
            examples=["bank-7781"],
        ),
    ]
    reversal_id: Annotated[
        Text | None,
        Field(
            max_length=128,
            description="Yours, for payments that may go back more than once, as in several partial refunds, or after "
            "a refund by a dispute: unique for each reversal of the payment. Without it a payment has one reversal. In "
            "`payment.registered` it says that the money of that reversal is here again, as when a dispute was won; "
            "leave it out for any other payment.",
            examples=["dispute-12"],
        ),
    ] = None
    order: Annotated[
        str,
        Field(
            description="The order's number, or the whole reason as the payer wrote it: `R7K2M-4`, `r7k2m/4`, "
            "`Ordine R7K2M-4 integrazione`, or a collective number, which stands for several orders. A number counts "
            "where it stands between blanks or punctuation. A reason "
            f"that names no order, or several, is no error: the payment is kept for a person (`review`). Up to "
            f"{LONGEST_REASON} characters; what is longer is cut, never refused, and control characters become blanks.",
            examples=["R7K2M-4"],
        ),
    ]
    amount: Annotated[
        str,
        Field(
            pattern=r"^(0|[1-9][0-9]{0,8})\.[0-9]{2}$",
            description="What moved, above zero, as a string with a point and two decimals.",
            examples=["36.48"],
            json_schema_extra={"pattern": r"^(0\.(0[1-9]|[1-9][0-9])|[1-9][0-9]{0,8}\.[0-9]{2})$"},
        ),
        AfterValidator(_above_zero),
    ]
    currency: Annotated[
        str,
        Field(
            pattern="^[A-Z]{3}$",
            description="ISO 4217. Other currencies than EUR are kept for a person (`review`).",
            examples=["EUR"],
        ),
    ]
    method: Annotated[
        Text, Field(max_length=64, description="How it was paid, in your words.", examples=["bank_transfer"])
    ]
    registered_at: Annotated[
        Moment,
        Field(
            description="When you registered it: RFC 3339, with an offset.", examples=["2026-11-23T09:58:00Z"]
        ),
    ]


class PaymentEvent(BaseModel):
    """A payment was registered, or one that had been registered was reversed. Unknown fields are ignored."""

    model_config = ConfigDict(strict=True, extra="ignore")

    type: Annotated[
        Literal["payment.registered", "payment.reversed"],
        Field(
            description="`payment.reversed` is for money that went back, such as a chargeback or a recalled transfer.",
            examples=["payment.registered"],
        ),
    ]
    timestamp: Annotated[
        Moment,
        Field(
            description="When it happened on your side: RFC 3339, with an offset.",
            examples=["2026-11-23T10:00:00Z"],
        ),
    ]
    data: PaymentData

    def to_report(self) -> PaymentReport:
        """The payment as the services know it."""
        data = self.data
        return PaymentReport(
            kind=PaymentKind.REVERSED if self.type == "payment.reversed" else PaymentKind.REGISTERED,
            payment_id=data.payment_id,
            order=data.order,
            cents=parse_amount(data.amount),
            currency=data.currency,
            method=data.method,
            registered_at=data.registered_at,
            reversal_id=data.reversal_id or "",
        )


class Outcome(BaseModel):
    """What became of the payment. The same call is always answered alike."""

    outcome: Annotated[
        Literal["completed", "partial", "duplicate_payment", "review", "reversed"],
        Field(
            description="`completed`: the order is paid (more than enough counts too), and its mailboxes are renewed. "
            "`partial`: more is to come, see `due`. `duplicate_payment`: the order was complete already; the "
            "money is recorded for refund. `review`: a person will look at it, as no order is named, or several, or it "
            "is cancelled, expired or withdrawn from, its mailbox was deleted, or the currency is not EUR; or more "
            "went back than was "
            "left of the payment, or came again than had gone. `reversed`: recorded; no expiry moves back."
        ),
    ]
    order: Annotated[
        str,
        Field(
            description="The order's number as it is known here; the reason as it was kept where that names no order, "
            "or several.",
            examples=["R7K2M-4"],
        ),
    ]
    due: Annotated[
        str,
        Field(
            description="Euros that the customer is still asked for afterwards.",
            pattern=r"^(0|[1-9][0-9]*)\.[0-9]{2}$",
            examples=["0.00"],
        ),
    ]


class Problem(BaseModel):
    """Why the call was not taken, in words for an engineer."""

    detail: str


class Malformed(ValueError):
    """A body that is not a payment event; the message says which field, and what it should be."""


def read_event(body: bytes) -> PaymentEvent:
    """Read a body whose signature was good.

    Raises:
        Malformed: it is not JSON, names a thing twice, or a field is missing or wrong.
    """
    return read_body(PaymentEvent, body, _EXAMPLES)


def read_body(model: type[_Event], body: bytes, examples: Mapping[str, Any]) -> _Event:
    """A body as an event of this contract; a field that is wrong is named with one of `examples`.

    Raises:
        Malformed: it is not JSON, names a thing twice, or a field is missing or wrong.
    """
    try:
        event = model.model_validate_json(body)
        json.loads(body, object_pairs_hook=_each_once, parse_constant=_no_number)
    except ValidationError as error:
        problems = (
            _explain(".".join(str(part) for part in problem["loc"]), problem["msg"], examples)
            for problem in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise Malformed("; ".join(problems)) from None
    return event


def _each_once(pairs: Sequence[tuple[str, Any]]) -> None:
    """Refuse a name that stands twice: parsers disagree on which of its values counts."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise Malformed(f"{name!a} is given twice")
        seen.add(name)


def _no_number(constant: str) -> NoReturn:
    raise Malformed(f"{constant} is not JSON")


def _explain(field: str, message: str, examples: Mapping[str, Any]) -> str:
    message = message.removeprefix("Value error, ")
    example = examples.get(field)
    return f"{field or 'body'}: {message}" + ("" if example is None else f" (such as {example!r})")


def examples_of(model: type[BaseModel], prefix: str = "") -> dict[str, Any]:
    """The first example of each field of an event, by its path."""
    return {prefix + name: field.examples[0] for name, field in model.model_fields.items() if field.examples}


_EXAMPLES = examples_of(PaymentEvent) | examples_of(PaymentData, "data.")
