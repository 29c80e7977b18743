"""Finding the order that a payment was meant for in what was written with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.number_guesses import number_guesses
from bot.domain.order_number import ALPHABET, format_number, parse_number

numbers = st.text(ALPHABET, min_size=5, max_size=5).map(format_number)


@pytest.mark.parametrize(
    "text",
    ["rinnovo PEC R7K2M-4", "ord. r7k2m4 integrazione", "R7K2M 4/2026", "saldo:R 7 K 2 M - 4", "xR7K2M-4x"],
)
def test_a_number_within_a_text_is_found(text: str) -> None:
    assert "R7K2M-4" in number_guesses(text)


@given(numbers, st.integers(0, 6), st.characters(codec="ascii", categories=("Lu", "Nd")))
def test_one_wrong_character_is_put_right(number: str, place: int, wrong: str) -> None:
    slip = number[:place] + wrong + number[place + 1 :]
    assert number in number_guesses(slip)


@given(numbers, st.integers(0, 4))
def test_two_swapped_characters_are_put_right(number: str, place: int) -> None:
    plain = number.replace("-", "")
    assert number in number_guesses(plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :])


@given(numbers, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_character_too_many_is_left_out(number: str, place: int, more: str) -> None:
    plain = number.replace("-", "")
    assert number in number_guesses(plain[:place] + more + plain[place:])


@given(numbers)
def test_a_number_without_its_check_character_is_completed(number: str) -> None:
    assert number in number_guesses(number[:5])


@given(st.text(max_size=64))
def test_guesses_are_few_and_are_order_numbers(text: str) -> None:
    guesses = number_guesses(text)
    assert all(parse_number(guess) == guess for guess in guesses)
    assert len(guesses) < 64


@pytest.mark.parametrize("text", ["", "-", "affitto", "R7K2", "ROSSI MARIA"])
def test_other_texts_mean_no_order(text: str) -> None:
    assert "R7K2M-4" not in number_guesses(text)
