"""What is told of the space of mailboxes."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.space_told import FullMailbox
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceFilling(Told):
    """To a customer: mailboxes, of which there is at least one, have passed a level of their space (DOMAIN.md 6)."""

    NAME: ClassVar[str] = "space-filling"

    mailboxes: tuple[FullMailbox, ...]

    def facts(self) -> dict[str, Any]:
        """The mailboxes."""
        return {"mailboxes": [box.to_json() for box in self.mailboxes]}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(reader=reader, mailboxes=tuple(FullMailbox.read(each) for each in payload["mailboxes"]))
