"""What is told of a reference e-mail that changes (DOMAIN.md 3.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told
from bot.messages.told.chats import LoginCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEmailCode(LoginCode):
    """A code that shows a new reference e-mail to be the customer's (DOMAIN.md 3.5)."""

    NAME: ClassVar[str] = "reference-email-code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEmailChanged(Told):
    """A reference e-mail was changed, `at` an instant: to the address before, and to other chats (DOMAIN.md 3.5).

    `undo_url` undoes it until `undo_until`; None in chats, and where the bot has no page that can be reached.
    """

    NAME: ClassVar[str] = "reference-email-changed"

    at: datetime
    undo_until: datetime
    undo_url: str | None = None

    def facts(self) -> dict[str, Any]:
        """The instants and the link."""
        return {
            "at": self.at.isoformat(),
            "undo_until": self.undo_until.isoformat(),
            "undo_url": self.undo_url,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        at, until = (datetime.fromisoformat(payload[name]) for name in ("at", "undo_until"))
        return cls(reader=reader, at=at, undo_until=until, undo_url=payload["undo_url"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEmailRestored(Told):
    """A change was undone, `at` an instant: to the address that it had brought, and to the chats (DOMAIN.md 3.5)."""

    NAME: ClassVar[str] = "reference-email-restored"

    at: datetime

    def facts(self) -> dict[str, Any]:
        """The instant."""
        return {"at": self.at.isoformat()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read it."""
        return cls(reader=reader, at=datetime.fromisoformat(payload["at"]))
