"""A mailbox as the operator knows it, and whether it can be renewed here (DOMAIN.md 3.1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Usage:
    """Space in use, in GB, as measured by the operator at the instant `at`."""

    mailbox_gb: Decimal
    archive_gb: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One PEC mailbox. `open_order` is the number of the order that awaits payment for it, if any."""

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


class Blocker(StrEnum):
    """Why a mailbox cannot be renewed here; each has its own explanation and way out (DOMAIN.md 3.1)."""

    DELETED = "deleted"
    OWN_DOMAIN = "own-domain"
    OPEN_ORDER = "open-order"
    AUTO_RENEW = "auto-renew"


def days_left(expires_on: date, today: date) -> int:
    """Days until the expiry: 0 on the day itself, negative afterwards."""
    return (expires_on - today).days


def deletion_date(expires_on: date, catalogue: Catalogue) -> date:
    """The last day on which an expired mailbox can still be saved; the next day it is deleted."""
    return expires_on + timedelta(days=catalogue.rules.deletion_days)


def blocker(mailbox: Mailbox, catalogue: Catalogue, today: date) -> Blocker | None:
    """The reason why the mailbox is not renewable, the most final first; None when it is (DOMAIN.md 3.1)."""
    if today > deletion_date(mailbox.expires_on, catalogue):
        return Blocker.DELETED
    if catalogue.plans[mailbox.plan_id].own_domain:
        return Blocker.OWN_DOMAIN
    if mailbox.open_order is not None:
        return Blocker.OPEN_ORDER
    if mailbox.auto_renew:
        return Blocker.AUTO_RENEW
    return None


def usage_is_current(usage: Usage | None, catalogue: Catalogue, now: datetime) -> bool:
    """Whether the usage is known and not older than the operator's limit (DOMAIN.md 3.2: a day)."""
    return usage is not None and now - usage.at <= timedelta(hours=catalogue.rules.usage_max_age_hours)
