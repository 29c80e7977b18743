"""Mailboxes that are filling up, as a message carries them (DOMAIN.md 6, "Space")."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class FullMailbox:
    """A mailbox of which the fuller space has passed a level.

    Attributes:
        id: its own.
        address: its address.
        archive: whether it is the archive that is fuller.
        used_gb: the GB in use there.
        room_gb: the GB that there are.
        level: 70, 90 or 100 per cent.
        extra: whether its plan sells more GB of that space, with the renewal.
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
            renewable=facts["renewable"],
            professional=facts["professional"],
        )
