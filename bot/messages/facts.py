"""What payloads of the outbox say of orders and payments, as values that write and read themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self, TypeAlias

from bot.domain.catalogue import Catalogue
from bot.domain.instructions import Instructions, instructions_for
from bot.domain.mailboxes import Expiring
from bot.domain.money import Cents
from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.domain.prices import Line, LineKind, Quote
from bot.domain.registrant import HolderKind
from bot.domain.vat import VatTreatment

Payload: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One mailbox of an order: what it was, and what it becomes.

    `gone` is whether it was not the operator's any more when the payload was written (docs/decisions/034).
    """

    mailbox_id: int
    address: str
    old_plan_id: str
    plan_id: str
    extra_mailbox_gb: int
    extra_archive_gb: int
    old_expiry: date
    new_expiry: date
    gone: bool = False

    @property
    def before(self) -> Expiring:
        """The plan and the expiry that it has while the order is not complete: they decide when it is deleted."""
        return Expiring(self.old_plan_id, self.old_expiry)

    @classmethod
    def read(cls, record: Payload) -> Self:
        """Read one of a payload's `items`."""
        return cls(
            mailbox_id=record["mailbox"],
            address=record["address"],
            old_plan_id=record["old_plan"],
            plan_id=record["plan"],
            extra_mailbox_gb=record["extra_mailbox_gb"],
            extra_archive_gb=record["extra_archive_gb"],
            old_expiry=date.fromisoformat(record["old_expiry"]),
            new_expiry=date.fromisoformat(record["new_expiry"]),
            gone=record.get("gone", False),
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        return {
            "mailbox": self.mailbox_id,
            "address": self.address,
            "old_plan": self.old_plan_id,
            "plan": self.plan_id,
            "extra_mailbox_gb": self.extra_mailbox_gb,
            "extra_archive_gb": self.extra_archive_gb,
            "old_expiry": self.old_expiry.isoformat(),
            "new_expiry": self.new_expiry.isoformat(),
            **({"gone": True} if self.gone else {}),
        }


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as it stood when something happened to it.

    Attributes:
        number: the order number.
        on: the day on which the payload was written.
        placed_at: an aware instant.
        quote: the frozen lines.
        method_id: the method of payment, which the catalogue may have given up since.
        auto_renew: whether the mailboxes renew themselves once this order is complete.
        split_ended: whether split payment was declared, and the whole total is due all the same (DOMAIN.md 3.6).
        consumer: whether the holder has a right of withdrawal.
        kit_id: the digital-signature kit, None without one.
        pay_by: the last day on which a registered payment keeps every mailbox sending.
        payable_until: the last day on which one saves all of them.
        items: the mailboxes, in the order of the lines.
        missing: cents still to be paid: everything that is due unless the payload says otherwise.
        refund: cents of the last payment that belong back to the customer.
        holder_kind: of which kind the holder is; an earlier release did not say.
        mail_to: the reference e-mail of the order, masked; an earlier release did not say.
        vat: how the order stands with VAT; while that is open the lines have it.
        vat_mention: why none is charged: of `bot.domain.vat.Mention`, or in the operator's words; None else.
    """

    number: str
    on: date
    placed_at: datetime
    quote: Quote
    method_id: str
    auto_renew: bool
    split_ended: bool
    consumer: bool
    kit_id: str | None
    pay_by: date
    payable_until: date
    items: tuple[Item, ...]
    missing: Cents
    refund: Cents
    holder_kind: HolderKind | None = None
    mail_to: str = ""
    vat: VatTreatment = VatTreatment.CHARGED
    vat_mention: str | None = None

    @classmethod
    def read(cls, payload: Payload) -> Self:
        """Read a payload about an order.

        Raises:
            KeyError, ValueError: `to_json` did not write it.
        """
        quote = Quote(tuple(map(_line, payload["lines"])), payload["years"], payload["split_payment"])
        return cls(
            number=payload["order"],
            on=date.fromisoformat(payload["on"]),
            placed_at=datetime.fromisoformat(payload["placed_at"]),
            quote=quote,
            method_id=payload["method"],
            auto_renew=payload["auto_renew"],
            split_ended=payload.get("split_ended", False),
            consumer=payload["consumer"],
            kit_id=payload["kit"],
            pay_by=date.fromisoformat(payload["pay_by"]),
            payable_until=date.fromisoformat(payload["payable_until"]),
            items=tuple(map(Item.read, payload["items"])),
            missing=payload.get("missing", quote.due),
            refund=payload.get("refund", 0),
            mail_to=payload.get("mail_to", ""),
            vat=VatTreatment(payload.get("vat_treatment", "charged")),
            vat_mention=payload.get("vat_mention"),
            holder_kind=None if (kind := payload.get("holder_kind")) is None else HolderKind(kind),
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads: strict JSON, money in cents, dates in ISO 8601."""
        quote = self.quote
        return {
            "order": self.number,
            "on": self.on.isoformat(),
            "placed_at": self.placed_at.isoformat(),
            "years": quote.years,
            "net": quote.net,
            "vat": quote.vat,
            "due": quote.due,
            "split_payment": quote.split_payment,
            "method": self.method_id,
            "auto_renew": self.auto_renew,
            "split_ended": self.split_ended,
            "consumer": self.consumer,
            "kit": self.kit_id,
            "pay_by": self.pay_by.isoformat(),
            "payable_until": self.payable_until.isoformat(),
            "items": [item.to_json() for item in self.items],
            "lines": list(map(_line_json, quote.lines)),
            "missing": self.missing,
            "refund": self.refund,
            **({"mail_to": self.mail_to} if self.mail_to else {}),
            **({} if self.vat is VatTreatment.CHARGED else {"vat_treatment": self.vat.value}),
            **({} if self.vat_mention is None else {"vat_mention": self.vat_mention}),
            **({} if self.holder_kind is None else {"holder_kind": self.holder_kind.value}),
        }

    @property
    def received(self) -> Cents:
        """What was registered for the order so far."""
        return self.quote.due - self.missing

    @property
    def gone(self) -> tuple[Item, ...]:
        """The mailboxes that are not the operator's any more: with one of them the order is not to be paid."""
        return tuple(item for item in self.items if item.gone)

    @property
    def living(self) -> tuple[Item, ...]:
        """The other ones, which can be renewed by an order of their own."""
        return tuple(item for item in self.items if not item.gone)

    def has_other_methods(self, catalogue: Catalogue) -> bool:
        """Whether the holder may choose another method: nothing is paid, and there is one."""
        return not self.received and any(
            self.holder_kind in method.kinds and method.id != self.method_id
            for method in catalogue.methods.values()
        )

    def instructions(self, catalogue: Catalogue) -> Instructions:
        """How to pay what is missing."""
        return instructions_for(
            catalogue,
            method_id=self.method_id,
            number=self.number,
            due=self.missing,
            integrates=self.received > 0,
        )


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment. `paid` is in cents of `currency`, which `paid_text` writes; the instant is aware.

    `missing` and `refund` are the cents that are missing of its order afterwards, and those of it that belong back.
    """

    payment_id: str
    order_text: str
    paid: Cents
    paid_text: str
    currency: str
    method: str
    registered_at: datetime
    outcome: PaymentOutcome
    reason: ReviewReason | None
    missing: Cents
    refund: Cents

    @classmethod
    def read(cls, payload: Payload) -> Self:
        """Read a payload about a payment.

        Raises:
            KeyError, ValueError: `to_json` did not write it.
        """
        reason = payload["reason"]
        return cls(
            payment_id=payload["payment_id"],
            order_text=payload["order_text"],
            paid=payload["paid"],
            paid_text=payload["paid_text"],
            currency=payload["currency"],
            method=payload["payment_method"],
            registered_at=datetime.fromisoformat(payload["registered_at"]),
            outcome=PaymentOutcome(payload["outcome"]),
            reason=None if reason is None else ReviewReason(reason),
            missing=payload["missing"],
            refund=payload["refund"],
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        return {
            "payment_id": self.payment_id,
            "order_text": self.order_text,
            "paid": self.paid,
            "paid_text": self.paid_text,
            "currency": self.currency,
            "payment_method": self.method,
            "registered_at": self.registered_at.isoformat(),
            "outcome": self.outcome.value,
            "reason": None if self.reason is None else self.reason.value,
            "missing": self.missing,
            "refund": self.refund,
        }


def _line(record: Payload) -> Line:
    return Line(
        kind=LineKind(record["kind"]),
        code=record["code"],
        mailbox_id=record["mailbox"],
        quantity=record["quantity"],
        years=record["years"],
        unit_net=record["unit_net"],
        next_unit_net=record["next_unit_net"],
        net=record["net"],
        vat_percent=Decimal(record["vat_percent"]),
        vat=record["vat"],
    )


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "code": line.code,
        "mailbox": line.mailbox_id,
        "quantity": line.quantity,
        "years": line.years,
        "unit_net": line.unit_net,
        "next_unit_net": line.next_unit_net,
        "net": line.net,
        "vat_percent": str(line.vat_percent),
        "vat": line.vat,
    }
