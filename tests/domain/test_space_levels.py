"""How full a mailbox is (DOMAIN.md 6, "Space")."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mailboxes import Usage
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import LEVELS, fuller
from tests.support.builders import NOW
from tests.support.catalogue import example_catalogue

PLANS = example_catalogue().plans
GB = st.decimals(min_value=0, max_value=40, places=3)


def used(mailbox: str, archive: str = "0") -> Usage:
    """This much, now."""
    return Usage(Decimal(mailbox), Decimal(archive), NOW)


@pytest.mark.parametrize(
    ("gb", "level"),
    [
        ("0", 0),
        ("0.699", 0),
        ("0.7", 70),
        ("0.899", 70),
        ("0.9", 90),
        ("0.999", 90),
        ("1", 100),
        ("1.4", 100),
    ],
)
def test_a_level_is_reached_at_its_share_of_the_space(gb: str, level: int) -> None:
    assert fuller(PLANS["standard"], ExtraSpace(0, 0), used(gb)).level == level


def test_the_fuller_of_the_two_spaces_counts() -> None:
    assert fuller(PLANS["pro"], ExtraSpace(0, 0), used("1.5", "2.7")).archive
    assert not fuller(PLANS["pro"], ExtraSpace(0, 0), used("1.9", "2.7")).archive


def test_what_was_left_in_an_archive_that_the_plan_does_not_have_counts_for_nothing() -> None:
    assert fuller(PLANS["standard"], ExtraSpace(0, 0), used("0.1", "2.7")).level == 0


@given(plan=st.sampled_from(["standard", "pro", "premium"]), mailbox=GB, archive=GB, extra=st.integers(0, 9))
def test_more_in_use_never_lowers_the_level_and_more_room_never_raises_it(
    plan: str, mailbox: Decimal, archive: Decimal, extra: int
) -> None:
    usage, more = Usage(mailbox, archive, NOW), Usage(mailbox + 1, archive + 1, NOW)
    level = fuller(PLANS[plan], ExtraSpace(0, 0), usage).level
    assert level in {0, *LEVELS}
    assert fuller(PLANS[plan], ExtraSpace(0, 0), more).level >= level
    assert fuller(PLANS[plan], ExtraSpace(extra, extra), usage).level <= level
