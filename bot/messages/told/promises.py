"""What is told of a payment that its customer has announced."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from bot.messages.facts import OrderFacts, Payload
from bot.messages.told.base import Reader, Told
from bot.messages.told.orders import AboutOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPromise(AboutOrder):
    """About an order of which it was said that it is paid, and by when the payment was to be registered."""

    expected_on: date

    def facts(self) -> dict[str, Any]:
        """The order and the day."""
        return {**self.order.to_json(), "expected_on": self.expected_on.isoformat()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read both."""
        return cls(
            reader=reader,
            order=OrderFacts.read(payload),
            expected_on=date.fromisoformat(payload["expected_on"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPromised(AboutPromise):
    """In another chat of the customer it was said that an order is paid."""

    NAME: ClassVar[str] = "payment-promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentNotArrived(AboutPromise):
    """A payment that was announced did not arrive in time."""

    NAME: ClassVar[str] = "payment-not-arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCardOver(Told):
    """The pinned card of an announced payment is over.

    Attributes:
        order: the order's number.
        card_id: Telegram's number of the message that is pinned.
        arrived: whether money came.
        elsewhere: whether the payment is expected still, and another card says so.
    """

    NAME: ClassVar[str] = "payment-card-over"

    order: str
    card_id: int
    arrived: bool
    elsewhere: bool = False

    def facts(self) -> dict[str, Any]:
        """All four."""
        return {
            "order": self.order,
            "card": self.card_id,
            "arrived": self.arrived,
            "elsewhere": self.elsewhere,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them; an older release wrote three."""
        return cls(
            reader=reader,
            order=payload["order"],
            card_id=payload["card"],
            arrived=payload["arrived"],
            elsewhere=payload.get("elsewhere", False),
        )
