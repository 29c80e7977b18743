"""Addresses cut to fit a button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.widgets.addresses import MIN_WIDTH, shortened_address, told_apart

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


def test_addresses_that_would_be_cut_alike_show_where_they_differ() -> None:
    studios = [f"info@studio{name}.legalmail.example" for name in ("rossi", "bianchi", "verdi")]
    assert list(told_apart([*studios, "a@pec.example"], 18).values()) == [
        "info@s…orossi.leg…",
        "info@s…obianchi.l…",
        "info@s…overdi.leg…",
        "a@pec.example",
    ]


def test_what_no_cut_tells_apart_is_numbered() -> None:
    far = "x" * 60
    shown = told_apart([f"{far}a{far}{n}@pec.example" for n in range(12)], 14)
    assert len(set(shown.values())) == 12


@given(st.lists(st.tuples(_PART, _PART), unique=True, max_size=12), st.integers(MIN_WIDTH, 30))
def test_no_two_are_ever_alike(parts: list[tuple[str, str]], width: int) -> None:
    addresses = [f"{name}@{domain}" for name, domain in parts]
    shown = told_apart(addresses, width)
    assert list(shown) == addresses
    assert len(set(shown.values())) == len(addresses)
    assert all(len(label) <= width for label in shown.values())


def test_too_narrow_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="9 characters"):
        shortened_address("a@pec.example", MIN_WIDTH - 1)
