"""The ISO 11649 reference of an order follows from its number, and the number from the reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from bot.domain.creditor_reference import (
    creditor_reference,
    in_groups,
    named_in_reason,
    number_of_reference,
)
from bot.domain.order_number import ALPHABET, format_number

numbers = st.text(ALPHABET, min_size=5, max_size=5).map(format_number)


@given(numbers)
def test_a_reference_is_valid_and_gives_its_number_back(number: str) -> None:
    reference = creditor_reference(number)
    assert iso11649.is_valid(reference)
    for written in (reference, in_groups(reference), reference.lower(), f" {in_groups(reference)} "):
        assert number_of_reference(written) == number


@given(numbers, st.integers(2, 9), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTUVWXYZ"))
def test_a_wrong_character_is_caught(number: str, place: int, wrong: str) -> None:
    reference = creditor_reference(number)
    slip = reference[:place] + wrong + reference[place + 1 :]
    assert slip == reference or number_of_reference(slip) is None


@pytest.mark.parametrize("text", ["", "RF", "RF18539007547034", "R7K2M-4", "RF00R7K2M4", "RINNOVO"])
def test_references_of_others_and_other_texts_stand_for_no_number(text: str) -> None:
    assert number_of_reference(text) is None


def test_it_is_printed_in_groups_of_four() -> None:
    assert in_groups("RF12R7K2M4") == "RF12 R7K2 M4"


@pytest.mark.parametrize("reason", ["{}", "pec {} grazie", "{}.", "R7K2M-4 {}"])
def test_a_reason_with_the_reference_in_the_place_of_the_number_names_the_order(reason: str) -> None:
    reference = creditor_reference("R7K2M-4")
    for written in (reference, in_groups(reference), reference.lower()):
        assert named_in_reason(reason.format(written)) == {"R7K2M-4"}
    assert not named_in_reason(f"X{reference}")
