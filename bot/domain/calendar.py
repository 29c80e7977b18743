"""Dates of a renewal: holidays, when a payment is registered, the new expiry (DOMAIN.md 3.6 and 3.7).

All dates are calendar dates in the operator's time zone (Europe/Rome by default).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from bot.domain.catalogue import Catalogue, PaymentMethod, RenewFrom
from bot.domain.mailboxes import deletion_date

_SATURDAY = 5
_FEBRUARY = 2
_LEAP_DAY = 29


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("IT", years=year))


def is_public_holiday(day: date) -> bool:
    """An Italian public holiday. Sundays are none by themselves, nor are the feasts of single towns."""
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and not an Italian public holiday."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def _working_day_from(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`; with zero, the first working day from `day` on."""
    for _ in range(count):
        day += timedelta(days=1)
        day = _working_day_from(day)
    return _working_day_from(day)


class Arrival(StrEnum):
    """How the registration of a payment made today lies to the dates of a mailbox (DOMAIN.md 3.6)."""

    IN_TIME = "in-time"
    AFTER_EXPIRY = "after-expiry"
    AFTER_DELETION = "after-deletion"


@dataclass(frozen=True, slots=True)
class Registered:
    """When a payment made today is registered: not before `earliest`, not after `latest`."""

    earliest: date
    latest: date


def registered(method: PaymentMethod, today: date) -> Registered:
    """The dates on which a payment made today by this method is registered; weekends and holidays count."""
    timing = method.registration
    if timing.at_once:
        return Registered(today, today)
    return Registered(add_working_days(today, timing.min_days), add_working_days(today, timing.max_days))


def arrival(method: PaymentMethod, expires_on: date, catalogue: Catalogue, today: date) -> Arrival:
    """Judge the method by its latest registration, so that nothing is promised that may not come."""
    latest = registered(method, today).latest
    if latest > deletion_date(expires_on, catalogue):
        return Arrival.AFTER_DELETION
    return Arrival.AFTER_EXPIRY if latest > expires_on else Arrival.IN_TIME


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February where the year has none (DOMAIN.md 3.7)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=_FEBRUARY, day=_LEAP_DAY - 1)


def new_expiry(expires_on: date, years: int, catalogue: Catalogue, paid_on: date) -> date:
    """The expiry after a renewal of `years` (DOMAIN.md 3.7).

    It runs from the old expiry; for a mailbox already expired on the payment's date the operator may let it run
    from that date instead.
    """
    start = expires_on
    if catalogue.rules.renew_expired_from is RenewFrom.PAYMENT and paid_on > expires_on:
        start = paid_on
    return add_years(start, years)


def charge_date(expires_on: date, catalogue: Catalogue) -> date:
    """The day on which an automatic renewal is charged (DOMAIN.md 3.6: seven days before the expiry)."""
    return expires_on - timedelta(days=catalogue.rules.auto_renew_charge_days)
