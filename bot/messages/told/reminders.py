"""Reminders, as they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from bot.domain.reminders import Subject
from bot.messages.facts import OrderFacts, Payload
from bot.messages.model import Unsubscribe
from bot.messages.reminded import Reminder
from bot.messages.told.base import Reader, Told, unsubscribe_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding(Told):
    """A reminder as it is sent: what is so by then (DOMAIN.md 6). What waits is its plan (`bot.services.reminders`).

    Attributes:
        reminder: the mailboxes.
        link: the deep link of an e-mail; empty where there is none.
        unsubscribe: how the reader of an e-mail gets fewer of them.
    """

    reminder: Reminder
    link: str = ""
    unsubscribe: Unsubscribe | None = None

    def facts(self) -> dict[str, Any]:
        """The mailboxes, and where the links of an e-mail lead."""
        stop = self.unsubscribe
        return {
            **self.reminder.to_json(),
            "link": self.link,
            **({} if stop is None else {"unsubscribe": stop.code, "unsubscribe_url": stop.url}),
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            reminder=Reminder.read(payload),
            link=payload.get("link") or "",
            unsubscribe=unsubscribe_in(payload),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindToRenew(Reminding):
    """Mailboxes that expire, or have expired."""

    NAME: ClassVar[str] = f"reminder-{Subject.RENEW}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindToPay(Reminding):
    """Mailboxes in an order that nobody has paid."""

    NAME: ClassVar[str] = f"reminder-{Subject.AWAITING_PAYMENT}"

    order: OrderFacts

    def facts(self) -> dict[str, Any]:
        """The order too."""
        return {**self.order.to_json(), **Reminding.facts(self)}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the order too."""
        return cls(
            reader=reader,
            order=OrderFacts.read(payload),
            reminder=Reminder.read(payload),
            unsubscribe=unsubscribe_in(payload),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindUndecided(RemindToPay):
    """Mailboxes in an order whose VAT the operator has not decided: nothing can be paid yet."""

    NAME: ClassVar[str] = f"reminder-{Subject.AWAITING_DECISION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindAutomatic(Reminding):
    """Mailboxes that will renew themselves."""

    NAME: ClassVar[str] = f"reminder-{Subject.AUTOMATIC}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindNotCharged(Reminding):
    """Mailboxes that should have renewed themselves."""

    NAME: ClassVar[str] = f"reminder-{Subject.NOT_CHARGED}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindNotRenewing(Reminding):
    """Mailboxes that their customer does not renew."""

    NAME: ClassVar[str] = f"reminder-{Subject.NOT_RENEWING}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOwnDomain(Reminding):
    """Mailboxes that are renewed with their domain."""

    NAME: ClassVar[str] = f"reminder-{Subject.OWN_DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellDeleted(Reminding):
    """Mailboxes whose last day has passed: the end, told once (DOMAIN.md 6)."""

    NAME: ClassVar[str] = f"reminder-{Subject.DELETED}"


REMINDING: Final[Mapping[Subject, type[Reminding]]] = {
    Subject.RENEW: RemindToRenew,
    Subject.AWAITING_PAYMENT: RemindToPay,
    Subject.AWAITING_DECISION: RemindUndecided,
    Subject.AUTOMATIC: RemindAutomatic,
    Subject.NOT_CHARGED: RemindNotCharged,
    Subject.NOT_RENEWING: RemindNotRenewing,
    Subject.OWN_DOMAIN: RemindOwnDomain,
    Subject.DELETED: TellDeleted,
}
"""The reminder of each subject."""
