"""The notice of an automatic renewal is told in time, whatever holiday or night is in the way (DOMAIN.md 6)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_public_holiday, notice_date
from bot.domain.owed import LAWFUL_DAYS, is_late, is_owed, last_lawful_day, may_be_told
from bot.domain.reminders import Watched, hours_are_open
from tests.support.catalogue import example_catalogue, with_rules

CATALOGUE = example_catalogue()
ROME = ZoneInfo("Europe/Rome")
days = st.dates(date(2026, 1, 1), date(2045, 12, 31))


def automatic(expires_on: date, *, own_domain: bool = False, has_open_order: bool = False) -> Watched:
    return Watched(expires_on, "pro", automatic=True, own_domain=own_domain, has_open_order=has_open_order)


@pytest.mark.parametrize(
    ("notice_days", "expires_on", "told_on"),
    [
        (35, date(2027, 1, 7), date(2026, 12, 3)),
        (30, date(2027, 1, 7), date(2026, 12, 7)),  # 8 December is a holiday: before it, never after
        (30, date(2027, 1, 25), date(2026, 12, 24)),  # the 25th and 26th are
        (35, date(2027, 5, 3), date(2027, 3, 27)),  # Easter Sunday and Monday
    ],
)
def test_a_holiday_brings_it_forward(notice_days: int, expires_on: date, told_on: date) -> None:
    assert notice_date(expires_on, with_rules(auto_renew_notice_days=notice_days).rules) == told_on


@given(expires_on=days, notice_days=st.integers(LAWFUL_DAYS, 90))
def test_its_day_is_never_late_and_never_a_holiday(expires_on: date, notice_days: int) -> None:
    day = notice_date(expires_on, with_rules(auto_renew_notice_days=notice_days).rules)
    assert day <= last_lawful_day(expires_on)
    assert not is_public_holiday(day)
    assert (expires_on - day).days - notice_days <= 4


@given(expires_on=days, minutes=st.integers(0, 24 * 60 - 1), ahead=st.integers(0, 40))
def test_no_moment_lets_the_last_lawful_day_pass(expires_on: date, minutes: int, ahead: int) -> None:
    """Wherever it may not leave yet, there is a moment on or before the last lawful day at which it may."""
    day = last_lawful_day(expires_on) - timedelta(days=ahead)
    moment = datetime.combine(day, datetime.min.time(), ROME) + timedelta(minutes=minutes)
    rules = CATALOGUE.rules
    while not may_be_told(moment, expires_on, rules):
        assert not hours_are_open(moment, rules) or is_public_holiday(moment.date())
        moment += timedelta(hours=1)
    assert not is_late(expires_on, moment.date())


def test_from_its_day_until_the_charge_it_is_owed_and_only_for_what_renews_itself_here() -> None:
    expires_on = date(2027, 1, 7)
    told_on = notice_date(expires_on, CATALOGUE.rules)
    assert not is_owed(automatic(expires_on), CATALOGUE, told_on - timedelta(days=1))
    for day in (told_on, expires_on - timedelta(days=7)):
        assert is_owed(automatic(expires_on), CATALOGUE, day)
        assert is_owed(automatic(expires_on, has_open_order=True), CATALOGUE, day)
        assert not is_owed(automatic(expires_on, own_domain=True), CATALOGUE, day)
        plain = Watched(expires_on, "pro", automatic=False, own_domain=False, has_open_order=False)
        assert not is_owed(plain, CATALOGUE, day)
    assert not is_owed(automatic(expires_on), CATALOGUE, expires_on - timedelta(days=6)), "it was charged"
