"""Money: whole cents inside, decimal strings outside, VAT rounded half up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import amount, gross, parse_amount, vat_on

cents = st.integers(0, 99_999_999_999)
percents = st.decimals(0, 99, places=2)


@given(cents)
def test_an_amount_is_read_back_as_it_was_written(value: int) -> None:
    assert parse_amount(amount(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0.00"), (5, "0.05"), (50, "0.50"), (100, "1.00"), (3648, "36.48")]
)
def test_amounts_have_two_decimals(value: int, text: str) -> None:
    assert amount(value) == text


def test_a_negative_amount_is_not_written() -> None:
    with pytest.raises(ValueError, match="negative"):
        amount(-1)


@pytest.mark.parametrize(
    "text",
    [
        "", "36", "36.4", "36.480", "36,48", " 36.48", "36.48 ", "36.48\n", "+36.48", "-36.48", "036.48",
        ".48", "1e2", "1_0.00", "36.48 EUR", "NaN", "٣٦.٤٨", "1000000000.00",
    ],
)  # fmt: skip
def test_other_texts_are_not_amounts(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as 36\.48"):
        parse_amount(text)


@given(net=cents, percent=percents)
def test_vat_is_the_nearest_cent(net: int, percent: Decimal) -> None:
    exact = net * percent / 100
    assert abs(vat_on(net, percent) - exact) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("net", "percent", "vat"),
    [
        (2990, "22", 658),
        (25, "22", 6),
        (225, "22", 50),
        (75, "22", 17),
        (50, "1", 1),
        (49, "1", 0),
        (990, "0", 0),
    ],
)
def test_half_a_cent_is_rounded_up(net: int, percent: str, vat: int) -> None:
    assert vat_on(net, Decimal(percent)) == vat
    assert gross(net, Decimal(percent)) == net + vat
