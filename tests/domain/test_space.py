"""Extra GB: what the used space needs, and what a plan sells (DOMAIN.md 3.2 and 3.3)."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.catalogue import Plan
from bot.domain.mailboxes import Usage
from bot.domain.space import ExtraSpace, Overflow, fit, overflow, recompute
from tests.support.builders import NOW, a_usage
from tests.support.catalogue import example_catalogue

PLANS = example_catalogue().plans

plans = st.sampled_from(list(PLANS.values()))
gigabytes = st.decimals(0, 250, places=3)
usages = st.none() | st.builds(Usage, gigabytes, gigabytes, st.just(NOW))
extras = st.builds(ExtraSpace, st.integers(0, 300), st.integers(0, 300))


@pytest.mark.parametrize(
    ("plan", "mailbox", "archive", "missing", "possible"),
    [
        ("standard", "0.000", "0", (0, 0), True),
        ("standard", "1.000", "0", (0, 0), True),  # equal to the limit fits
        ("standard", "1.001", "0", (1, 0), True),
        ("standard", "2.000", "0", (1, 0), True),
        ("standard", "2.001", "0", (2, 0), False),
        ("standard", "1.000", "7.5", (0, 0), True),  # an archive that the plan has not is not missing
        ("pro", "2.000", "3.000", (0, 0), True),
        ("pro", "2.001", "3.000", (1, 0), True),
        ("pro", "2.000", "3.001", (0, 1), True),
        ("pro", "4.500", "8.000", (3, 5), True),
        ("pro", "202.000", "203.000", (200, 200), True),
        ("pro", "202.001", "3.000", (201, 0), False),
        ("pro", "2.000", "203.001", (0, 201), False),
        ("premium", "2.000", "8.000", (0, 0), True),
        ("premium", "2.000", "8.001", (0, 1), True),
        ("light", "1.000", "0", (0, 0), True),
        ("light", "1.001", "0", (1, 0), False),
        ("domain", "1.001", "0", (1, 0), False),
    ],
)
def test_the_space_check(
    plan: str, mailbox: str, archive: str, missing: tuple[int, int], possible: bool
) -> None:
    found = fit(PLANS[plan], a_usage(mailbox, archive))
    assert (found.missing, found.possible) == (ExtraSpace(*missing), possible)


@given(plan=plans)
def test_unknown_usage_needs_nothing(plan: Plan) -> None:
    found = fit(plan, None)
    assert (found.missing, found.possible) == (ExtraSpace(0, 0), True)


@given(plan=plans, usage=usages)
def test_the_missing_gigabytes_are_enough_and_no_more(plan: Plan, usage: Usage | None) -> None:
    assume(usage is not None)
    assert usage is not None
    missing = fit(plan, usage).missing
    pairs = [(missing.mailbox_gb, plan.mailbox_gb, usage.mailbox_gb)]
    if plan.has_archive:
        pairs.append((missing.archive_gb, plan.archive_gb, usage.archive_gb))
    for extra, included, used in pairs:
        assert included + extra >= used
        assert extra == 0 or included + extra - 1 < used


@given(plan=plans, usage=usages, wanted=extras)
def test_recomputed_space_is_needed_and_sold(plan: Plan, usage: Usage | None, wanted: ExtraSpace) -> None:
    check = fit(plan, usage)
    found = recompute(plan, usage, wanted)
    for got, want, least, cap in (
        (found.mailbox_gb, wanted.mailbox_gb, check.missing.mailbox_gb, plan.extra_mailbox_cap),
        (found.archive_gb, wanted.archive_gb, check.missing.archive_gb, plan.extra_archive_cap),
    ):
        assert 0 <= got <= cap
        if check.possible:
            assert least <= got
        if least <= want <= cap:
            assert got == want
    assert recompute(plan, usage, found) == found


def test_recomputing_says_what_is_nearest() -> None:
    pro, standard = PLANS["pro"], PLANS["standard"]
    assert recompute(pro, a_usage("4.5", "3.2"), ExtraSpace(0, 0)) == ExtraSpace(3, 1)
    assert recompute(pro, a_usage("4.5", "3.2"), ExtraSpace(5, 5)) == ExtraSpace(5, 5)
    assert recompute(pro, None, ExtraSpace(500, 500)) == ExtraSpace(200, 200)
    assert recompute(standard, a_usage("0.1", "2"), ExtraSpace(5, 5)) == ExtraSpace(1, 0)
    assert recompute(standard, a_usage("9", "2"), ExtraSpace(0, 0)) == ExtraSpace(1, 0)


def test_whole_and_negative_rounding_is_by_ceiling() -> None:
    usage = Usage(Decimal("2.0000001"), Decimal("2.9999999"), NOW)
    assert fit(PLANS["pro"], usage).missing == ExtraSpace(1, 0)


@given(plan=plans, usage=usages, extra=extras)
def test_nothing_overflows_exactly_when_the_space_is_enough(
    plan: Plan, usage: Usage | None, extra: ExtraSpace
) -> None:
    missing = fit(plan, usage).missing
    enough = extra.mailbox_gb >= missing.mailbox_gb and extra.archive_gb >= missing.archive_gb
    assert bool(overflow(plan, usage, extra)) is not enough


def test_what_overflows_is_what_would_have_to_be_deleted() -> None:
    usage = a_usage("4.250", "3.100")
    pro, standard = PLANS["pro"], PLANS["standard"]
    assert overflow(pro, usage, ExtraSpace(1, 0)) == Overflow(Decimal("1.250"), Decimal("0.100"))
    assert overflow(standard, usage, ExtraSpace(1, 0)) == Overflow(Decimal("2.250"), Decimal(0))
    assert overflow(pro, None, ExtraSpace(0, 0)) == Overflow(Decimal(0), Decimal(0))
