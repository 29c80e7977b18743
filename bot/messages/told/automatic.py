"""What is told of the switch of automatic renewal."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutAutomaticRenewal(Told):
    """A customer switched the automatic renewal of a mailbox `on`, or off, `at` an instant (DOMAIN.md 3.6).

    `charge_on` is the day of the next charge, which there is when it is on; then `years` are those of each charge and
    `due` its cents, None where it is not known.
    """

    at: datetime
    address: str
    on: bool
    expires_on: date
    charge_on: date
    years: int | None = None
    due: int | None = None

    def facts(self) -> dict[str, Any]:
        """The mailbox, its dates and the charge."""
        return {
            "at": self.at.isoformat(),
            "address": self.address,
            "on": self.on,
            "expires_on": self.expires_on.isoformat(),
            "charge_on": self.charge_on.isoformat(),
            "years": self.years,
            "due": self.due,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            at=datetime.fromisoformat(payload["at"]),
            address=payload["address"],
            on=payload["on"],
            expires_on=date.fromisoformat(payload["expires_on"]),
            charge_on=date.fromisoformat(payload["charge_on"]),
            years=payload.get("years"),
            due=payload.get("due"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticRenewalSwitched(AboutAutomaticRenewal):
    """To the customer, in every chat and by e-mail: the confirmation, with the time."""

    NAME: ClassVar[str] = "automatic-renewal-switched"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAutomaticRenewal(AboutAutomaticRenewal):
    """To the operator, where no event tells whoever charges. `customer` is the code of the one who switched it."""

    NAME: ClassVar[str] = "operator-automatic-renewal"

    customer: str = ""

    def facts(self) -> dict[str, Any]:
        """The mailbox, its dates, the charge, and whose it is."""
        return {**AboutAutomaticRenewal.facts(self), "customer": self.customer}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them; an earlier release did not say whose it is."""
        return replace(
            super(OperatorAutomaticRenewal, cls).read(payload, reader), customer=payload.get("customer", "")
        )
