"""What the payload of a reminder says, as values that write and read themselves."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from bot.domain.keeping import AsItIs
from bot.domain.money import Cents
from bot.domain.registrant import HolderKind
from bot.messages.facts import Payload


@dataclass(frozen=True, slots=True)
class Reminded:
    """A mailbox that a reminder is about.

    Attributes:
        days: the days left until the expiry, counted when the message is sent; negative after it.
        due: cents to keep the mailbox as it is for `years`, None where that cannot be ordered.
        split_payment: whether `due` is without VAT, which its holder pays to the state.
        charge_on: the day on which an automatic renewal is charged.
        split_ended: whether split payment is declared, and `due` is the whole total all the same (DOMAIN.md 3.6).
        as_it_is: what a button may name for it (docs/decisions/023); None where *Rinnova* only opens the renewal.
    """

    id: int
    holder_id: int
    holder_name: str
    holder_kind: HolderKind
    address: str
    plan_id: str
    expires_on: date
    days: int
    due: Cents | None
    split_payment: bool
    years: int
    charge_on: date
    split_ended: bool = False
    as_it_is: AsItIs | None = None

    @classmethod
    def read(cls, record: Payload) -> Self:
        """Read one of a payload's `mailboxes`."""
        return cls(
            id=record["mailbox"],
            holder_id=record["holder"],
            holder_name=record["holder_name"],
            holder_kind=HolderKind(record["holder_kind"]),
            address=record["address"],
            plan_id=record["plan"],
            expires_on=date.fromisoformat(record["expires_on"]),
            days=record["days"],
            due=record["due"],
            split_payment=record["split_payment"],
            years=record["years"],
            charge_on=date.fromisoformat(record["charge_on"]),
            split_ended=record.get("split_ended", False),
            as_it_is=_read_as_it_is(record.get("as_it_is")),
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        return {
            "mailbox": self.id,
            "holder": self.holder_id,
            "holder_name": self.holder_name,
            "holder_kind": self.holder_kind.value,
            "address": self.address,
            "plan": self.plan_id,
            "expires_on": self.expires_on.isoformat(),
            "days": self.days,
            "due": self.due,
            "split_payment": self.split_payment,
            "years": self.years,
            "charge_on": self.charge_on.isoformat(),
            "split_ended": self.split_ended,
            **({} if self.as_it_is is None else {"as_it_is": asdict(self.as_it_is)}),
        }


def _read_as_it_is(record: Payload | None) -> AsItIs | None:
    if record is None:
        return None
    return AsItIs(
        years=record["years"],
        due=record["due"],
        method_id=record["method_id"],
        again=record["again"],
        mark=record["mark"],
    )


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder says: the customer's mailboxes, the soonest expiry first, and the day it is sent."""

    customer_id: int
    on: date
    mailboxes: tuple[Reminded, ...]

    @classmethod
    def read(cls, payload: Payload) -> Self:
        """Read a payload.

        Raises:
            KeyError, ValueError: `to_json` did not write it.
        """
        return cls(
            customer_id=payload["customer"],
            on=date.fromisoformat(payload["on"]),
            mailboxes=tuple(Reminded.read(record) for record in payload["mailboxes"]),
        )

    def to_json(self) -> dict[str, Any]:
        """What `read` reads."""
        return {
            "customer": self.customer_id,
            "on": self.on.isoformat(),
            "mailboxes": [box.to_json() for box in self.mailboxes],
        }

    @property
    def only(self) -> Reminded | None:
        """The mailbox, where there is one only."""
        return self.mailboxes[0] if len(self.mailboxes) == 1 else None

    @property
    def soonest(self) -> Reminded:
        """The mailbox that expires first."""
        return self.mailboxes[0]

    def by_holder(self) -> dict[int, list[Reminded]]:
        """The mailboxes of each holder, by the holder's id."""
        found: dict[int, list[Reminded]] = {}
        for box in self.mailboxes:
            found.setdefault(box.holder_id, []).append(box)
        return found
