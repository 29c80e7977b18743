"""Addresses cut to fit a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.widgets.addresses import MIN_WIDTH, shortened_address

_PART = st.text("abcdefghijklmnopqrstuvwxyz0123456789.-", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("studio@pec.example", "studio@pec.example"),
        ("mario.rossi@pec.example", "mario.rossi@…ample"),
        ("mario.rossi1@pec.example", "mario.rossi1@…mple"),
        ("amministrazione@pec.example", "amministrazione@…"),
        ("amministrazione.condomini1@pec.example", "amministr…omini1@…"),
    ],
)
def test_the_domain_is_cut_before_the_name(address: str, shown: str) -> None:
    assert shortened_address(address, 18) == shown


def test_mailboxes_that_differ_in_their_number_still_do() -> None:
    shown = {shortened_address(f"condominio.via.roma.{n}@pec.example", 18) for n in range(1, 30)}
    assert len(shown) == 29


@given(_PART, _PART, st.integers(MIN_WIDTH, 60))
def test_never_wider_than_asked_and_untouched_when_it_fits(name: str, domain: str, width: int) -> None:
    address = f"{name}@{domain}"
    shown = shortened_address(address, width)
    assert len(shown) <= width
    assert "@" in shown
    assert (shown == address) == (len(address) <= width)


def test_too_narrow_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="9 characters"):
        shortened_address("a@pec.example", MIN_WIDTH - 1)
