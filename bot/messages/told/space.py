"""What is told of the space of mailboxes."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.model import Unsubscribe
from bot.messages.space_told import FullMailbox
from bot.messages.told.base import Reader, Told, unsubscribe_in


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceFilling(Told):
    """To a customer: spaces of mailboxes, of which there is at least one, have passed a level (DOMAIN.md 6).

    `link` opens the bot, and `unsubscribe` says how to get fewer: both for an e-mail.
    """

    NAME: ClassVar[str] = "space-filling"

    mailboxes: tuple[FullMailbox, ...]
    link: str = ""
    unsubscribe: Unsubscribe | None = None

    def facts(self) -> dict[str, Any]:
        """The spaces, and where the links of an e-mail lead."""
        stop = self.unsubscribe
        return {
            "mailboxes": [box.to_json() for box in self.mailboxes],
            "link": self.link,
            **({} if stop is None else {"unsubscribe": stop.code, "unsubscribe_url": stop.url}),
        }

    @classmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read them."""
        return cls(
            reader=reader,
            mailboxes=tuple(FullMailbox.read(each) for each in payload["mailboxes"]),
            link=payload.get("link") or "",
            unsubscribe=unsubscribe_in(payload),
        )
