"""Whether a file that gives a mailbox an expiry was written before a renewal was paid (DOMAIN.md 3.5 and 5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import add_years
from bot.domain.paid import PaidRenewal, Sight, last_due, not_caught_up, sight_of

RENEWAL = PaidRenewal("R7K2M-4", date(2026, 12, 5), date(2028, 12, 5), 2, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("said", "newer"),
    [
        (date(2026, 12, 5), True),
        (date(2028, 12, 5), False),
        (date(2029, 12, 5), False),
        (
            date(2027, 6, 1),
            False,
        ),  # another date of the operator's: neither the old one nor one that leads to it
    ],
)
def test_a_file_with_the_old_expiry_is_older_than_the_renewal(said: date, *, newer: bool) -> None:
    assert RENEWAL.is_newer_than(said) is newer


def test_what_was_moved_back_since_is_the_operators() -> None:
    assert not_caught_up([RENEWAL], date(2026, 12, 5), date(2028, 12, 5)) is RENEWAL
    assert not_caught_up([RENEWAL], date(2026, 12, 5), date(2027, 12, 5)) is None
    assert not_caught_up([], date(2026, 12, 5), date(2028, 12, 5)) is None


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_of_several_the_last_one_counts_and_a_file_that_knows_it_counts_again(
    first: date, years: list[int]
) -> None:
    renewals, expiry = [], first
    for number, term in enumerate(years):
        renewals.append(PaidRenewal(str(number), expiry, add_years(expiry, term), term, first))
        expiry = renewals[-1].new_expiry
    assert not_caught_up(renewals, renewals[-1].old_expiry, expiry) is renewals[-1]
    assert not_caught_up(renewals, expiry, expiry) is None


DAYS = 3
PAID = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("said", "today", "sight"),
    [
        (date(2028, 12, 5), PAID, Sight.SEEN),
        (date(2029, 12, 5), PAID + timedelta(90), Sight.SEEN),
        (date(2026, 12, 5), PAID, Sight.AWAITED),
        (date(2026, 12, 5), date(2026, 11, 26), Sight.AWAITED),
        (date(2026, 12, 5), date(2026, 11, 27), Sight.OVERDUE),
        (date(2027, 6, 1), date(2026, 11, 27), Sight.MOOT),
    ],
)
def test_an_import_tells_of_a_renewal_that_is_to_be_seen(said: date, today: date, sight: Sight) -> None:
    assert sight_of(RENEWAL, said, RENEWAL.new_expiry, today, DAYS) is sight


def test_what_was_reversed_or_withdrawn_protects_its_expiry_from_no_file() -> None:
    over = replace(RENEWAL, holds=False)
    assert not over.is_newer_than(RENEWAL.old_expiry)
    assert not_caught_up([over], RENEWAL.old_expiry, RENEWAL.new_expiry) is None
    assert sight_of(over, RENEWAL.old_expiry, RENEWAL.new_expiry, date(2027, 1, 15), DAYS) is Sight.MOOT


def test_what_was_moved_back_since_is_awaited_no_more() -> None:
    assert sight_of(RENEWAL, RENEWAL.old_expiry, date(2027, 12, 5), date(2027, 1, 15), DAYS) is Sight.MOOT


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 30))
def test_the_last_day_that_is_due_is_the_last_whose_renewals_are_overdue(today: date, days: int) -> None:
    due = last_due(today, days)
    for day, sight in ((due, Sight.OVERDUE), (due + timedelta(1), Sight.AWAITED)):
        renewal = replace(RENEWAL, completed_on=day)
        assert sight_of(renewal, RENEWAL.old_expiry, RENEWAL.new_expiry, today, days) is sight
