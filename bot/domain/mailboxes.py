"""A mailbox as the operator knows it, its window and its deletion, and whether it can be renewed (DOMAIN.md 3.1, 10).

How long a mailbox can be saved, and from when on it can be renewed, may differ from plan to plan. So these days are
asked of what has a plan and an expiry, and of nothing less.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol, Self

from bot.domain.catalogue import Catalogue
from bot.domain.notice_ways import NoticeWay

_MILLI: Final = 1000


class HasExpiry(Protocol):
    """What has a plan and an expiry: a mailbox, or whatever stands for one."""

    @property
    def plan_id(self) -> str:
        """The plan in force, which decides about the window and the deletion."""

    @property
    def expires_on(self) -> date:
        """The last day on which it sends."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """A plan and an expiry alone, where there is no mailbox at hand."""

    plan_id: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Usage:
    """Space in use, in GB, as measured by the operator at the instant `at`."""

    mailbox_gb: Decimal
    archive_gb: Decimal
    at: datetime

    @classmethod
    def of_milli(cls, mailbox: int, archive: int, at: datetime) -> Self:
        """The same from thousandths of a GB, as they are stored."""
        return cls(Decimal(mailbox) / _MILLI, Decimal(archive) / _MILLI, at)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One PEC mailbox.

    `open_order` is the number of the order that awaits payment for it, if any; `notice_by` is how its customer wants
    the notice that precedes an automatic renewal, None where nobody has chosen; `not_renewing` is the expiry of which
    it was said that the mailbox is not renewed, whichever it has by now; `gone_on` is the day on which it was
    marked gone, since the operator's complete file did not name it any more (docs/decisions/034).
    """

    id: int
    customer_id: int
    holder_id: int
    address: str
    plan_id: str
    expires_on: date
    extra_mailbox_gb: int
    extra_archive_gb: int
    usage: Usage | None
    auto_renew: bool
    promotion_id: str | None
    open_order: str | None
    notice_by: NoticeWay | None = None
    not_renewing: date | None = None
    gone_on: date | None = None

    @property
    def declined(self) -> bool:
        """Whether its customer has said that it is not renewed at the expiry that it has."""
        return self.not_renewing == self.expires_on


class Blocker(StrEnum):
    """Why a mailbox cannot be renewed here; each has its own explanation and way out (DOMAIN.md 3.1).

    Of one that is `GONE` nothing else is known to be true any more, so that it stands before all others.
    """

    GONE = "gone"
    DELETED = "deleted"
    OWN_DOMAIN = "own-domain"
    OPEN_ORDER = "open-order"
    AUTO_RENEW = "auto-renew"
    TOO_EARLY = "too-early"


def days_left(expires_on: date, today: date) -> int:
    """Days until the expiry: 0 on the day itself, negative afterwards."""
    return (expires_on - today).days


def deletion_days(plan_id: str | None, catalogue: Catalogue) -> int:
    """For how many days after its expiry a mailbox of this plan can be saved: the plan's own, or the rules'.

    A plan that the catalogue has given up, and None, have the rules' (DOMAIN.md 10).
    """
    plan = None if plan_id is None else catalogue.plans.get(plan_id)
    own = None if plan is None else plan.deletion_days
    return catalogue.rules.deletion_days if own is None else own


def first_deleted(plan_ids: Iterable[str], catalogue: Catalogue) -> str | None:
    """The plan whose mailboxes are deleted after the fewest days, for what is said of several; None of none."""
    return min(plan_ids, key=lambda each: (deletion_days(each, catalogue), each), default=None)


def most_deletion_days(catalogue: Catalogue) -> int:
    """The most days after its expiry for which any mailbox can be saved."""
    return max(catalogue.rules.deletion_days, *(deletion_days(each, catalogue) for each in catalogue.plans))


def deletion_date(box: HasExpiry, catalogue: Catalogue) -> date:
    """The last day on which an expired mailbox can still be saved; the next day it is deleted (DOMAIN.md 3.1, 10)."""
    return box.expires_on + timedelta(days=deletion_days(box.plan_id, catalogue))


def is_deleted(box: HasExpiry, catalogue: Catalogue, today: date) -> bool:
    """Whether nothing can save it any more: there is nothing to renew, to remind of or to pay for."""
    return today > deletion_date(box, catalogue)


def is_over(box: HasExpiry, gone_on: date | None, catalogue: Catalogue, today: date) -> bool:
    """Whether a mailbox is gone or deleted: a renewal of it ends, and it is in no list of what there is."""
    return gone_on is not None or is_deleted(box, catalogue, today)


def renewable_from(box: HasExpiry, catalogue: Catalogue) -> date:
    """The first day on which it can be renewed: `date.min` where that is possible however early (DOMAIN.md 10)."""
    plan = catalogue.plans.get(box.plan_id)
    own = None if plan is None else plan.renew_from_days
    days = catalogue.rules.renew_from_days if own is None else own
    return date.min if days is None else box.expires_on - timedelta(days=days)


def blocker(mailbox: Mailbox, catalogue: Catalogue, today: date) -> Blocker | None:
    """The reason why the mailbox is not renewable, the most final first; None when it is (DOMAIN.md 3.1).

    Automatic renewal comes before a window that is not open yet: it can be switched off on any day.
    """
    if is_over(mailbox, mailbox.gone_on, catalogue, today):
        return Blocker.DELETED if mailbox.gone_on is None else Blocker.GONE
    if catalogue.plans[mailbox.plan_id].own_domain:
        return Blocker.OWN_DOMAIN
    if mailbox.open_order is not None:
        return Blocker.OPEN_ORDER
    if mailbox.auto_renew:
        return Blocker.AUTO_RENEW
    if today < renewable_from(mailbox, catalogue):
        return Blocker.TOO_EARLY
    return None


def usage_is_current(usage: Usage | None, catalogue: Catalogue, now: datetime) -> bool:
    """Whether the usage is known and not older than the operator's limit (DOMAIN.md 3.2: a day)."""
    return usage is not None and now - usage.at <= timedelta(hours=catalogue.rules.usage_max_age_hours)
