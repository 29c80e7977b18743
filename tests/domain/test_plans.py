"""Changes of plan: every row of the table of DOMAIN.md 3.2."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from bot.domain.mailboxes import Usage
from bot.domain.plans import PlanChange, choosable_plans, offered_plans, plan_change
from bot.domain.space import ExtraSpace
from tests.support.builders import TODAY, a_mailbox, a_usage
from tests.support.catalogue import example_catalogue, with_plan

CATALOGUE = example_catalogue()
MORE = ("sms_report", "multi_user", "delegation")


def the_change(old: str, new: str, usage: Usage | None, promotion: str | None = None) -> PlanChange:
    """The change of a mailbox from one plan to another."""
    mailbox = a_mailbox(plan_id=old, usage=usage, promotion_id=promotion)
    return plan_change(CATALOGUE, mailbox, CATALOGUE.plans[new], TODAY, current_usage=True)


@dataclass(frozen=True)
class Change:
    """A row of the table: what is gained and lost, and the price difference with VAT."""

    old: str
    new: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    closed: bool
    downgrade: bool


CHANGES = [
    Change("standard", "pro", MORE, (), closed=False, downgrade=False),
    Change("standard", "premium", MORE, (), closed=False, downgrade=False),
    Change("pro", "premium", (), (), closed=False, downgrade=False),
    Change("premium", "pro", (), (), closed=False, downgrade=True),
    Change("pro", "standard", (), MORE, closed=True, downgrade=True),
    Change("premium", "standard", (), MORE, closed=True, downgrade=True),
    Change("light", "standard", (), (), closed=False, downgrade=False),
]


@pytest.mark.parametrize("row", CHANGES, ids=lambda row: f"{row.old}-{row.new}")
@pytest.mark.parametrize(
    "usage", [None, a_usage("0.9", "0.9"), a_usage("0", "0")], ids=["unknown", "some", "empty"]
)
def test_what_a_change_gives_and_takes(row: Change, usage: Usage | None) -> None:
    change = the_change(row.old, row.new, usage)
    assert (change.gained_features, change.lost_features) == (row.gained, row.lost)
    assert (change.archive_closed, change.is_downgrade) == (row.closed, row.downgrade)
    assert not change.promotion_lost
    assert change.fit.possible
    assert change.fit.missing == ExtraSpace(0, 0)
    if usage is None:
        assert change.archive_gb_destroyed == (None if row.closed else 0)
        assert change.needs_second_confirmation is row.closed
    else:
        assert change.archive_gb_destroyed == (usage.archive_gb if row.closed else 0)
        assert change.needs_second_confirmation is (row.closed and usage.archive_gb > 0)


def test_the_rows_are_all_that_there_are() -> None:
    sold = {"standard", "pro", "premium"}
    pairs = {(old, new) for old, new in product(sold, sold) if old != new}
    assert pairs == {(row.old, row.new) for row in CHANGES if row.old != "light"}


@pytest.mark.parametrize(
    ("old", "new", "mailbox", "archive", "missing", "possible"),
    [
        ("standard", "pro", "2", "0", (0, 0), True),
        ("standard", "premium", "2", "0", (0, 0), True),
        ("pro", "premium", "2", "3", (0, 0), True),
        ("premium", "pro", "2.000", "3.000", (0, 0), True),
        ("premium", "pro", "2.001", "3.000", (1, 0), True),
        ("premium", "pro", "2.000", "7.900", (0, 5), True),
        ("premium", "pro", "4.200", "8.000", (3, 5), True),
        ("pro", "standard", "1.000", "3", (0, 0), True),
        ("pro", "standard", "1.001", "3", (1, 0), True),
        ("pro", "standard", "2.000", "3", (1, 0), True),
        ("pro", "standard", "2.001", "3", (2, 0), False),
        ("premium", "standard", "1.500", "8", (1, 0), True),
        ("premium", "standard", "2.500", "8", (2, 0), False),
    ],
)
def test_the_space_check_of_a_change(
    old: str, new: str, mailbox: str, archive: str, missing: tuple[int, int], possible: bool
) -> None:
    change = the_change(old, new, a_usage(mailbox, archive))
    assert change.fit.missing == ExtraSpace(*missing)
    assert change.fit.possible is possible


@pytest.mark.parametrize("used", ["0.001", "2.9"])
@pytest.mark.parametrize("old", ["pro", "premium"])
def test_a_used_archive_is_destroyed_only_after_a_second_confirmation(old: str, used: str) -> None:
    change = the_change(old, "standard", a_usage("0.5", used))
    assert change.archive_gb_destroyed == Decimal(used)
    assert change.needs_second_confirmation


def test_a_promotion_is_lost_with_a_plan_that_it_does_not_cover() -> None:
    lost = the_change("pro", "premium", a_usage(), "welcome")
    assert lost.promotion_lost
    kept = the_change("standard", "pro", a_usage(), "welcome")
    assert not kept.promotion_lost
    assert not the_change("premium", "pro", a_usage(), "welcome").promotion_lost


def test_an_expired_promotion_cannot_be_lost() -> None:
    mailbox = a_mailbox(promotion_id="welcome")
    after = CATALOGUE.promotions["welcome"].until + timedelta(days=1)
    assert not plan_change(
        CATALOGUE, mailbox, CATALOGUE.plans["premium"], after, current_usage=True
    ).promotion_lost


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("standard", ["pro", "premium"]),
        ("pro", ["standard", "premium"]),
        ("premium", ["standard", "pro"]),
        ("light", ["standard", "pro", "premium"]),  # withdrawn: it can be left, and kept, not chosen
        ("domain", []),
    ],
)
def test_plans_to_move_to(own: str, others: list[str]) -> None:
    mailbox = a_mailbox(plan_id=own)
    assert [plan.id for plan in choosable_plans(CATALOGUE, mailbox)] == others
    assert [plan.id for plan in offered_plans(CATALOGUE, mailbox)] == [own, *others]


def test_a_plan_without_space_lost_but_with_a_feature_lost_is_a_downgrade() -> None:
    catalogue = with_plan("premium", features=())
    mailbox = a_mailbox(plan_id="pro")
    assert plan_change(catalogue, mailbox, catalogue.plans["premium"], TODAY, current_usage=True).is_downgrade
    smaller = with_plan("premium", mailbox_gb=1)
    assert plan_change(smaller, mailbox, smaller.plans["premium"], TODAY, current_usage=True).is_downgrade


def test_extra_gigabytes_do_not_change_the_difference_of_plans() -> None:
    mailbox = a_mailbox(plan_id="pro", extra_mailbox_gb=5, extra_archive_gb=5)
    plain = replace(mailbox, extra_mailbox_gb=0, extra_archive_gb=0)
    premium = CATALOGUE.plans["premium"]
    with_extra = plan_change(CATALOGUE, mailbox, premium, TODAY, current_usage=True)
    assert with_extra == plan_change(CATALOGUE, plain, premium, TODAY, current_usage=True)
