"""How full a mailbox is (DOMAIN.md 6, "Space")."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mailboxes import Usage
from bot.domain.space import ExtraSpace
from bot.domain.space_levels import LEVELS, fillings, larger_plan, sells_more
from tests.support.builders import NOW, a_mailbox
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()
PLANS = CATALOGUE.plans
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
    assert levels("standard", used(gb)) == [level]


def levels(plan: str, usage: Usage, extra: int = 0) -> list[int]:
    """The level of the mailbox, and of the archive where the plan has one."""
    return [space.level for space in fillings(PLANS[plan], ExtraSpace(extra, extra), usage)]


def test_mailbox_and_archive_have_a_level_each() -> None:
    assert levels("pro", used("1.5", "2.7")) == [70, 90]
    assert levels("pro", used("1.9", "0.1")) == [90, 0]


def test_what_was_left_in_an_archive_that_the_plan_does_not_have_counts_for_nothing() -> None:
    assert levels("standard", used("0.1", "2.7")) == [0]


@pytest.mark.parametrize(
    ("plan", "extra", "sells", "larger"),
    [
        ("standard", 0, True, None),
        ("standard", 1, False, "pro"),
        ("pro", 5, True, None),
        ("domain", 0, False, None),
    ],
)
def test_where_a_plan_is_at_its_cap_a_larger_one_helps(
    plan: str, extra: int, sells: bool, larger: str | None
) -> None:
    box = a_mailbox(plan_id=plan, extra_mailbox_gb=extra)
    assert sells_more(CATALOGUE, box, archive=False) is sells
    found = larger_plan(CATALOGUE, box, archive=False)
    assert (None if found is None else found.id) == larger


@given(plan=st.sampled_from(["standard", "pro", "premium"]), mailbox=GB, archive=GB, extra=st.integers(0, 9))
def test_more_in_use_never_lowers_the_level_and_more_room_never_raises_it(
    plan: str, mailbox: Decimal, archive: Decimal, extra: int
) -> None:
    usage, more = Usage(mailbox, archive, NOW), Usage(mailbox + 1, archive + 1, NOW)
    found = levels(plan, usage)
    assert set(found) <= {0, *LEVELS}
    assert all(later >= now for later, now in zip(levels(plan, more), found, strict=True))
    assert all(roomier <= now for roomier, now in zip(levels(plan, usage, extra), found, strict=True))
