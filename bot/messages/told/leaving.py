"""What is told of a customer who wants everything deleted (DOMAIN.md 7, "Data")."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told
from bot.messages.told.chats import LoginCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingCode(LoginCode):
    """A code by which everything of the customer is deleted."""

    NAME: ClassVar[str] = "leaving-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerForgotten(Told):
    """Everything of the customer was deleted, `at` an instant: to the reference e-mail that was, and to its chats.

    Attributes:
        at: when.
        until: until when the last of what the law wants kept is kept.
        orders: how many orders are among it.
        language: the reader's, of whom nothing else knows it any more.
    """

    NAME: ClassVar[str] = "customer-forgotten"

    at: datetime
    until: date
    orders: int
    language: str

    def facts(self) -> dict[str, Any]:
        """All of it."""
        return {
            "at": self.at.isoformat(),
            "until": self.until.isoformat(),
            "orders": self.orders,
            "language": self.language,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read it."""
        return cls(
            reader=reader,
            at=datetime.fromisoformat(payload["at"]),
            until=date.fromisoformat(payload["until"]),
            orders=payload["orders"],
            language=payload["language"],
        )
