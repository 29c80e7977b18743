"""How full the spaces of a mailbox are, when its customer is told, and what can be bought (DOMAIN.md 6, "Space")."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.domain.catalogue import Catalogue, Plan
from bot.domain.mailboxes import Mailbox, Usage
from bot.domain.plans import choosable_plans
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


def fillings(plan: Plan, extra: ExtraSpace, usage: Usage) -> tuple[Filling, ...]:
    """The mailbox, and the archive where the plan has one: each fills up by itself.

    The archive of a plan without one does not count, whatever was left in it.
    """
    mailbox = Filling(archive=False, used_gb=usage.mailbox_gb, room_gb=plan.mailbox_gb + extra.mailbox_gb)
    if not plan.has_archive:
        return (mailbox,)
    return (
        mailbox,
        Filling(archive=True, used_gb=usage.archive_gb, room_gb=plan.archive_gb + extra.archive_gb),
    )


def sells_more(catalogue: Catalogue, mailbox: Mailbox, *, archive: bool) -> bool:
    """Whether the mailbox's own plan sells more GB of this space than it has."""
    plan = catalogue.plans[mailbox.plan_id]
    if plan.own_domain:
        return False
    if archive:
        return plan.extra_archive_cap > mailbox.extra_archive_gb
    return plan.extra_mailbox_cap > mailbox.extra_mailbox_gb


def larger_plan(catalogue: Catalogue, mailbox: Mailbox, *, archive: bool) -> Plan | None:
    """The cheapest plan that it can move to and that can have more of this space, where its own plan sells no more."""
    if sells_more(catalogue, mailbox, archive=archive):
        return None
    plan = catalogue.plans[mailbox.plan_id]
    room = (
        plan.archive_gb + mailbox.extra_archive_gb if archive else plan.mailbox_gb + mailbox.extra_mailbox_gb
    )
    larger = [each for each in choosable_plans(catalogue, mailbox) if _most(each, archive=archive) > room]
    return min(larger, key=lambda each: (each.price, each.id), default=None)


def _most(plan: Plan, *, archive: bool) -> int:
    """The most GB of this space that can be had with a plan."""
    if archive:
        return plan.archive_gb + plan.extra_archive_cap
    return plan.mailbox_gb + plan.extra_mailbox_cap


def may_be_in_an_order(kind: HolderKind) -> bool:
    """Whether a holder may be a professional, whose order treats a full PEC as an absent one.

    The file does not say who is in an order: freelancers are, people with a business of their own and firms of
    professionals may be.
    """
    return kind in _IN_AN_ORDER
