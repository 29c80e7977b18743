"""What a change of plan gives and takes away (DOMAIN.md 3.2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.catalogue import Catalogue, Plan
from bot.domain.mailboxes import Mailbox
from bot.domain.prices import promotion_for
from bot.domain.space import Fit, fit


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A change of plan as it is shown before it is taken.

    Attributes:
        lost_features: ids of features that end; `gained_features` those that begin.
        archive_closed: the new plan has no archive, so every archived message is deleted.
        archive_gb_destroyed: GB in that archive; None when the usage is unknown, or too old to say that it is empty.
        needs_second_confirmation: a non-empty archive (or one of unknown content) would be destroyed.
        promotion_lost: the mailbox's promotion does not cover the new plan.
        fit: the space check against the space used.
    """

    old: Plan
    new: Plan
    gained_features: tuple[str, ...]
    lost_features: tuple[str, ...]
    archive_closed: bool
    archive_gb_destroyed: Decimal | None
    needs_second_confirmation: bool
    promotion_lost: bool
    fit: Fit

    @property
    def is_downgrade(self) -> bool:
        """Whether anything at all is lost."""
        return bool(self.lost_features) or (
            self.new.mailbox_gb < self.old.mailbox_gb or self.new.archive_gb < self.old.archive_gb
        )


def choosable_plans(catalogue: Catalogue, mailbox: Mailbox) -> tuple[Plan, ...]:
    """The plans other than the mailbox's own that it can move to: on sale, and never from or to an own domain."""
    if catalogue.plans[mailbox.plan_id].own_domain:
        return ()
    return tuple(
        plan
        for plan in catalogue.plans.values()
        if plan.on_sale and not plan.own_domain and plan.id != mailbox.plan_id
    )


def plan_change(
    catalogue: Catalogue, mailbox: Mailbox, new: Plan, today: date, *, current_usage: bool
) -> PlanChange:
    """Compare the mailbox's plan with another one, feature by feature and GB by GB.

    Args:
        catalogue: plans and prices in force.
        mailbox: as it is.
        new: the plan to compare with.
        today: the date on which promotions are judged.
        current_usage: the measured usage is known and not too old (`mailboxes.usage_is_current`).
    """
    old = catalogue.plans[mailbox.plan_id]
    closed = old.has_archive and not new.has_archive
    destroyed = None if mailbox.usage is None else mailbox.usage.archive_gb
    if destroyed == 0 and not current_usage:
        destroyed = None  # an archive that was empty some time ago may hold messages by now
    return PlanChange(
        old=old,
        new=new,
        gained_features=tuple(f for f in new.features if f not in old.features),
        lost_features=tuple(f for f in old.features if f not in new.features),
        archive_closed=closed,
        archive_gb_destroyed=destroyed if closed else Decimal(0),
        needs_second_confirmation=closed and destroyed != 0,
        promotion_lost=promotion_for(catalogue, mailbox, old.id, today) is not None
        and promotion_for(catalogue, mailbox, new.id, today) is None,
        fit=fit(new, mailbox.usage),
    )


def offered_plans(catalogue: Catalogue, mailbox: Mailbox) -> tuple[Plan, ...]:
    """The mailbox's own plan, even when withdrawn from sale, then those it can move to (DOMAIN.md 3.2)."""
    return (catalogue.plans[mailbox.plan_id], *choosable_plans(catalogue, mailbox))
