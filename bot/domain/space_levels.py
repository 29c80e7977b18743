"""How full a mailbox is, and when its customer is told (DOMAIN.md 6, "Space")."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.domain.catalogue import Plan
from bot.domain.mailboxes import Usage
from bot.domain.registrant import HolderKind
from bot.domain.space import ExtraSpace

LEVELS: Final = (70, 90, 100)
"""Per cent of the space at which something is said."""
_IN_AN_ORDER: Final = frozenset({HolderKind.FREELANCER, HolderKind.SOLE_TRADER, HolderKind.COMPANY})


@dataclass(frozen=True, slots=True)
class Filling:
    """One of the two spaces of a mailbox: GB in use, and the GB that there are."""

    archive: bool
    used_gb: Decimal
    room_gb: int

    @property
    def level(self) -> int:
        """The highest level that is reached; 0 where none is."""
        return max((level for level in LEVELS if self.used_gb * 100 >= self.room_gb * level), default=0)


def fuller(plan: Plan, extra: ExtraSpace, usage: Usage) -> Filling:
    """The space that is nearer to its limit, the mailbox or the archive; of two alike the mailbox.

    The archive of a plan without one does not count, whatever was left in it.
    """
    mailbox = Filling(archive=False, used_gb=usage.mailbox_gb, room_gb=plan.mailbox_gb + extra.mailbox_gb)
    if not plan.has_archive:
        return mailbox
    archive = Filling(archive=True, used_gb=usage.archive_gb, room_gb=plan.archive_gb + extra.archive_gb)
    return archive if archive.used_gb * mailbox.room_gb > mailbox.used_gb * archive.room_gb else mailbox


def may_be_in_an_order(kind: HolderKind) -> bool:
    """Whether a holder may be a professional, whose order treats a full PEC as an absent one.

    The file does not say who is in an order: freelancers are, people with a business of their own and firms of
    professionals may be.
    """
    return kind in _IN_AN_ORDER
