"""What is told of the ways to a customer: the chats that are bound, the codes that bind them, e-mail that is silent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.told.base import Reader, Told


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
class LoginCode(Told):
    """A code that links a chat, good for some minutes, until an aware instant (DOMAIN.md 2.2).

    Attributes:
        code: six digits.
        minutes: how long it is good.
        good_until: until when.
        token: that of a link which does the same once, from any chat, until `link_until`; None where there is none.
        link_until: None without a token.
        link: the link itself; empty until it is made, when the mail is sent, or where the bot's name is not known.
    """

    NAME: ClassVar[str] = "login-code"

    code: str
    minutes: int
    good_until: datetime
    token: str | None = None
    link_until: datetime | None = None
    link: str = ""

    def facts(self) -> dict[str, Any]:
        """Code and link with their times."""
        facts = {"code": self.code, "minutes": self.minutes, "good_until": self.good_until.isoformat()}
        if self.token is not None and self.link_until is not None:
            facts |= {"token": self.token, "link_until": self.link_until.isoformat()}
        return facts

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them; what was written by an older version has no link."""
        until = payload.get("link_until")
        return cls(
            reader=reader,
            code=payload["code"],
            minutes=payload["minutes"],
            good_until=datetime.fromisoformat(payload["good_until"]),
            token=payload.get("token"),
            link_until=None if until is None else datetime.fromisoformat(until),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalDecided(Told):
    """To the customer's other chats: a mailbox is not renewed at an expiry (`declined`), or is after all."""

    NAME: ClassVar[str] = "renewal-decided"

    at: datetime
    address: str
    expires_on: date
    declined: bool

    def facts(self) -> dict[str, Any]:
        """All of it."""
        return {
            "at": self.at.isoformat(),
            "address": self.address,
            "expires_on": self.expires_on.isoformat(),
            "declined": self.declined,
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read it."""
        return cls(
            reader=reader,
            at=datetime.fromisoformat(payload["at"]),
            address=payload["address"],
            expires_on=date.fromisoformat(payload["expires_on"]),
            declined=payload["declined"],
        )


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
