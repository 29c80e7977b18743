"""What the law wants kept of an order, and until when a request is answered (decision 042)."""

from datetime import date
from itertools import product

import pytest

from bot.domain.leaving import Past, answered_by, name_of_customer, name_of_mailbox


def test_only_an_order_that_ended_with_nothing_is_kept_no_longer() -> None:
    kept = {flags: Past(*flags).is_to_be_kept for flags in product((False, True), repeat=4)}
    assert [flags for flags, is_kept in kept.items() if not is_kept] == [(True, False, False, False)]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_request_is_answered_within_a_month(asked: date, answered: date) -> None:
    assert answered_by(asked) == answered


def test_a_code_is_not_taken_for_an_address() -> None:
    assert name_of_customer("rossi@pec.example") != name_of_mailbox("rossi@pec.example")
