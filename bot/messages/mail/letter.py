"""An e-mail as a series of parts, before it becomes plain text and HTML that say the same."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.messages.model import Picture, Unsubscribe
from bot.texts import Locale, Safe


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences, as the HTML that chats know too. `quiet` is small print."""

    words: Safe
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with a name. `note` says how to use it; `copied` marks what a reader copies character by character."""

    label: str
    value: str
    note: str = ""
    strong: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Values below each other, each beside its name."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: what, its value at the end of the line, and what explains it."""

    what: str
    value: str
    detail: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """Lines of a list under a heading, which may be empty."""

    entries: tuple[Entry, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A link to act on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that travels with the mail, and what it is for. Plain text leaves both out."""

    picture: Picture
    words: Safe


Part: TypeAlias = Paragraph | Facts | Entries | Button | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that belong together, under a title."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole e-mail.

    Attributes:
        locale: the language.
        sender: the operator's name, as the letterhead.
        subject: one line.
        preview: what a list of mails shows beside the subject; it is nowhere else.
        title: the heading.
        opening: what has to be known first.
        sections: the rest.
        footer: who writes, and where help is.
        unsubscribe: how to get fewer of these, None where a reader cannot do without.
    """

    locale: Locale
    sender: str
    subject: str
    preview: str
    title: str
    opening: tuple[Part, ...]
    sections: tuple[Section, ...]
    footer: tuple[Safe, ...] = field(default=())
    unsubscribe: Unsubscribe | None = None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture that travels with it."""
        parts = (*self.opening, *(part for section in self.sections for part in section.parts))
        return tuple(part.picture for part in parts if isinstance(part, Drawing))
