"""Which order a payment may be meant for, when what came with it names none for certain (DOMAIN.md 5).

Of 60,000 texts without a number, among 20,000 orders, joining what stands apart hit a stranger's order in 10,
boundaries (`bot.domain.order_number.numbers_in`) in none: a guess is proposed to a person, and never registered.
"""

from collections.abc import Iterator

from bot.domain.order_number import ALPHABET, InvalidOrderNumber, format_number, parse_number, readable

_LENGTH = 6


def number_guesses(text: str) -> frozenset[str]:
    """The order numbers that the text may mean: whether such orders exist is another question.

    They are the numbers that stand within the text, such as that of `rinnovo PEC R7K2M-4`, and, where the text is
    nothing but one number, those that differ from it by one slip: a wrong character, two swapped ones, one too many,
    the check character left out.
    """
    plain = "".join(char for char in readable(text) if char.isascii() and char.isalnum())
    within = (plain[start : start + _LENGTH] for start in range(len(plain) - _LENGTH + 1))
    slips = _slips(plain) if len(plain) in range(_LENGTH - 1, _LENGTH + 2) else ()
    return frozenset(number for each in (*within, *slips) if (number := _number(each)) is not None)


def _slips(plain: str) -> Iterator[str]:
    yield plain
    if len(plain) == _LENGTH - 1:
        if all(char in ALPHABET for char in plain):
            yield format_number(plain)
        return
    for place in range(len(plain)):
        before, after = plain[:place], plain[place + 1 :]
        if len(plain) > _LENGTH:
            yield before + after
            continue
        yield from (before + char + after for char in ALPHABET)
        if after:
            yield before + after[0] + plain[place] + after[1:]


def _number(plain: str) -> str | None:
    try:
        return parse_number(plain)
    except InvalidOrderNumber:
        return None
