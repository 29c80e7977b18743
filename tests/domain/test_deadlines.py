"""What comes next for a mailbox: its expiry, then the last day before it is deleted."""

from datetime import timedelta

import pytest

from bot.domain.deadlines import Deadline, Limits, deadline
from tests.support.builders import TODAY, a_mailbox
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()


@pytest.mark.parametrize(
    ("expires_in", "day_in", "is_last"), [(365, 365, False), (0, 0, False), (-1, 89, True), (-90, 0, True)]
)
def test_the_day_that_must_not_be_missed(expires_in: int, day_in: int, *, is_last: bool) -> None:
    mailbox = a_mailbox(1, expires_in=expires_in)
    found = deadline(mailbox, CATALOGUE, TODAY)
    assert found == Deadline(mailbox, TODAY + timedelta(days=day_in), is_last=is_last, charged_on=None)


def test_a_deleted_mailbox_has_none() -> None:
    assert deadline(a_mailbox(1, expires_in=-91), CATALOGUE, TODAY) is None


@pytest.mark.parametrize(("expires_in", "charged_in"), [(30, 23), (7, 0), (6, None), (0, None), (-5, None)])
def test_a_mailbox_renews_itself_until_the_day_of_the_charge_has_passed(
    expires_in: int, charged_in: int | None
) -> None:
    found = deadline(a_mailbox(1, expires_in=expires_in, auto_renew=True), CATALOGUE, TODAY)
    assert found is not None
    assert found.charged_on == (None if charged_in is None else TODAY + timedelta(days=charged_in))


@pytest.mark.parametrize(("expires_in", "paid_in"), [(1, 1), (0, 0), (-1, 40)])
def test_an_order_is_paid_by_the_expiry_and_once_that_has_passed_by_the_last_day(
    expires_in: int, paid_in: int
) -> None:
    limits = Limits(expiry=TODAY + timedelta(days=expires_in), deletion=TODAY + timedelta(days=40))
    assert limits.pay_by(TODAY) == TODAY + timedelta(days=paid_in)
