"""What needs a person of the operator's."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from bot.domain.cases import CaseKind
from bot.messages.facts import Payload, PaymentFacts
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorReview(Told):
    """To the operator: a payment needs a person (DOMAIN.md 5)."""

    NAME: ClassVar[str] = "operator-review"

    payment: PaymentFacts

    def facts(self) -> dict[str, Any]:
        """The payment."""
        return self.payment.to_json()

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the payment."""
        return cls(reader=reader, payment=PaymentFacts.read(payload))


@dataclass(frozen=True, slots=True)
class NamedCase:
    """A case of the office, as an alert names it; `due_on` is the day by which it is due, if there is one."""

    id: int
    kind: CaseKind
    subject: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCases(Told):
    """To the operator: `count` cases were opened lately, of which the first are named."""

    NAME: ClassVar[str] = "operator-cases"

    count: int
    cases: tuple[NamedCase, ...]

    def facts(self) -> dict[str, Any]:
        """The cases."""
        return {
            "count": self.count,
            "cases": [
                {
                    "id": case.id,
                    "kind": case.kind.value,
                    "subject": case.subject,
                    "due_on": None if case.due_on is None else case.due_on.isoformat(),
                }
                for case in self.cases
            ],
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the cases."""
        cases = tuple(
            NamedCase(
                id=each["id"],
                kind=CaseKind(each["kind"]),
                subject=each["subject"],
                due_on=None if each["due_on"] is None else date.fromisoformat(each["due_on"]),
            )
            for each in payload["cases"]
        )
        return cls(reader=reader, count=payload["count"], cases=cases)
