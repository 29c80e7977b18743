"""What leaves the database so that the database can be proved (DOMAIN.md 7)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.domain.evidence.document import SignedDay
from bot.domain.evidence.heads import heads_in, lines_of
from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHeads(Told):
    """To the operator: the heads of a day, as they were signed."""

    NAME: ClassVar[str] = "signed-heads"

    signed: SignedDay

    def facts(self) -> dict[str, Any]:
        """The day's lines."""
        return {"lines": [f"{name}: {value}" for name, value in lines_of(self.signed)]}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        (signed,) = heads_in("\n".join(payload["lines"]))
        return cls(reader=reader, signed=signed)
