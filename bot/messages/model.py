"""A message that is ready to be sent."""

from dataclasses import dataclass

from bot.texts import Safe


@dataclass(frozen=True, slots=True)
class ChatButton:
    """A button: `data` for the bot (at most 64 bytes), a link to open, or a text to copy (at most 256 characters)."""

    label: str
    data: str = ""
    url: str = ""
    copied: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message for a chat: Telegram HTML, and rows of buttons.

    With `replaces` it is no new message: it takes the place of the one with that number, which is no longer pinned.
    """

    html: Safe
    rows: tuple[tuple[ChatButton, ...], ...] = ()
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that an e-mail carries: its HTML shows it under `cid:` and `cid`; `name` is the file's."""

    cid: str
    name: str
    alt: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """How a reader gets fewer e-mails of this kind.

    Attributes:
        code: proves that who asks has one of these e-mails.
        url: the page that takes the request, None where the bot has no address on the web.
    """

    code: str
    url: str | None


@dataclass(frozen=True, slots=True)
class MailMessage:
    """An e-mail: the subject, the same content as plain text and as HTML, and the pictures of the latter.

    `unsubscribe` is None for what a reader cannot do without, such as the confirmation of an order.
    """

    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()
    unsubscribe: Unsubscribe | None = None
