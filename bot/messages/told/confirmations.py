"""What takes the place of an order's confirmation once it asks for too much."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from bot.domain.money import Cents
from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told


class Stands(StrEnum):
    """How an order stands. The values are stored, and are variants of the text."""

    AWAITING = "awaiting"
    PART_PAID = "part-paid"
    COMPLETED = "completed"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationOver(Told):
    """The confirmation of an order is no longer true.

    Attributes:
        order: the order's number.
        message_id: Telegram's number of the confirmation.
        stands: how the order stands.
        paid: what has arrived, in cents.
        missing: what has not.
    """

    NAME: ClassVar[str] = "confirmation-over"

    order: str
    message_id: int
    stands: Stands
    paid: Cents
    missing: Cents

    def facts(self) -> dict[str, Any]:
        """All five."""
        return {
            "order": self.order,
            "confirmation": self.message_id,
            "stands": self.stands.value,
            "paid": self.paid,
            "missing": self.missing,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            order=payload["order"],
            message_id=payload["confirmation"],
            stands=Stands(payload["stands"]),
            paid=payload["paid"],
            missing=payload["missing"],
        )
