"""A mail server for the playground: it takes whatever is sent to anybody, and keeps it to be read in the browser.

The bot reaches it only over SMTP, as it would reach any other::

    room = MailRoom()
    async with serve_mail(room) as address:
        ...  # SMTP_URL=address
"""

import asyncio
import base64
import html
import re
import secrets
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count
from typing import Any, cast

from aiosmtpd.smtp import SMTP

from bot.playground.events import Feed, MailArrived, Publisher
from bot.playground.methods.base import Clock

_KEPT = 500
_LARGEST = 10 * 1024 * 1024
_OPENING = 160
_CID = re.compile(r"cid:([^\"'\s)>]+)", re.IGNORECASE)
_UNSEEN = re.compile(r"<head.*?</head>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_IN_THE_DARK = re.compile(r"\(prefers-color-scheme:\s*dark\)", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
_OPEN_LINKS_OUTSIDE = '<base target="_blank">'


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail as it arrived. `number` counts from 1; `sender` and `recipients` are those of the envelope."""

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    source: bytes
    message: EmailMessage

    def summary(self) -> dict[str, Any]:
        """What a list of mails shows."""
        return {
            "number": self.number,
            "received_at": self.received_at.isoformat(),
            "from": str(self.message["From"] or self.sender),
            "to": ", ".join(self.recipients),
            "subject": str(self.message["Subject"] or ""),
            "language": str(self.message["Content-Language"] or ""),
            "opening": self._opening(),
        }

    def detail(self) -> dict[str, Any]:
        """What a window with one mail shows, but for its HTML."""
        return self.summary() | {
            "headers": [[name, str(value)] for name, value in self.message.items()],
            "text": self.text,
            "source": self.source.decode("ascii", "backslashreplace"),
            "has_html": self._body("html") is not None,
            "parts": [
                {"type": part.get_content_type(), "name": part.get_filename() or ""}
                for part in self.message.walk()
                if not part.is_multipart()
            ],
        }

    @property
    def text(self) -> str:
        """The plain text; empty when the mail has none."""
        return self._body("plain") or ""

    def page(self, *, dark: bool) -> str:
        """The HTML as a page that needs nothing else: its pictures in it, its links opening elsewhere.

        `dark` is what a mail program in the dark says to a style sheet that asks.
        """
        body = self._body("html")
        if body is None:
            return (
                f"<!doctype html><html><head></head><body><pre>{html.escape(self.text)}</pre></body></html>"
            )
        body = _IN_THE_DARK.sub("all" if dark else "not all", body)
        pictures = self._pictures()
        shown = _CID.sub(lambda found: pictures.get(html.unescape(found[1]), found[0]), body)
        return _HEAD.sub(lambda head: head[0] + _OPEN_LINKS_OUTSIDE, shown, count=1)

    def _opening(self) -> str:
        """What is read first, as mail programs pick it: the HTML's words, also those that it hides."""
        body = self._body("html")
        seen = self.text if body is None else html.unescape(_UNSEEN.sub(" ", body))
        return " ".join(seen.split())[:_OPENING]

    def _body(self, kind: str) -> str | None:
        part = self.message.get_body((kind,))
        return None if part is None else str(part.get_content())

    def _pictures(self) -> dict[str, str]:
        """The pictures by their ids, as addresses that hold them."""
        return {
            str(part["Content-ID"]).strip("<> "): "data:{};base64,{}".format(
                part.get_content_type(), base64.b64encode(cast("bytes", part.get_content())).decode()
            )
            for part in self.message.walk()
            if part["Content-ID"] and part.get_content_maintype() == "image"
        }


class MailRoom:
    """Everything that arrived, newest last; the oldest make room when there are very many.

    `id` tells one room from the next: a page that remembers what was read knows when all is new.
    """

    def __init__(self, *, clock: Clock = _now) -> None:
        """Begin empty; `clock` says what time it is, with a time zone."""
        self.id = secrets.token_hex(8)
        self._clock = clock
        self._numbers = count(1)
        self._mails: deque[ReceivedMail] = deque(maxlen=_KEPT)
        self._events = Publisher()

    @property
    def mails(self) -> tuple[ReceivedMail, ...]:
        """All that is kept."""
        return tuple(self._mails)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all that is kept."""
        return tuple(mail.number for mail in self._mails)

    def find(self, number: int) -> ReceivedMail | None:
        """The mail with this number, if it is still there."""
        return next((mail for mail in self._mails if mail.number == number), None)

    def take(self, sender: str, recipients: tuple[str, ...], source: bytes) -> ReceivedMail:
        """Keep a mail, and tell whoever listens."""
        mail = ReceivedMail(
            next(self._numbers),
            self._clock(),
            sender,
            recipients,
            source,
            message_from_bytes(source, policy=default),
        )
        self._mails.append(mail)
        self._events.publish(MailArrived(self.numbers))
        return mail

    def clear(self) -> None:
        """Throw everything away."""
        self._mails.clear()
        self._events.publish(MailArrived(()))

    @contextmanager
    def telling(self, feed: Feed) -> Iterator[None]:
        """Tell `feed` too of what changes, for the length of a `with` block."""
        with self._events.attach(feed):
            yield

    @contextmanager
    def subscribe(self) -> Iterator[Feed]:
        """Listen for the length of a `with` block."""
        with self._events.subscribe() as feed:
            yield feed

    def close(self) -> None:
        """End all that listens."""
        self._events.close()


class _Handler:
    """What the SMTP server does with a mail."""

    def __init__(self, room: MailRoom) -> None:
        self._room = room

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        self._room.take(
            str(envelope.mail_from or ""),
            tuple(map(str, envelope.rcpt_tos)),
            bytes(envelope.original_content),
        )
        return "250 2.0.0 taken"


@asynccontextmanager
async def serve_mail(room: MailRoom, *, port: int = 0) -> AsyncIterator[str]:
    """Take mail on this machine for the length of an `async with` block, which receives the `SMTP_URL`.

    Arguments:
        room: where it is kept.
        port: the port, or 0 for any that is free.

    Raises:
        OSError: when the port is taken.
    """
    loop = asyncio.get_running_loop()
    handler = _Handler(room)
    server = await loop.create_server(
        lambda: SMTP(handler, loop=loop, hostname="localhost", ident="playground", data_size_limit=_LARGEST),
        "127.0.0.1",
        port,
    )
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
