"""By when a payment is expected that was made, by the days that count for its method (DOMAIN.md 3.6)."""

from datetime import date, time

import pytest

from bot.domain.promises import expected
from tests.support.catalogue import example_catalogue

MORNING, EVENING = time(10), time(16)


@pytest.mark.parametrize(
    ("method", "said", "at", "on", "ask_on"),
    [
        ("bank_transfer", date(2026, 11, 23), MORNING, date(2026, 11, 24), date(2026, 11, 25)),
        # after the cut-off it counts as ordered on the next day
        ("bank_transfer", date(2026, 11, 23), EVENING, date(2026, 11, 25), date(2026, 11, 26)),
        # a Friday, a Saturday and a Sunday
        ("bank_transfer", date(2026, 11, 27), MORNING, date(2026, 11, 30), date(2026, 12, 1)),
        ("bank_transfer", date(2026, 11, 28), MORNING, date(2026, 12, 1), date(2026, 12, 2)),
        ("bank_transfer", date(2026, 11, 29), MORNING, date(2026, 12, 1), date(2026, 12, 2)),
        # Immaculate Conception, a Tuesday; Christmas and Saint Stephen's
        ("bank_transfer", date(2026, 12, 4), MORNING, date(2026, 12, 7), date(2026, 12, 9)),
        ("bank_transfer", date(2026, 12, 24), MORNING, date(2026, 12, 28), date(2026, 12, 29)),
        ("slip_ordinary", date(2026, 11, 23), EVENING, date(2026, 12, 2), date(2026, 12, 3)),
        ("slip_preprinted", date(2026, 11, 23), MORNING, date(2026, 11, 23), date(2026, 11, 24)),
    ],
)
def test_a_payment_is_expected_by_the_latest_day_of_its_method(
    method: str, said: date, at: time, on: date, ask_on: date
) -> None:
    found = expected(example_catalogue().methods[method], said, at)
    assert found is not None
    assert (found.on, found.ask_on) == (on, ask_on)


@pytest.mark.parametrize("method", ["card", "paypal", "instant_transfer"])
def test_of_what_is_registered_at_once_nothing_is_expected(method: str) -> None:
    assert expected(example_catalogue().methods[method], date(2026, 11, 23), MORNING) is None
