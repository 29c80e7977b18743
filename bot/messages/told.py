"""What waits in the outbox to be pushed or mailed: one class for each message, which writes its payload and reads it.

A payload is flat, strict JSON: its form under `v` (`bot.messages.versions`), the name of its message under
`message`, the facts of the moment when it was written, and for an e-mail its reader. Rows outlive a release: what is
written here is read for as long as a row of it may wait, and what the first release wrote, without `v`, is too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final, Self

from bot.domain.cases import CaseKind
from bot.domain.reminders import Subject
from bot.messages.facts import OrderFacts, Payload, PaymentFacts
from bot.messages.model import Unsubscribe
from bot.messages.reminded import Reminder
from bot.messages.space_told import FullMailbox
from bot.messages.versions import UnreadablePayload, check_readable, stamped


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom an e-mail goes to: the address, the language, and the security phrase that shows that it is genuine."""

    to: str
    language: str
    phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something to be told: by e-mail to `reader`, or without one in a chat, which knows its language by itself."""

    NAME: ClassVar[str]

    reader: Reader | None = None

    def to_json(self) -> dict[str, Any]:
        """The payload."""
        reader = self.reader
        addressed = (
            {} if reader is None else {"to": reader.to, "language": reader.language, "phrase": reader.phrase}
        )
        return stamped({"message": self.NAME, **self.facts(), **addressed})

    def facts(self) -> dict[str, Any]:
        """What is told, in strict JSON."""
        raise NotImplementedError

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read what `facts` wrote.

        Raises:
            KeyError, TypeError, ValueError: it did not.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutOrder(Told):
    """About an order, as it stood then."""

    order: OrderFacts

    def facts(self) -> dict[str, Any]:
        """The order."""
        return self.order.to_json()

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read the order."""
        return cls(reader=reader, order=OrderFacts.read(payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(AboutOrder):
    """An order was placed: how to pay it (DOMAIN.md 4)."""

    NAME: ClassVar[str] = "order-placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(AboutOrder):
    """An order was cancelled by its customer."""

    NAME: ClassVar[str] = "order-cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpiring(AboutOrder):
    """An order can soon no longer save its mailboxes."""

    NAME: ClassVar[str] = "order-expiring"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(AboutOrder):
    """An order can no longer save its mailboxes."""

    NAME: ClassVar[str] = "order-expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPayment(AboutOrder):
    """About what a payment did to an order."""

    payment: PaymentFacts

    def facts(self) -> dict[str, Any]:
        """The order and the payment."""
        return {**self.order.to_json(), **self.payment.to_json()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read both."""
        return cls(reader=reader, order=OrderFacts.read(payload), payment=PaymentFacts.read(payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalCompleted(AboutPayment):
    """A payment completed an order (DOMAIN.md 5)."""

    NAME: ClassVar[str] = "renewal-completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPartial(AboutPayment):
    """A payment was less than what was due (DOMAIN.md 5)."""

    NAME: ClassVar[str] = "payment-partial"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatJoined(Told):
    """To the chats that a customer had: another one was bound, `at` an instant (DOMAIN.md 2.4).

    `addresses` are the customer's mailboxes, of which there is at least one.
    """

    NAME: ClassVar[str] = "chat-joined"

    at: datetime
    addresses: tuple[str, ...]

    def facts(self) -> dict[str, Any]:
        """The instant and the addresses."""
        return {"at": self.at.isoformat(), "addresses": list(self.addresses)}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        at = datetime.fromisoformat(payload["at"])
        return cls(reader=reader, at=at, addresses=tuple(payload["addresses"]))


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
    """To the operator, where no event tells whoever charges."""

    NAME: ClassVar[str] = "operator-automatic-renewal"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSilenced(Told):
    """To the reference e-mail, and to the customer's chats: no reminders come by e-mail any more (DOMAIN.md 6).

    Attributes:
        at: when it was asked for.
        addresses: the customer's mailboxes; there may be none.
        code: that of the customer's e-mails, by which the operator knows who writes.
        undo_url: where it is undone; None where the bot has no address on the web.
    """

    NAME: ClassVar[str] = "mail-silenced"

    at: datetime
    addresses: tuple[str, ...]
    code: str
    undo_url: str | None

    def facts(self) -> dict[str, Any]:
        """The instant, the addresses, and how it is undone."""
        return {
            "at": self.at.isoformat(),
            "addresses": list(self.addresses),
            "code": self.code,
            "undo_url": self.undo_url,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            at=datetime.fromisoformat(payload["at"]),
            addresses=tuple(payload["addresses"]),
            code=payload["code"],
            undo_url=payload["undo_url"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginCode(Told):
    """A code that links a chat, good for some minutes, until an aware instant (DOMAIN.md 2.2)."""

    NAME: ClassVar[str] = "login-code"

    code: str
    minutes: int
    good_until: datetime

    def facts(self) -> dict[str, Any]:
        """The code and its time."""
        return {"code": self.code, "minutes": self.minutes, "good_until": self.good_until.isoformat()}

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        good_until = datetime.fromisoformat(payload["good_until"])
        return cls(reader=reader, code=payload["code"], minutes=payload["minutes"], good_until=good_until)


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
            unsubscribe=_unsubscribe(payload),
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
            unsubscribe=_unsubscribe(payload),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindAutomatic(Reminding):
    """Mailboxes that will renew themselves."""

    NAME: ClassVar[str] = f"reminder-{Subject.AUTOMATIC}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindNotCharged(Reminding):
    """Mailboxes that should have renewed themselves."""

    NAME: ClassVar[str] = f"reminder-{Subject.NOT_CHARGED}"


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
    Subject.AUTOMATIC: RemindAutomatic,
    Subject.NOT_CHARGED: RemindNotCharged,
    Subject.OWN_DOMAIN: RemindOwnDomain,
    Subject.DELETED: TellDeleted,
}
"""The reminder of each subject."""

_ALL: Final[tuple[type[Told], ...]] = (
    OrderPlaced,
    OrderCancelled,
    OrderExpiring,
    OrderExpired,
    RenewalCompleted,
    PaymentPartial,
    OperatorReview,
    OperatorCases,
    ChatJoined,
    AutomaticRenewalSwitched,
    OperatorAutomaticRenewal,
    SpaceFilling,
    MailSilenced,
    LoginCode,
    ReferenceEmailCode,
    ReferenceEmailChanged,
    ReferenceEmailRestored,
    *REMINDING.values(),
)
TOLD: Final[Mapping[str, type[Told]]] = {kind.NAME: kind for kind in _ALL}
"""Every message that there is, by its name."""


def read_told(payload: Payload) -> Told:
    """Read what waited in the outbox.

    Raises:
        UnreadablePayload: a newer release wrote it, this one does not know its message, or facts are missing or wrong.
    """
    check_readable(payload)
    name = payload.get("message")
    if not isinstance(name, str) or name not in TOLD:
        raise UnreadablePayload(f"there is no message {name!r}")
    try:
        reader = (
            Reader(payload["to"], payload["language"], payload.get("phrase")) if "to" in payload else None
        )
        return TOLD[name].read(payload, reader)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        # What a wrong fact says may be personal: only the name of one that is missing is repeated.
        why = (
            f"{error} is missing" if isinstance(error, KeyError) else f"a {type(error).__name__} in its facts"
        )
        raise UnreadablePayload(f"{name} cannot be read: {why}") from error


def _unsubscribe(payload: Payload) -> Unsubscribe | None:
    if "unsubscribe" not in payload:
        return None
    return Unsubscribe(payload["unsubscribe"], payload["unsubscribe_url"])
