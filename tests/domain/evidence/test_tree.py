"""A day's heads have one root, and each of them is shown to be among them (DOMAIN.md 7)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence.tree import EMPTY, climb, root_of, way_up

LEAVES = st.lists(
    st.binary(min_size=1, max_size=3).map(lambda text: hashlib.sha256(text).digest()), max_size=40
)


@given(LEAVES.filter(bool), st.data())
def test_every_leaf_leads_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    assert climb(leaves[place], way_up(leaves, place)) == root_of(leaves)


@given(LEAVES.filter(bool), st.data())
def test_another_leaf_leads_elsewhere(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    assert climb(bytes(32), way_up(leaves, place)) != root_of(leaves)


@given(LEAVES, LEAVES)
def test_other_leaves_have_another_root(one: list[bytes], other: list[bytes]) -> None:
    assert (root_of(one) == root_of(other)) == (one == other)


def test_a_day_without_records_has_a_root_too() -> None:
    assert root_of([]) == EMPTY


@pytest.mark.parametrize("place", [-1, 1])
def test_there_is_no_way_from_where_no_leaf_is(place: int) -> None:
    with pytest.raises(IndexError):
        way_up([bytes(32)], place)
