"""What is told of an order, and of what a payment did to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from bot.domain.invoices import DocumentKind, Invoice
from bot.messages.facts import OrderFacts, Payload, PaymentFacts
from bot.messages.receipts import Receipt
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutOrder(Told):
    """About an order, as it stood then."""

    order: OrderFacts

    def facts(self) -> dict[str, Any]:
        """The order."""
        return self.order.to_json()

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the order."""
        return cls(reader=reader, order=OrderFacts.read(payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(AboutOrder):
    """An order was placed: how to pay it (DOMAIN.md 4).

    `withdraw_url` is the page on which its consumer withdraws; None for others, where there is no such page, and in
    what an earlier release wrote.
    """

    NAME: ClassVar[str] = "order-placed"

    withdraw_url: str | None = None

    def facts(self) -> dict[str, Any]:
        """The order and the page."""
        return {**AboutOrder.facts(self), "withdraw_url": self.withdraw_url}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(reader=reader, order=OrderFacts.read(payload), withdraw_url=payload.get("withdraw_url"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUndecided(AboutOrder):
    """An order was placed that waits for the operator's word on its VAT: nothing is to be paid yet."""

    NAME: ClassVar[str] = "order-undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class VatDecided(AboutOrder):
    """The operator has decided on the VAT of an order: what it costs, and how to pay it."""

    NAME: ClassVar[str] = "order-vat-decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(AboutOrder):
    """An order was cancelled by its customer."""

    NAME: ClassVar[str] = "order-cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWithdrawn(AboutOrder):
    """The receipt of a withdrawal (DOMAIN.md 7): that it was stated, and what follows."""

    NAME: ClassVar[str] = "order-withdrawn"

    receipt: Receipt

    def facts(self) -> dict[str, Any]:
        """The order and the receipt."""
        return {**AboutOrder.facts(self), **self.receipt.to_json()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read both."""
        return cls(reader=reader, order=OrderFacts.read(payload), receipt=Receipt.read(payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMethodChanged(AboutOrder):
    """An order is paid by another method than before: how (DOMAIN.md 4)."""

    NAME: ClassVar[str] = "order-method-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpiring(AboutOrder):
    """An order can soon no longer save its mailboxes."""

    NAME: ClassVar[str] = "order-expiring"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(AboutOrder):
    """An order can no longer save its mailboxes."""

    NAME: ClassVar[str] = "order-expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPayment(AboutOrder):
    """About what a payment did to an order."""

    payment: PaymentFacts

    def facts(self) -> dict[str, Any]:
        """The order and the payment."""
        return {**self.order.to_json(), **self.payment.to_json()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read both."""
        return cls(reader=reader, order=OrderFacts.read(payload), payment=PaymentFacts.read(payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalCompleted(AboutPayment):
    """A payment completed an order (DOMAIN.md 5), at an instant that an earlier release did not say."""

    NAME: ClassVar[str] = "renewal-completed"

    completed_at: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """The order, the payment and the instant."""
        at = None if self.completed_at is None else self.completed_at.isoformat()
        return {**AboutPayment.facts(self), "completed_at": at}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        at = payload.get("completed_at")
        return cls(
            reader=reader,
            order=OrderFacts.read(payload),
            payment=PaymentFacts.read(payload),
            completed_at=None if at is None else datetime.fromisoformat(at),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPartial(AboutPayment):
    """A payment was less than what was due (DOMAIN.md 5)."""

    NAME: ClassVar[str] = "payment-partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(AboutOrder):
    """An invoice or a credit note was issued for an order."""

    NAME: ClassVar[str] = "invoice-issued"

    invoice: Invoice

    def facts(self) -> dict[str, Any]:
        """The order and the invoice."""
        invoice = self.invoice
        return {
            **self.order.to_json(),
            "invoice": {
                "number": invoice.number,
                "issued_on": invoice.issued_on.isoformat(),
                "document": invoice.document.value,
                "url": invoice.url,
            },
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read both."""
        record = payload["invoice"]
        return cls(
            reader=reader,
            order=OrderFacts.read(payload),
            invoice=Invoice(
                number=record["number"],
                issued_on=date.fromisoformat(record["issued_on"]),
                document=DocumentKind(record["document"]),
                url=record["url"],
            ),
        )
