"""Whether a file that gives a mailbox an expiry was written before a renewal was paid (DOMAIN.md 3.5 and 5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import add_years
from bot.domain.paid import PaidRenewal, not_caught_up

RENEWAL = PaidRenewal("R7K2M-4", date(2026, 12, 5), date(2028, 12, 5), 2)


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
        renewals.append(PaidRenewal(str(number), expiry, add_years(expiry, term), term))
        expiry = renewals[-1].new_expiry
    assert not_caught_up(renewals, renewals[-1].old_expiry, expiry) is renewals[-1]
    assert not_caught_up(renewals, expiry, expiry) is None
