"""What became of a bank's statement, for the operator (DOMAIN.md 8)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.domain.money import Cents
from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorStatement(Told):
    """To the operator: a statement was read, and what of it was registered, waits, or was known.

    Attributes:
        statement: its number.
        name: of its file.
        registered: payments that were registered, and `cents` what they add up to.
        likely: entries that only have to be confirmed.
        same: entries that were probably paid by another way.
        unknown: entries of which nobody knows whose they are.
        not_ours: entries that have nothing to do with any order.
        known: entries that were known from another statement.
        to_decide: whether whoever reads it may decide there: buttons, instead of the command.
    """

    NAME: ClassVar[str] = "operator-statement"

    statement: int
    name: str
    registered: int
    cents: Cents
    likely: int
    same: int
    unknown: int
    not_ours: int
    known: int
    to_decide: bool = False

    @property
    def waiting(self) -> int:
        """How many of its entries wait for a person."""
        return self.likely + self.same + self.unknown

    def facts(self) -> dict[str, Any]:
        """The counts."""
        return {
            "statement": self.statement,
            "name": self.name,
            "registered": self.registered,
            "cents": self.cents,
            "likely": self.likely,
            "same": self.same,
            "unknown": self.unknown,
            "not_ours": self.not_ours,
            "known": self.known,
            "to_decide": self.to_decide,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the counts."""
        return cls(
            reader=reader,
            statement=payload["statement"],
            name=payload["name"],
            registered=payload["registered"],
            cents=payload["cents"],
            likely=payload["likely"],
            same=payload["same"],
            unknown=payload["unknown"],
            not_ours=payload["not_ours"],
            known=payload["known"],
            to_decide=payload["to_decide"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorStatementRefused(Told):
    """To the operator: nothing of a file was registered, since it cannot be read.

    Attributes:
        name: of the file.
        problem: where and why, in English: all that messages of earlier releases have.
        fault: what is wrong, `place` where, `about` what stands there, as in `UnreadableStatement`.
    """

    NAME: ClassVar[str] = "operator-statement-refused"

    name: str
    problem: str
    fault: str = ""
    place: str = ""
    about: str = ""

    def facts(self) -> dict[str, Any]:
        """The file and the problem."""
        return {
            "name": self.name,
            "problem": self.problem,
            "fault": self.fault,
            "place": self.place,
            "about": self.about,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            name=payload["name"],
            problem=payload["problem"],
            fault=payload.get("fault", ""),
            place=payload.get("place", ""),
            about=payload.get("about", ""),
        )
