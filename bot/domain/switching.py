"""When automatic renewal can be switched on beside a renewal, and what that means (DOMAIN.md 3.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendar import charge_date
from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import Mailbox, is_deleted, is_over
from bot.domain.money import Cents


class NotNow(StrEnum):
    """Why a mailbox cannot be made to renew itself at present. The values stand in texts."""

    GONE = "gone"
    DELETED = "deleted"
    OWN_DOMAIN = "own-domain"
    OPEN_ORDER = "open-order"
    """An order awaits payment: whether it renews itself afterwards was chosen with it."""
    CHARGED = "charged"
    """The day of the charge has come: what comes now is a renewal by hand, and the choice is made with it."""
    NO_METHOD = "no-method"
    """Nobody knows how to charge: the last renewal was paid by a method that does not carry it."""
    NO_PRICE = "no-price"
    """The mailbox cannot be renewed as it is, so that no amount can be named."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed to by switching it on: the day of the first charge, the years, and the amount in cents."""

    charge_on: date
    years: int
    due: Cents | None

    @property
    def seal(self) -> str:
        """All of it as a button carries it, so that a tap agrees to what was shown; at most 20 characters."""
        return f"{self.charge_on:%Y%m%d}-{self.years}-{self.due or 0:x}"


def may_renew_itself(box: Mailbox, catalogue: Catalogue, today: date) -> bool:
    """Whether the mailbox is among the switches: it lives, or is gone and may be charged for all the same."""
    if is_deleted(box, catalogue, today):
        return False
    return box.gone_on is None or box.auto_renew


def why_not_on(
    mailbox: Mailbox, terms: Terms, catalogue: Catalogue, today: date, *, carried: bool
) -> NotNow | None:
    """Why it cannot be switched on, the most final reason first; None where it can.

    Args:
        mailbox: one that does not renew itself.
        terms: what would be agreed to.
        catalogue: the rules in force.
        today: in Europe/Rome.
        carried: whether whoever charges has a method that carries it.
    """
    if is_over(mailbox, mailbox.gone_on, catalogue, today):
        return NotNow.DELETED if mailbox.gone_on is None else NotNow.GONE
    if catalogue.plans[mailbox.plan_id].own_domain:
        return NotNow.OWN_DOMAIN
    if mailbox.open_order is not None:
        return NotNow.OPEN_ORDER
    if terms.charge_on <= today:
        return NotNow.CHARGED
    if not carried:
        return NotNow.NO_METHOD
    return NotNow.NO_PRICE if terms.due is None else None


def terms_of(mailbox: Mailbox, years: int, due: Cents | None, catalogue: Catalogue) -> Terms:
    """The terms of a mailbox."""
    return Terms(charge_date(mailbox.expires_on, catalogue), years, due)
