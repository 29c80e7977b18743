"""The events that the operator's system is sent: every field of every one of them (DESIGN.md, "Outgoing events").

These classes are the contract. What is not declared here does not leave; what is declared is always there, None where
there is nothing to say. A change that a receiver could stumble over is a new `VERSION`. `docs/events.md` shows a whole
example of each, and the bot publishes their schemas at `/openapi.json`.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    create_model,
)

from bot.domain.money import Cents, amount
from bot.domain.prices import LineKind
from bot.domain.registrant import HolderKind, InvoiceRoute
from bot.domain.vat import VatTreatment
from bot.messages.versions import stamped

VERSION: Final = 1
"""Of all events together; it stands in each as `version`."""


def instant(moment: datetime) -> str:
    """An aware instant as events write it: UTC, whole seconds, such as `2026-11-23T09:58:01Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


Money: TypeAlias = Annotated[
    Cents,
    PlainSerializer(amount, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(0|[1-9][0-9]*)\.[0-9]{2}$"}),
]
"""Cents here, euros as a decimal string where they leave."""
Instant: TypeAlias = Annotated[
    AwareDatetime,
    PlainSerializer(instant, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
        }
    ),
]
_Customer: TypeAlias = Annotated[
    str, Field(description="Your own identifier of the customer, as in the mailbox file.")
]
_Mailbox: TypeAlias = Annotated[str, Field(description="The mailbox, by its address.")]
_Number: TypeAlias = Annotated[str, Field(description="The order's number.", examples=["R7K2M-4"])]
_Placed: TypeAlias = Annotated[Instant, Field(description="When the order was placed.")]
_Due: TypeAlias = Annotated[
    Money, Field(description="What has to be paid: the total, or `net` alone under split payment.")
]
_Split: TypeAlias = Annotated[
    bool, Field(description="Whether a public administration pays the VAT to the treasury itself.")
]
_Kit: TypeAlias = Annotated[str, Field(description="The catalogue's id of the signature kit.")]


class _Part(BaseModel):
    """What all parts of an event have in common: nothing is missing, nothing is added, nothing changes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Address(_Part):
    """A postal address; a part that is not known is empty."""

    street: Annotated[str, Field(description="Street and number.")]
    postcode: Annotated[str, Field(description="CAP in Italy.")]
    town: str
    province: Annotated[str, Field(description="Two letters in Italy; free text abroad.")]
    country: Annotated[str, Field(description="ISO 3166 alpha-2.")]


class Registrant(_Part):
    """The legal owner of the mailboxes; what the kind of holder does not have is empty."""

    kind: HolderKind
    first_name: str
    last_name: str
    business_name: str
    tax_code: str
    vat_number: str
    legal_rep: Annotated[str, Field(description="The legal representative.")]
    address: Address
    phone: Annotated[str, Field(description="E.164.")]
    reference_email: Annotated[str, Field(description="The ordinary mailbox that gets every notice.")]


class InvoiceRecipient(_Part):
    """Where the electronic invoice goes."""

    route: Annotated[
        InvoiceRoute,
        Field(
            description="`code`: to `recipient_code`. `pec`: to `recipient_pec`. `none`: it waits on the tax "
            "agency's site. `foreign`: abroad. `office`: to a public body's office."
        ),
    ]
    recipient_code: Annotated[
        str,
        Field(description="What to write on the invoice: `0000000` without a code, `XXXXXXX` abroad."),
    ]
    recipient_pec: Annotated[str, Field(description="Empty unless `route` is `pec`.")]
    cig: Annotated[str, Field(description="A public body's tender; often empty.")]
    cup: Annotated[str, Field(description="A public body's project; often empty.")]
    split_payment: Annotated[bool, Field(description="Whether a public body declared split payment.")]


class KitHolder(_Part):
    """The person whom the certificate of a signature kit names."""

    first_name: str
    last_name: str
    tax_code: str
    email: str
    mobile: Annotated[str, Field(description="E.164.")]


class Shipping(_Part):
    """Where the hardware of a kit is sent."""

    name: Annotated[str, Field(description="To whom.")]
    address: Address


class Kit(_Part):
    """A digital-signature kit."""

    kit: _Kit
    holder: KitHolder | None
    shipping: Annotated[Shipping | None, Field(description="Null for a kit without hardware.")]


class Item(_Part):
    """One mailbox of an order: what it was, and what it becomes."""

    mailbox: _Mailbox
    old_plan: Annotated[str, Field(description="The catalogue's id of the plan that it had.")]
    plan: Annotated[str, Field(description="The catalogue's id of the plan that was ordered.")]
    extra_mailbox_gb: Annotated[int, Field(ge=0, description="Extra space of the mailbox, all of it, in GB.")]
    extra_archive_gb: Annotated[int, Field(ge=0, description="Extra space of the archive, all of it, in GB.")]
    old_expiry: date
    new_expiry: date


class Line(_Part):
    """A priced line: `net` is `unit_net` times `quantity` times `years`."""

    kind: LineKind
    code: Annotated[str, Field(description="The catalogue's id of the plan or the kit.")]
    mailbox: Annotated[str | None, Field(description="The mailbox, by its address; null for a kit.")]
    quantity: Annotated[int, Field(ge=1)]
    years: Annotated[int, Field(ge=1, description="1 for what is paid once.")]
    unit_net: Annotated[Money, Field(description="A unit's price for a year, without VAT.")]
    next_unit_net: Annotated[
        Money | None, Field(description="The same at the next renewal; null for what is paid once.")
    ]
    net: Money
    vat_percent: Annotated[str, Field(examples=["22"])]
    vat: Money


class PaymentMade(_Part):
    """The payment that completed an order."""

    payment_id: Annotated[str, Field(description="Yours, as it was reported.")]
    amount: Money
    currency: Annotated[str, Field(description="ISO 4217.")]
    method: Annotated[str, Field(description="How it was paid, in the words of the report.")]
    registered_at: Instant


class OrderPlaced(_Part):
    """A customer placed an order. Nothing is renewed before it is paid."""

    TYPE: ClassVar = "order.placed"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    years: Annotated[int, Field(ge=1)]
    net: Money
    vat: Money
    due: _Due
    currency: Literal["EUR"]
    split_payment: _Split
    vat_treatment: Annotated[
        VatTreatment,
        Field(
            description="`open` for a business abroad of which the operator wants to be asked: the amounts are those "
            "with VAT, nothing can be paid yet, and `order.vat_decided` follows. Else `charged`."
        ),
    ]
    method: Annotated[str, Field(description="The catalogue's id of the payment method that was chosen.")]
    auto_renew: Annotated[
        bool, Field(description="Whether the mailboxes renew themselves once the order is complete.")
    ]
    consumer: Annotated[bool, Field(description="Whether the holder may withdraw as a consumer.")]
    pay_by: Annotated[date, Field(description="The last day on which a payment keeps every mailbox sending.")]
    payable_until: Annotated[date, Field(description="The last day on which a payment saves all of them.")]
    registrant: Registrant
    invoice_recipient: InvoiceRecipient
    kit: Kit | None
    items: list[Item]
    lines: list[Line]


class VatDecided(_Part):
    """The operator has decided on the VAT of an order that was `open`: it can be paid from now on, and costs this."""

    TYPE: ClassVar = "order.vat_decided"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    decided_at: Instant
    vat_treatment: Annotated[
        VatTreatment, Field(description="`charged`, or `without`: whoever receives the service owes the VAT.")
    ]
    vat_mention: Annotated[
        str | None,
        Field(
            description="Why none is charged: `reverse_charge` between members of the European Union, `not_subject` "
            "elsewhere, or the operator's own words; null where it is charged."
        ),
    ]
    net: Money
    vat: Money
    due: _Due
    currency: Literal["EUR"]
    pay_by: Annotated[date, Field(description="The last day on which a payment keeps every mailbox sending.")]
    payable_until: Annotated[date, Field(description="The last day on which a payment saves all of them.")]


class OrderCancelled(_Part):
    """A customer cancelled an order that nobody had paid: no payment is expected for it any more."""

    TYPE: ClassVar = "order.cancelled"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    cancelled_at: Instant
    due: Annotated[Money, Field(description="What it would have cost.")]
    mailboxes: Annotated[list[str], Field(description="Its mailboxes, by their addresses.")]


class Became(StrEnum):
    """What a withdrawal makes of an order."""

    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class KitWithdrawn(_Part):
    """A consumer has withdrawn from the kit of an order alone: the renewal stays, `due_back` is given back."""

    TYPE: ClassVar = "kit.withdrawn"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    withdrawn_at: Annotated[Instant, Field(description="When it was stated, to the second.")]
    statement: Annotated[str, Field(description="The number of the receipt.", examples=["REC-R7K2M-4"])]
    kit: Annotated[
        str | None, Field(description="The catalogue's id of the signature kit, whose hardware comes back.")
    ]
    delivered_on: Annotated[
        date | None, Field(description="When it was delivered; null where that was not registered.")
    ]
    due_back: Money
    back_by: Annotated[date, Field(description="The last day on which it has to be given back.")]


class OrderWithdrawn(_Part):
    """A consumer has withdrawn from an order: `due_back` is to be given back by the way it came, until `back_by`."""

    TYPE: ClassVar = "order.withdrawn"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    withdrawn_at: Annotated[Instant, Field(description="When it was stated, to the second.")]
    statement: Annotated[str, Field(description="The number of the receipt.", examples=["REC-R7K2M-4"])]
    became: Annotated[
        Became,
        Field(
            description="`cancelled`: nothing had been paid, and no payment is expected any more. `withdrawn`: it was "
            "paid, or a part of it."
        ),
    ]
    completed_at: Annotated[
        Instant | None,
        Field(
            description="When its mailboxes had been renewed; null where they had not. No expiry is moved back here."
        ),
    ]
    early_start: Annotated[
        bool, Field(description="Whether the consumer had asked for the start inside the days of withdrawal.")
    ]
    kit: Annotated[
        str | None, Field(description="The catalogue's id of the signature kit, which comes back.")
    ]
    items: list[Item]
    paid: Annotated[Money, Field(description="What counted for the order.")]
    served: Annotated[Money, Field(description="What of it stays, for what was served.")]
    due_back: Money
    back_by: Annotated[date, Field(description="The last day on which it has to be given back.")]


class RenewalCompleted(_Part):
    """An order is paid: its mailboxes are renewed, and have to get what was ordered where they live."""

    TYPE: ClassVar = "renewal.completed"

    order: _Number
    customer: _Customer
    placed_at: _Placed
    completed_at: Instant
    years: Annotated[int, Field(ge=1)]
    net: Money
    vat: Money
    due: _Due
    split_payment: _Split
    auto_renew: Annotated[bool, Field(description="Whether the mailboxes renew themselves from now on.")]
    kit: Annotated[
        str | None, Field(description="The catalogue's id of the signature kit, with `order.placed`.")
    ]
    items: list[Item]
    payment: PaymentMade
    refund: Annotated[Money, Field(description="What of this payment was too much, and belongs back.")]


class AutoRenewalStarted(_Part):
    """A mailbox renews itself from now on: it is to be charged on `charge_on`, unless this is stopped before."""

    TYPE: ClassVar = "auto_renewal.started"

    mailbox: _Mailbox
    customer: _Customer
    started_at: Instant
    expires_on: Annotated[date, Field(description="When the mailbox expires.")]
    charge_on: Annotated[date, Field(description="The day of the charge.")]
    years: Annotated[int, Field(ge=1, description="For how long it is renewed each time.")]
    order: Annotated[str | None, Field(description="The order that switched it on, if one did.")]


class AutoRenewalStopped(_Part):
    """A mailbox does not renew itself any more: it must not be charged."""

    TYPE: ClassVar = "auto_renewal.stopped"

    mailbox: _Mailbox
    customer: _Customer
    stopped_at: Instant
    expires_on: Annotated[date, Field(description="When the mailbox expires.")]
    order: Annotated[
        str | None,
        Field(description="The completed order that leaves it off; null where a customer switched it off."),
    ]


class Correction(_Part):
    """One field that changed."""

    field: Annotated[str, Field(description="As the column of the mailbox file.", examples=["phone"])]
    old: Annotated[str, Field(description="Empty where there was nothing.")]
    new: Annotated[str, Field(description="Empty where nothing is left.")]


class HolderCorrected(_Part):
    """A customer corrected the data of a holder. They are held here against the mailbox file until it says the same."""

    TYPE: ClassVar = "holder.corrected"

    customer: _Customer
    corrected_at: Instant
    order: Annotated[str | None, Field(description="The order with which it was confirmed, if one was.")]
    mailboxes: Annotated[list[str], Field(description="The holder's mailboxes, by their addresses.")]
    changes: Annotated[list[Correction], Field(min_length=1)]
    registrant: Annotated[Registrant, Field(description="All that is known after the correction.")]
    invoice_recipient: InvoiceRecipient


EventData: TypeAlias = (
    OrderPlaced
    | VatDecided
    | OrderCancelled
    | OrderWithdrawn
    | KitWithdrawn
    | RenewalCompleted
    | AutoRenewalStarted
    | AutoRenewalStopped
    | HolderCorrected
)
"""What an event says, for each type that there is."""

EVENTS: Final[tuple[type[EventData], ...]] = (
    OrderPlaced,
    VatDecided,
    OrderCancelled,
    OrderWithdrawn,
    KitWithdrawn,
    RenewalCompleted,
    AutoRenewalStarted,
    AutoRenewalStopped,
    HolderCorrected,
)


def stored_event(event: EventData) -> dict[str, Any]:
    """An event as it waits in the outbox, sealed there like all payloads; it leaves as it was written."""
    return stamped({"type": event.TYPE, "version": VERSION, "data": event.model_dump(mode="json")})


def envelope(data: type[EventData]) -> type[BaseModel]:
    """The whole body of the events that say `data`, for those who read them."""
    return create_model(
        f"{data.__name__}Event",
        __base__=_Part,
        __doc__=data.__doc__,
        type=(Annotated[str, Field(json_schema_extra={"const": data.TYPE})], ...),
        version=(Annotated[int, Field(json_schema_extra={"const": VERSION})], ...),
        timestamp=(Annotated[Instant, Field(description="When it happened.")], ...),
        data=(data, ...),
    )
