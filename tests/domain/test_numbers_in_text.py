"""Order numbers in what people write with a payment: those that are certain, and no others (DOMAIN.md 5)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.instructions import INTEGRATION
from bot.domain.number_guesses import number_guesses
from bot.domain.order_number import ALPHABET, format_number, numbers_in, random_number

numbers = st.text(ALPHABET, min_size=5, max_size=5).map(format_number)

ORDERS = 20_000
TEXTS = 2_000
LETTERS = "aaaabbccddeeeeffgghhiiiilllmmmnnnnoooopppqrrrrssstttuuvvz"
"""About as often as in Italian."""


@pytest.mark.parametrize(
    "text",
    [
        "R7K2M-4",
        "R7K2M/4",
        "Ordine R7K2M-4",
        "R7K2M-4 integrazione",
        "R7K2M-4/INTEGRAZIONE",
        "rinnovo PEC R7K2M-4",
        "ord. r7k2m4 integrazione",
        "R7K2M 4/2026",
        "R7K2M/4/2026",
        "nºR7K2M-4 del 2026",
        "pagamento ordine (R7K2M\N{EN DASH}4), grazie",
        "R7K2M-4 R7K2M-4",
        "XR7K2M-5 R7K2M-4",
        "ordine:R7K2M_4;saldo",
    ],
)
def test_one_number_is_named(text: str) -> None:
    assert numbers_in(text) == {"R7K2M-4"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rinnovo della PEC",
        "Ordine R7K2M-5",
        "Ordine R7K2M - 4",
        "saldo:R 7 K 2 M - 4",
        "xR7K2M-4x",
        "èR7K2M-4",
        "R7K2M-4è pagato",
        "ordine R7K2M-42",
        "ordine R7K2M",
    ],
)
def test_what_is_found_only_by_joining_pieces_is_not_named(text: str) -> None:
    assert not numbers_in(text)


def test_several_numbers_are_all_named() -> None:
    first, second = format_number("R7K2M"), format_number("22345")
    assert numbers_in(f"ordini {first} e {second}") == {first, second}


@given(numbers, st.sampled_from([" ", ", ", "; ", "/", " - ", "."]))
def test_what_is_dictated_after_a_part_payment_names_its_order(number: str, sign: str) -> None:
    assert numbers_in(f"{number} {INTEGRATION}") == {number}
    assert numbers_in(f"{number}{sign}{INTEGRATION}".upper()) == {number}


@given(st.text(max_size=160))
def test_what_is_certain_is_among_the_guesses_and_is_a_number(text: str) -> None:
    found = numbers_in(text)
    assert found <= number_guesses(text)
    assert all(numbers_in(number) == {number} for number in found)


def test_of_texts_without_a_number_boundaries_hit_nobody_and_joining_does() -> None:
    """Strangers' orders among 20,000: what may be registered by itself, and what only a person may decide.

    Of 60,000 such texts, with 30 sets of orders, joining hit a stranger's order in 10, and boundaries in none.
    """
    chance = random.Random(2026)  # noqa: S311 - not a secret
    orders = {format_number("".join(chance.choices(ALPHABET, k=5))) for _ in range(ORDERS)}
    texts = [_without_a_number(chance) for _ in range(TEXTS)]
    assert not [text for text in texts if numbers_in(text) & orders]
    assert sum(bool(number_guesses(text) & orders) for text in texts) < TEXTS // 100


def _without_a_number(chance: random.Random) -> str:
    """What payers write who do not know the number: words, names, a date, a reference, in any case."""
    parts = ["".join(chance.choices(LETTERS, k=chance.randint(1, 10))) for _ in range(chance.randint(2, 12))]
    parts.append(f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2024, 2028)}")
    parts.append(str(chance.randint(1, 10**6)))
    chance.shuffle(parts)
    text = chance.choice([" ", " ", "", "-", ", "]).join(parts)[:140]
    return chance.choice([text, text.upper(), text.title()])


def test_new_numbers_are_read_in_any_sentence() -> None:
    for _ in range(50):
        number = random_number()
        assert numbers_in(f"Pagamento dell'ordine {number}.") == {number}
