"""Mailboxes that are filling up, as a message carries them (DOMAIN.md 6, "Space")."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class FullMailbox:
    """A space of a mailbox, itself or its archive, that has passed a level; of one mailbox both may have.

    Attributes:
        id: the mailbox's.
        address: the mailbox's address.
        archive: whether it is the archive.
        used_gb: the GB in use there.
        room_gb: the GB that there are.
        level: 70, 90 or 100 per cent.
        extra: whether its plan sells more GB of that space, with the renewal.
        larger: the id of a plan that can have more of it where its own sells no more; None where there is none.
        renewable: whether it can be renewed now.
        professional: whether its holder may be in a professional order.
    """

    id: int
    address: str
    archive: bool
    used_gb: Decimal
    room_gb: int
    level: int
    extra: bool
    larger: str | None
    renewable: bool
    professional: bool

    def to_json(self) -> dict[str, Any]:
        """The facts, in strict JSON."""
        return {
            "id": self.id,
            "address": self.address,
            "archive": self.archive,
            "used_gb": str(self.used_gb),
            "room_gb": self.room_gb,
            "level": self.level,
            "extra": self.extra,
            "larger": self.larger,
            "renewable": self.renewable,
            "professional": self.professional,
        }

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ArithmeticError: it did not.
        """
        return cls(
            id=facts["id"],
            address=facts["address"],
            archive=facts["archive"],
            used_gb=Decimal(facts["used_gb"]),
            room_gb=facts["room_gb"],
            level=facts["level"],
            extra=facts["extra"],
            larger=facts.get("larger"),
            renewable=facts["renewable"],
            professional=facts["professional"],
        )
