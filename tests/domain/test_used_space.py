"""Which used space cannot be true, and when that makes the whole file unbelievable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.space import ExtraSpace
from bot.domain.used_space import Room, discredits_the_file, is_impossible
from tests.support.catalogue import example_catalogue

PLANS = example_catalogue().plans


@pytest.mark.parametrize(
    ("used", "room", "impossible"),
    [(0, 0, False), (1, 0, True), (1500, 1, False), (1501, 1, True), (3000, 2, False), (350_000, 1, True)],
)
def test_more_than_one_and_a_half_times_the_space_is_impossible(
    used: int, room: int, impossible: bool
) -> None:
    assert is_impossible(used, room) is impossible


@given(st.integers(0, 10_000_000), st.integers(0, 10_000))
def test_what_fits_is_never_impossible_and_a_lost_decimal_mark_nearly_always_is(used: int, room: int) -> None:
    if used <= room * 1000:
        assert not is_impossible(used, room)
    if is_impossible(used, room):
        assert is_impossible(used + 1, room)
        assert used > room * 1000


@pytest.mark.parametrize(
    ("plan", "extra", "room"),
    [
        ("standard", ExtraSpace(1, 0), Room(2, 8)),
        ("pro", ExtraSpace(1, 2), Room(3, 5)),
        ("premium", ExtraSpace(0, 0), Room(2, 8)),
    ],
)
def test_space_is_judged_by_plan_and_extra_gb(plan: str, extra: ExtraSpace, room: Room) -> None:
    assert Room.of(PLANS[plan], extra, PLANS.values()) == room


@pytest.mark.parametrize(
    ("impossible", "with_usage", "discredited"),
    [(4, 4, False), (5, 5, True), (5, 25, True), (5, 26, False), (6, 30, True), (0, 0, False)],
)
def test_five_rows_that_are_a_fifth_discredit_the_file(
    impossible: int, with_usage: int, discredited: bool
) -> None:
    assert discredits_the_file(impossible, with_usage) is discredited
