"""Dates: Italian holidays, when a payment is registered, whether it comes in time, the new expiry."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    Arrival,
    Registered,
    add_working_days,
    add_years,
    arrival,
    charge_date,
    is_public_holiday,
    is_settlement_day,
    is_working_day,
    last_order_day,
    new_expiry,
    registered,
)
from bot.domain.catalogue import Catalogue, MethodFamily, PaymentMethod, Registration, RenewFrom
from bot.domain.deadlines import Limits, limits_of
from bot.domain.mailboxes import Expiring, deletion_date
from tests.support.catalogue import example_catalogue, with_rules

CATALOGUE = example_catalogue()
METHODS = CATALOGUE.methods

days = st.dates(date(2020, 1, 1), date(2050, 12, 31))
counts = st.integers(0, 15)
hours = st.times()
MORNING = time(11)


def method_taking(least: int, most: int) -> PaymentMethod:
    """A method that is registered after so many working days."""
    return replace(
        METHODS["slip_ordinary"], registration=Registration(at_once=False, min_days=least, max_days=most)
    )


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1), date(2027, 1, 6), date(2027, 3, 29), date(2026, 4, 6), date(2025, 4, 21),
        date(2025, 4, 25), date(2026, 5, 1), date(2026, 6, 2), date(2025, 8, 15), date(2027, 11, 1),
        date(2026, 12, 8), date(2026, 12, 25), date(2028, 12, 26),
    ],
)  # fmt: skip
def test_public_holidays_are_not_working_days(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day)


def test_san_francesco_is_a_national_holiday_again_since_2026() -> None:
    assert not is_public_holiday(date(2025, 10, 4))
    assert all(is_public_holiday(date(year, 10, 4)) for year in range(2026, 2041))


@pytest.mark.parametrize(
    ("day", "settles"),
    [
        (date(2027, 3, 26), False),  # Good Friday, on which Italy works
        (date(2027, 3, 29), False),
        (date(2026, 5, 1), False),
        (date(2027, 1, 1), False),
        (date(2026, 12, 25), False),
        (date(2028, 12, 26), False),
        (date(2026, 12, 8), False),  # TARGET is open and Italy is not
        (date(2027, 10, 4), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
    ],
)
def test_euro_transfers_settle_on_italian_working_days_on_which_target_is_open(
    day: date,
    settles: bool,
) -> None:
    assert is_settlement_day(day) is settles


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 7), date(2026, 4, 3)])
def test_other_weekdays_are_working_days(day: date) -> None:
    assert is_working_day(day)


@given(days)
def test_a_weekend_is_never_a_working_day(day: date) -> None:
    assert not (is_working_day(day) and day.weekday() >= 5)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),  # a Monday
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # Friday to Monday
        (date(2026, 11, 28), 0, date(2026, 11, 30)),  # Saturday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 29), 0, date(2026, 11, 30)),  # Sunday, same day
        (date(2026, 11, 28), 5, date(2026, 12, 4)),
        (date(2026, 12, 7), 1, date(2026, 12, 9)),  # over the Immaculate Conception
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Christmas on Friday, St Stephen's on Saturday
        (date(2026, 12, 25), 0, date(2026, 12, 28)),
        (date(2028, 12, 22), 1, date(2028, 12, 27)),  # the weekend, then 25 and 26 December
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # Good Friday, over Easter Monday
        (date(2026, 4, 5), 0, date(2026, 4, 7)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 12, 30), 7, date(2027, 1, 12)),  # over New Year's Day, two weekends and the Epiphany
    ],
)
def test_working_days_are_counted(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count) == expected


@given(day=days, count=counts)
def test_the_result_is_a_working_day_with_as_many_before_it(day: date, count: int) -> None:
    result = add_working_days(day, count)
    assert is_working_day(result)
    between = [day + timedelta(days=n) for n in range(1, (result - day).days + 1)]
    assert sum(is_working_day(other) for other in between) == max(count, int(not is_working_day(day)))


@given(day=days, count=counts)
def test_later_days_and_longer_counts_never_come_earlier(day: date, count: int) -> None:
    result = add_working_days(day, count)
    assert result >= day
    assert add_working_days(day + timedelta(days=1), count) >= result
    assert add_working_days(day, count + 1) >= result
    if is_working_day(day):
        assert add_working_days(day, count + 1) > result


@pytest.mark.parametrize(
    ("method", "today", "earliest", "latest"),
    [
        ("card", date(2026, 11, 29), date(2026, 11, 29), date(2026, 11, 29)),  # at once, also on a Sunday
        ("paypal", date(2026, 12, 25), date(2026, 12, 25), date(2026, 12, 25)),
        ("bank_transfer", date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 24)),
        ("bank_transfer", date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 30)),
        ("slip_preprinted", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        ("slip_preprinted", date(2026, 11, 29), date(2026, 11, 30), date(2026, 11, 30)),  # Sunday to Monday
        ("slip_ordinary", date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 2)),
        ("slip_ordinary", date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 11)),
        ("slip_preprinted", date(2027, 3, 26), date(2027, 3, 26), date(2027, 3, 26)),  # post offices are open
        # DOMAIN.md 3.6, the table
        (
            "bank_transfer",
            date(2027, 3, 25),
            date(2027, 3, 30),
            date(2027, 3, 30),
        ),  # over Good Friday and Easter
        (
            "bank_transfer",
            date(2026, 11, 28),
            date(2026, 12, 1),
            date(2026, 12, 1),
        ),  # Saturday counts as Monday
        ("bank_transfer", date(2026, 11, 29), date(2026, 12, 1), date(2026, 12, 1)),  # and so does Sunday
        ("bank_transfer", date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 28)),
        ("bank_transfer", date(2027, 10, 1), date(2027, 10, 5), date(2027, 10, 5)),  # over San Francesco
        ("pa_transfer", date(2026, 12, 24), date(2026, 12, 28), date(2026, 12, 28)),
    ],
)
def test_when_a_payment_made_today_is_registered(
    method: str, today: date, earliest: date, latest: date
) -> None:
    assert registered(METHODS[method], today, MORNING) == Registered(earliest, latest)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (time(14, 59, 59), date(2026, 11, 24)),
        (time(15), date(2026, 11, 25)),
        (time(23, 59), date(2026, 11, 25)),
    ],
)
def test_from_the_cut_off_hour_on_a_transfer_counts_as_ordered_the_next_day(at: time, expected: date) -> None:
    assert registered(METHODS["bank_transfer"], date(2026, 11, 23), at).latest == expected


def test_on_a_day_that_does_not_count_the_hour_says_nothing() -> None:
    sunday = date(2026, 11, 29)
    for at in (MORNING, time(20)):
        assert registered(METHODS["bank_transfer"], sunday, at).latest == date(2026, 12, 1)
    assert registered(METHODS["bank_transfer"], date(2026, 11, 27), time(20)).latest == date(2026, 12, 1)


def test_slips_and_what_is_paid_at_once_know_no_cut_off() -> None:
    for name in ("card", "paypal", "slip_preprinted"):
        assert registered(METHODS[name], date(2026, 11, 23), time(23)).latest == date(2026, 11, 23)


@given(today=days, at=hours)
def test_no_bank_method_is_registered_on_a_day_on_which_nothing_settles(today: date, at: time) -> None:
    for method in METHODS.values():
        if method.family is MethodFamily.BANK_TRANSFER and not method.instant:
            found = registered(method, today, at)
            for day in (found.earliest, found.latest):
                assert is_settlement_day(day)
                assert day > today


@given(by=days, least=counts, more=st.integers(0, 5))
def test_the_last_day_to_order_on_is_the_last_that_is_registered_in_time(
    by: date, least: int, more: int
) -> None:
    for family in (MethodFamily.BANK_TRANSFER, MethodFamily.POSTAL_SLIP):
        method = replace(method_taking(least, least + more), family=family, cutoff=time(15))
        last = last_order_day(method, by)
        assert registered(method, last, time(14, 59)).latest <= by
        assert registered(method, last + timedelta(days=1), time.min).latest > by


def test_what_is_registered_at_once_can_be_ordered_on_the_last_day() -> None:
    assert last_order_day(METHODS["card"], date(2026, 11, 29)) == date(2026, 11, 29)


@given(today=days, least=counts, more=counts)
def test_the_earliest_registration_is_not_after_the_latest(today: date, least: int, more: int) -> None:
    found = registered(method_taking(least, least + more), today, MORNING)
    assert today <= found.earliest <= found.latest


def limits(expires_on: date, catalogue: Catalogue = CATALOGUE) -> Limits:
    return limits_of([Expiring("pro", expires_on)], catalogue)


@given(today=days, least=counts, more=counts)
def test_a_payment_arrives_in_time_after_expiry_or_after_deletion(today: date, least: int, more: int) -> None:
    method = method_taking(least, least + more)
    latest = registered(method, today, MORNING).latest
    one = timedelta(days=1)
    ninety = timedelta(days=90)
    assert arrival(method, limits(latest), today, MORNING) is Arrival.IN_TIME
    assert arrival(method, limits(latest + one), today, MORNING) is Arrival.IN_TIME
    assert arrival(method, limits(latest - one), today, MORNING) is Arrival.AFTER_EXPIRY
    assert arrival(method, limits(latest - ninety), today, MORNING) is Arrival.AFTER_EXPIRY
    assert arrival(method, limits(latest - ninety - one), today, MORNING) is Arrival.AFTER_DELETION


def test_the_slowest_day_of_a_range_is_what_counts() -> None:
    slip = METHODS["slip_ordinary"]  # from Monday 23 November: the 30th to 2 December
    today, sooner = date(2026, 11, 23), with_rules(deletion_days=1)
    assert arrival(slip, limits(date(2026, 12, 2)), today, MORNING) is Arrival.IN_TIME
    assert arrival(slip, limits(date(2026, 12, 1)), today, MORNING) is Arrival.AFTER_EXPIRY
    assert arrival(slip, limits(date(2026, 12, 1), sooner), today, MORNING) is Arrival.AFTER_EXPIRY
    assert arrival(slip, limits(date(2026, 11, 30), sooner), today, MORNING) is Arrival.AFTER_DELETION


def test_on_the_last_day_only_what_is_registered_at_once_saves_a_mailbox() -> None:
    today = date(2026, 11, 23)
    expired = today - timedelta(days=90)
    assert deletion_date(Expiring("pro", expired), CATALOGUE) == today
    found = {key: arrival(method, limits(expired), today, MORNING) for key, method in METHODS.items()}
    assert {key for key, value in found.items() if value is Arrival.AFTER_EXPIRY} == {
        "card", "paypal", "instant_transfer", "slip_preprinted",
    }  # fmt: skip
    assert {value for key, value in found.items() if key in {"bank_transfer", "pa_transfer"}} == {
        Arrival.AFTER_DELETION
    }


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2027, 2, 28), 1, date(2028, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),  # a year of the century that is not a leap year
        (date(2026, 12, 31), 5, date(2031, 12, 31)),
    ],
)
def test_years_are_added(day: date, years: int, expected: date) -> None:
    assert add_years(day, years) == expected


@given(day=days, years=st.integers(1, 10))
def test_added_years_keep_the_day(day: date, years: int) -> None:
    result = add_years(day, years)
    assert result.year == day.year + years
    assert (result.month, result.day) in {(day.month, day.day), (2, 28)}


@given(expires_on=days, years=st.integers(1, 5), late=st.integers(-400, 90))
def test_a_new_expiry_runs_from_the_old_one(expires_on: date, years: int, late: int) -> None:
    paid_on = expires_on + timedelta(days=late)
    assert new_expiry(expires_on, years, CATALOGUE, paid_on) == add_years(expires_on, years)


@given(expires_on=days, years=st.integers(1, 5), late=st.integers(-400, 90))
def test_an_operator_may_let_expired_mailboxes_run_from_the_payment(
    expires_on: date, years: int, late: int
) -> None:
    catalogue = with_rules(renew_expired_from=RenewFrom.PAYMENT)
    paid_on = expires_on + timedelta(days=late)
    start = paid_on if late > 0 else expires_on
    assert new_expiry(expires_on, years, catalogue, paid_on) == add_years(start, years)


def test_automatic_renewal_is_charged_a_week_before() -> None:
    assert charge_date(date(2026, 12, 14), CATALOGUE) == date(2026, 12, 7)
    assert charge_date(date(2026, 12, 14), with_rules(auto_renew_charge_days=0)) == date(2026, 12, 14)
