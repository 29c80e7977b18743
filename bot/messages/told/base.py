"""What every message has in common: whom it goes to, and how its payload is stamped."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bot.messages.facts import Payload
from bot.messages.model import Unsubscribe
from bot.messages.versions import stamped


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom an e-mail goes to: the address, the language, and the security phrase that shows that it is genuine."""

    to: str
    language: str
    phrase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(ABC):
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

    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """What is told, in strict JSON."""

    @classmethod
    @abstractmethod
    def read(cls, payload: Payload, reader: Reader | None) -> Self:
        """Read what `facts` wrote.

        Raises:
            KeyError, TypeError, ValueError: it did not.
        """


def unsubscribe_in(payload: Payload) -> Unsubscribe | None:
    """How the reader of an e-mail gets fewer of its kind, as a payload carries it; None where it says nothing."""
    if "unsubscribe" not in payload:
        return None
    return Unsubscribe(payload["unsubscribe"], payload["unsubscribe_url"])
