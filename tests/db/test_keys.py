"""The key ring: rotation, damage, and errors that show nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as sqlite_dialect

from bot.db.keys import (
    _REMEMBERED,
    CannotOpen,
    InvalidKeys,
    KeyRing,
    KeyRingError,
    NotBound,
    bind_ring,
    ring_of,
)
from tests.support import SAMPLE_KEYS

FIRST, SECOND = SAMPLE_KEYS


@given(st.binary())
def test_what_is_sealed_can_be_opened(data: bytes) -> None:
    ring = KeyRing([FIRST])
    sealed = ring.seal(data)
    assert data == ring.open(sealed) == KeyRing([FIRST]).open(sealed)


def test_what_is_remembered_does_not_grow_without_end() -> None:
    ring = KeyRing([FIRST])
    for number in range(_REMEMBERED + 10):
        ring.seal(str(number).encode())
    assert len(ring._opened) == _REMEMBERED


def test_the_first_key_seals_and_all_open() -> None:
    sealed_before = KeyRing([FIRST]).seal(b"x")
    both = KeyRing.parse(f" {SECOND} , {FIRST},")
    assert both.open(sealed_before) == b"x"
    assert not both.is_current(sealed_before)
    sealed_after = both.seal(b"x")
    assert both.is_current(sealed_after)
    assert KeyRing([SECOND]).open(sealed_after) == b"x"
    with pytest.raises(CannotOpen):
        KeyRing([FIRST]).open(sealed_after)


def test_damaged_data_is_not_opened() -> None:
    ring = KeyRing([FIRST])
    sealed = bytearray(ring.seal(b"x"))
    sealed[20] ^= 1
    with pytest.raises(CannotOpen, match="damaged"):
        ring.open(bytes(sealed))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "at least one key"),
        (" , ", "at least one key"),
        ("tooshort", "key 1 is not"),
        (f"{FIRST},è-not-ascii", "key 2 is not"),
        (f"{FIRST},{SECOND[:-2]}", "key 2 is not"),
    ],
)
def test_bad_keys_are_named_by_position_and_never_shown(text: str, message: str) -> None:
    with pytest.raises(InvalidKeys, match=message) as caught:
        KeyRing.parse(text)
    for part in (FIRST, SECOND[:10], "tooshort", "not-ascii"):
        assert part not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_ring_does_not_show_its_keys() -> None:
    assert repr(KeyRing([FIRST, SECOND])) == "<KeyRing of 2>"


def test_the_blind_index_needs_a_started_database() -> None:
    with pytest.raises(NotBound):
        KeyRing([FIRST]).index("x")


def test_the_blind_index_is_equal_only_for_equal_values_and_secrets() -> None:
    one, same, other = KeyRing([FIRST]), KeyRing([SECOND]), KeyRing([FIRST])
    one.adopt_index_key(b"s" * 32)
    same.adopt_index_key(b"s" * 32)
    other.adopt_index_key(b"t" * 32)
    assert one.index("a@example.com") == same.index("a@example.com")
    assert one.index("a@example.com") != one.index("b@example.com")
    assert one.index("a@example.com") != other.index("a@example.com")
    assert len(one.index("")) == 32


def test_one_ring_serves_one_database() -> None:
    ring = KeyRing([FIRST])
    ring.adopt_index_key(b"s" * 32)
    ring.adopt_index_key(b"s" * 32)
    with pytest.raises(KeyRingError, match="two databases"):
        ring.adopt_index_key(b"t" * 32)


def test_an_engine_that_was_not_bound_has_no_ring() -> None:
    bound, unbound = sqlite_dialect(), sqlite_dialect()
    ring = KeyRing([FIRST])
    bind_ring(bound, ring)
    assert ring_of(bound) is ring
    with pytest.raises(NotBound):
        ring_of(unbound)


def test_what_was_opened_before_is_opened_by_the_ring_that_has_its_key_and_by_no_other() -> None:
    mine, other = KeyRing([KeyRing.new_key()]), KeyRing([KeyRing.new_key()])
    sealed = mine.seal(b"a line")
    assert [mine.open(sealed) for _ in range(3)] == [b"a line"] * 3
    for _ in range(2):
        with pytest.raises(CannotOpen):
            other.open(sealed)
        with pytest.raises(CannotOpen):
            mine.open(sealed[:-1])
