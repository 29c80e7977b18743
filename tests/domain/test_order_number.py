"""Order numbers: what a person can type wrong is caught, what they can type otherwise is not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.order_number import (
    ALPHABET,
    InvalidOrderNumber,
    check_character,
    format_number,
    parse_number,
    random_number,
)

bodies = st.text(ALPHABET, min_size=5, max_size=5)


def is_valid(text: str) -> bool:
    """Whether the text is read as an order number."""
    try:
        parse_number(text)
    except InvalidOrderNumber:
        return False
    return True


def test_the_published_example_is_an_order_number() -> None:
    assert parse_number("R7K2M-4") == "R7K2M-4"


def test_the_alphabet_has_nothing_that_looks_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("01OIL" + string.ascii_lowercase)


@given(bodies)
def test_a_number_is_read_back_however_it_is_typed(body: str) -> None:
    number = format_number(body)
    assert len(number) == 7
    plain = number.replace("-", "")
    for typed in (number, number.lower(), plain, f" {number}\n", " ".join(plain), f"{plain[:3]} {plain[3:]}"):
        assert parse_number(typed) == number


@pytest.mark.parametrize(
    "text",
    [
        "R7K2M/4",
        "R7K2M.4",
        "R7K2M_4",
        "R7K2M\N{EN DASH}4",
        "R7K2M\N{EM DASH}4",
        "R7K2M\N{MINUS SIGN}4",
        "R7K2M\N{NON-BREAKING HYPHEN}4",
        "R7K2M\N{SOFT HYPHEN}-4",
        "R7K2M\N{ZERO WIDTH SPACE}4",
        "R7K2M - 4",
        "R7K2M / 4",
        "«R7K2M-4»",
        "(r7k2m-4).",
        "#R7K2M-4",
        "R7K2M\N{NO-BREAK SPACE}4",
        "\N{FULLWIDTH LATIN CAPITAL LETTER R}7K2M-4",
    ],
)
def test_a_text_that_is_one_number_is_read_in_the_forms_that_people_and_programs_give_it(text: str) -> None:
    assert parse_number(text) == "R7K2M-4"


@given(bodies)
def test_every_wrong_character_is_caught(body: str) -> None:
    plain = body + check_character(body)
    for place, right in enumerate(plain):
        for wrong in ALPHABET:
            if wrong != right:
                assert not is_valid(plain[:place] + wrong + plain[place + 1 :])


@given(bodies)
def test_every_swap_of_two_characters_is_caught(body: str) -> None:
    plain = body + check_character(body)
    for first in range(len(plain)):
        for second in range(first + 1, len(plain)):
            swapped = list(plain)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if plain[first] != plain[second]:
                assert not is_valid("".join(swapped))


def test_no_error_of_one_or_two_places_can_cancel_out() -> None:
    """For every pair of places: a change at one, or a swap of both, moves the weighted sum.

    The sum is linear, so that looking at each place and each difference of values is looking at all numbers.
    """
    base = "22222"
    weights = [ALPHABET.index(check_character(base[:i] + "3" + base[i + 1 :])) for i in range(5)] + [30]
    assert 0 not in weights
    for first in range(6):
        for second in range(first + 1, 6):
            for difference in range(1, 31):
                assert (weights[first] - weights[second]) * difference % 31 != 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "R7K2M",
        "R7K2M-",
        "R7K2M-44",
        "R7K2MM-4",
        "O7K2M-4",
        "R7K2M..4",
        "R7.K2M4",
        "R7K2M-4 integrazione",
    ],
)
def test_other_texts_are_not_order_numbers(text: str) -> None:
    with pytest.raises(InvalidOrderNumber, match="is not an order number: one looks like R7K2M-4") as refused:
        parse_number(text)
    assert not refused.value.mistyped


@pytest.mark.parametrize("text", ["R7K2M-5", "R7K2N-4", "7RK2M-4", "r7k2m5"])
def test_a_mistyped_number_is_told_from_other_texts(text: str) -> None:
    with pytest.raises(InvalidOrderNumber, match="its check character does not agree") as refused:
        parse_number(text)
    assert refused.value.mistyped


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except InvalidOrderNumber:
        return
    assert parse_number(number) == number


def test_new_numbers_are_valid_and_differ() -> None:
    numbers = [random_number() for _ in range(200)]
    assert all(parse_number(number) == number for number in numbers)
    assert len(set(numbers)) > 195
    assert {char for number in numbers for char in number} == {*ALPHABET, "-"}
