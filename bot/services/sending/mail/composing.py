"""An e-mail as it travels: headers as providers expect them, plain text, HTML and its pictures."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr
from typing import Final
from urllib.parse import quote

from bot.messages import MailMessage, Picture, Unsubscribe

_ID_LENGTH = 32
_ENCODING = "quoted-printable"
"""Every line short and every byte below 128: a server without 8BITMIME takes it as it is."""


class _Addresses(UnstructuredHeader, BaseHeader):
    """A header of addresses in angle brackets. The library would fold a long one by encoding it, which nobody reads."""

    def fold(self, *, policy: Policy) -> str:
        """Fold between the addresses, and nowhere else."""
        folded = f",{policy.linesep} ".join(str(self).split(", "))
        return f"{self.name}: {folded}{policy.linesep}"


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("list-unsubscribe", _Addresses)
    return registry


_POLICY: Final = SMTP.clone(header_factory=_headers())


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed over: the addresses of the envelope, and the message as bytes with CRLF."""

    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mail of this bot has in common.

    Attributes:
        sender: `MAIL_FROM`: an address, with or without a name before it.
        name: the operator's, shown where `MAIL_FROM` has none.
        answers_to: where an answer goes: the operator's address for help.
    """

    sender: str
    name: str
    answers_to: str


def compose(
    message: MailMessage, letterhead: Letterhead, *, to: str, language: str, key: str, now: datetime
) -> Envelope:
    """Write an e-mail.

    Args:
        message: what it says.
        letterhead: who says it.
        to: the address of the recipient.
        language: of the message, such as `it`.
        key: the key of the outbox row: the same one gives the same `Message-ID`, so that a mail that is handed
            over twice can be told for one.
        now: an aware instant.

    Raises:
        ValueError: an address cannot stand in an e-mail.
    """
    name, plain_sender = parseaddr(letterhead.sender)
    sender, recipient = _ascii(plain_sender), _ascii(to)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(name or letterhead.name, addr_spec=sender)
    mail["To"] = Address(addr_spec=recipient)
    mail["Reply-To"] = Address(letterhead.name, addr_spec=_ascii(letterhead.answers_to))
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(key, sender)
    # It is no newsletter and nobody's letter: programs that answer by themselves stay silent.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if message.unsubscribe is not None:
        _let_unsubscribe(mail, message.unsubscribe, letterhead.answers_to)
    mail.set_content(message.text, cte=_ENCODING)
    mail.add_alternative(message.html, subtype="html", cte=_ENCODING)
    _add_pictures(mail, message.pictures)
    # Set earlier, it would have moved to the first part with all that describes content.
    mail["Content-Language"] = language
    return Envelope(sender, recipient, mail.as_bytes())


def message_id(key: str, sender: str) -> str:
    """The id of the e-mail of an outbox row, in the sender's domain; it says nothing of the order."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def _let_unsubscribe(mail: EmailMessage, unsubscribe: Unsubscribe, answers_to: str) -> None:
    """Let mail programs offer to stop these mails: RFC 2369, and by one tap RFC 8058.

    There is no `List-Id` and no `Precedence`: a reminder goes to one customer about that customer's mailboxes, so
    that there is no list to be named, and filters by `Precedence: bulk` would hide what must be read.
    """
    subject = quote(f"unsubscribe {unsubscribe.code}")
    addresses = [f"mailto:{quote(_ascii(answers_to), safe='@')}?subject={subject}"]
    if unsubscribe.url is not None:
        addresses.insert(0, unsubscribe.url)
    mail["List-Unsubscribe"] = ", ".join(f"<{address}>" for address in addresses)
    if unsubscribe.url is not None and unsubscribe.url.startswith("https:"):
        # RFC 8058 knows https only; over http the link is for people.
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_pictures(mail: EmailMessage, pictures: Iterable[Picture]) -> None:
    *_, html = mail.iter_parts()
    if not isinstance(html, MIMEPart):
        raise TypeError("the HTML is the last part of the message")
    for picture in pictures:
        html.add_related(
            picture.png, "image", "png", cid=f"<{picture.cid}>", filename=picture.name, disposition="inline"
        )


def _ascii(address: str) -> str:
    """The address with its domain in ASCII; letters beyond that before the @ would need a server that knows them."""
    local, _, domain = address.rpartition("@")
    written = f"{local}@{domain.encode('idna').decode('ascii')}"
    if not local or not written.isascii():
        raise ValueError("an address has no local part, or letters that mail servers need not know")
    return written
