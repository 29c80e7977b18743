"""The receipt of a withdrawal, as payloads and screens carry it (DOMAIN.md 7)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from bot.domain.money import Cents
from bot.messages.facts import Payload


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was stated, and what follows. Cents; it never changes.

    Attributes:
        number: the receipt's.
        at: the aware instant of the statement, to the second.
        words: the statement.
        sent_to: the address to which the receipt was asked for.
        cancelled: whether nothing had been paid: the order is cancelled by it.
        completed: whether the renewal had been complete.
        paid, served, due_back: what counted, what stays of it, and what is given back.
        back_by: the last day for that.
        kit_alone: whether only the hardware of a kit goes back, and the renewal stays.
    """

    number: str
    at: datetime
    words: str
    sent_to: str
    cancelled: bool
    completed: bool
    paid: Cents
    served: Cents
    due_back: Cents
    back_by: date
    kit_alone: bool = False

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        return {
            "receipt": self.number,
            "stated_at": self.at.isoformat(),
            "words": self.words,
            "sent_to": self.sent_to,
            "cancelled": self.cancelled,
            "completed": self.completed,
            "paid": self.paid,
            "served": self.served,
            "due_back": self.due_back,
            "back_by": self.back_by.isoformat(),
            "kit_alone": self.kit_alone,
        }

    @classmethod
    def read(cls, payload: Payload) -> Self:
        """Read it from a payload.

        Raises:
            KeyError, ValueError: `to_json` did not write it.
        """
        return cls(
            number=payload["receipt"],
            at=datetime.fromisoformat(payload["stated_at"]),
            words=payload["words"],
            sent_to=payload["sent_to"],
            cancelled=payload["cancelled"],
            completed=payload["completed"],
            paid=payload["paid"],
            served=payload["served"],
            due_back=payload["due_back"],
            back_by=date.fromisoformat(payload["back_by"]),
            kit_alone=payload.get("kit_alone", False),
        )
