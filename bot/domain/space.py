"""Extra GB: what the used space needs, and what the plan lets one buy (DOMAIN.md 3.2 and 3.3)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from bot.domain.catalogue import Plan
from bot.domain.mailboxes import Usage


@dataclass(frozen=True, slots=True)
class ExtraSpace:
    """Extra GB of mailbox and archive."""

    mailbox_gb: int
    archive_gb: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How the used space fits a plan.

    `missing` are the extra GB that the used space needs, mailbox and archive separately; `possible` says whether
    the plan sells that many. The archive of a plan without one is never missing: it is destroyed instead.
    """

    missing: ExtraSpace
    possible: bool


def _missing(used: Decimal, included: int) -> int:
    return max(0, int((used - included).to_integral_value(rounding=ROUND_CEILING)))


def fit(plan: Plan, usage: Usage | None) -> Fit:
    """The space check of DOMAIN.md 3.2: used space above what the plan includes, rounded up.

    Used equal to the limit fits. Unknown usage needs nothing: the operator's side repeats the check.
    """
    if usage is None:
        return Fit(ExtraSpace(0, 0), possible=True)
    missing = ExtraSpace(
        _missing(usage.mailbox_gb, plan.mailbox_gb),
        _missing(usage.archive_gb, plan.archive_gb) if plan.has_archive else 0,
    )
    possible = missing.mailbox_gb <= plan.extra_mailbox_cap and missing.archive_gb <= plan.extra_archive_cap
    return Fit(missing, possible)


@dataclass(frozen=True, slots=True)
class Overflow:
    """GB in use above what there is room for: what would have to be deleted, mailbox and archive apart."""

    mailbox_gb: Decimal
    archive_gb: Decimal

    def __bool__(self) -> bool:
        """Whether anything has to be deleted."""
        return bool(self.mailbox_gb or self.archive_gb)


def overflow(plan: Plan, usage: Usage | None, extra: ExtraSpace) -> Overflow:
    """What does not fit in the plan with these extra GB. Nothing when the usage is unknown.

    The archive of a plan without one counts for nothing: it is destroyed, not made to fit.
    """
    if usage is None:
        return Overflow(Decimal(0), Decimal(0))
    mailbox = max(Decimal(0), usage.mailbox_gb - plan.mailbox_gb - extra.mailbox_gb)
    archive = max(Decimal(0), usage.archive_gb - plan.archive_gb - extra.archive_gb)
    return Overflow(mailbox, archive if plan.has_archive else Decimal(0))


def recompute(plan: Plan, usage: Usage | None, wanted: ExtraSpace) -> ExtraSpace:
    """The extra GB nearest to those wanted that the plan allows and the used space needs (DOMAIN.md 3.3).

    Where the check is not possible the cap wins: the caller refuses the plan by `Fit.possible`.
    """
    missing = fit(plan, usage).missing
    return ExtraSpace(
        min(max(wanted.mailbox_gb, missing.mailbox_gb), plan.extra_mailbox_cap),
        min(max(wanted.archive_gb, missing.archive_gb), plan.extra_archive_cap),
    )
