"""Whatever banks make of a reason, no payment is certain for an order that it was not meant for (issue 15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.order_number import ALPHABET, format_number
from bot.domain.orders import OrderStatus
from bot.domain.statements.book import Book, Payable
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.judging import Heap, judge
from tests.domain.statements.bank import DAY, Bank, Tally

TRIES = 2000
"""`make soak` makes 100,000 (`tests.load.matching`)."""

numbers = st.text(ALPHABET, min_size=5, max_size=5).map(format_number)
texts = st.text(max_size=60)


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally.of(Bank(seed=15, orders=5000), TRIES)


def test_no_payment_is_certain_for_an_order_that_it_was_not_meant_for(tally: Tally) -> None:
    assert tally.without_number >= 0.3 * TRIES
    assert tally.wrong == []


def test_of_the_payments_whose_number_is_readable_nearly_all_are_certain(tally: Tally) -> None:
    assert tally.readable > 0.3 * TRIES
    assert tally.certain_of_readable >= 0.95 * tally.readable


@given(st.lists(texts, max_size=4), texts, texts)
def test_whatever_a_bank_writes_goes_to_a_heap_and_without_a_number_never_to_the_certain_ones(
    pieces: list[str], payer: str, reference: str
) -> None:
    order = Payable(
        "R7K2M-4", OrderStatus.AWAITING_PAYMENT, 3648, ("Maria Rossi",), ("maria@pec.example.it",)
    )
    entry = StatementEntry(
        EntryKind.CREDIT, "", DAY, 3648, payer=payer, pieces=tuple(pieces), structured=(reference,)
    )
    assert judge(entry, Book([order]), "camt.053").heap is not Heap.CERTAIN


@given(numbers, st.integers(0, 34), st.booleans(), st.booleans())
def test_a_number_is_found_wherever_the_bank_cuts_its_text(
    number: str, place: int, strips: bool, keeps_dash: bool
) -> None:
    order = Payable(number, OrderStatus.AWAITING_PAYMENT, 3648, ("Maria Rossi",))
    text = f"{'RINNOVO DELLA CASELLA PEC CHE SCADE'[:place]} {number if keeps_dash else number.replace('-', '')} GRAZIE"
    pieces = tuple(piece.strip() if strips else piece for piece in (text[:35], text[35:]) if piece.strip())
    entry = StatementEntry(EntryKind.CREDIT, "", DAY, 3648, pieces=pieces, payer="ROSSI MARIA")
    found = judge(entry, Book([order]), "camt.053")
    assert (found.heap, found.order) == (Heap.CERTAIN, order)
