"""Dates of a renewal: holidays, when a payment is registered, the new expiry (DOMAIN.md 3.6 and 3.7).

All dates are calendar dates, and all hours are hours, of Europe/Rome (`bot.clock.ROME`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

import holidays

from bot.domain.catalogue import Catalogue, MethodFamily, PaymentMethod, RenewFrom, Rules
from bot.domain.deadlines import Limits

_SATURDAY = 5
_FEBRUARY = 2
_LEAP_DAY = 29
_ONE_DAY: Final = timedelta(days=1)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("IT", years=year))


@cache
def _target_closing_days(year: int) -> frozenset[date]:
    """The days beside weekends on which TARGET, through which euro transfers settle, is closed."""
    return frozenset(holidays.financial_holidays("ECB", years=year))


def load_holidays(day: date) -> None:
    """Have the holidays of that year and of the next at hand: the library's first answer takes as long as 30 taps."""
    for year in (day.year, day.year + 1):
        _holidays(year)
        _target_closing_days(year)


def is_public_holiday(day: date) -> bool:
    """An Italian public holiday. Sundays are none by themselves, nor are the feasts of single towns."""
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and not an Italian public holiday."""
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def is_settlement_day(day: date) -> bool:
    """An Italian working day on which euro transfers settle: not one of TARGET's closing days (DOMAIN.md 3.6)."""
    return is_working_day(day) and day not in _target_closing_days(day.year)


def _first_from(day: date, counts: Callable[[date], bool]) -> date:
    while not counts(day):
        day += _ONE_DAY
    return day


def add_working_days(day: date, count: int, counts: Callable[[date], bool] = is_working_day) -> date:
    """The working day `count` working days after `day`; with zero, the first working day from `day` on.

    `counts` says which days are working days: Italian ones, unless another calendar is given.
    """
    for _ in range(count):
        day = _first_from(day + _ONE_DAY, counts)
    return _first_from(day, counts)


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


def registered(method: PaymentMethod, today: date, at: time) -> Registered:
    """The dates on which a payment ordered today at this hour is registered (DOMAIN.md 3.6).

    Transfers count the days on which banks settle; postal slips count Italian working days, and so does the booking of
    what arrived instantly. A payment ordered on a day that does not count, or at the method's cut-off hour or later,
    counts as ordered on the next day that does.

    Args:
        method: how it is paid.
        today: the day on which it is ordered.
        at: the hour at which it is ordered.
    """
    timing = method.registration
    if timing.at_once:
        return Registered(today, today)
    counts = _counting_days(method)
    too_late_today = method.cutoff is not None and at >= method.cutoff
    ordered = _first_from(today + _ONE_DAY if too_late_today else today, counts)
    return Registered(
        add_working_days(ordered, timing.min_days, counts), add_working_days(ordered, timing.max_days, counts)
    )


def _counting_days(method: PaymentMethod) -> Callable[[date], bool]:
    if method.family is MethodFamily.POSTAL_SLIP or method.instant:
        return is_working_day
    return is_settlement_day


def last_order_day(method: PaymentMethod, by: date) -> date:
    """The last day on which a payment can be ordered, before the cut-off hour, to be registered by `by` for certain."""
    day = by
    while registered(method, day, time.min).latest > by:
        day -= _ONE_DAY
    return day


def arrival(method: PaymentMethod, limits: Limits, today: date, at: time) -> Arrival:
    """Judge the method by its latest registration, so that nothing is promised that may not come.

    `limits` are those of the mailboxes that are to be paid, by `bot.domain.deadlines.limits_of`.
    """
    latest = registered(method, today, at).latest
    if latest > limits.deletion:
        return Arrival.AFTER_DELETION
    return Arrival.AFTER_EXPIRY if latest > limits.expiry else Arrival.IN_TIME


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


def notice_date(expires_on: date, rules: Rules) -> date:
    """The day from which an automatic renewal is announced (DOMAIN.md 6).

    It is `auto_renew_notice_days` before the expiry; where that is a public holiday, the last day before that is none.
    """
    day = expires_on - timedelta(days=rules.auto_renew_notice_days)
    while is_public_holiday(day):
        day -= _ONE_DAY
    return day


def charge_date(expires_on: date, catalogue: Catalogue) -> date:
    """The day on which an automatic renewal is charged (DOMAIN.md 3.6: seven days before the expiry)."""
    return expires_on - timedelta(days=catalogue.rules.auto_renew_charge_days)
