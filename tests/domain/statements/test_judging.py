"""Which order an entry of a statement pays, and how sure that is (DOMAIN.md 8)."""

from datetime import date, timedelta

import pytest

from bot.domain.orders import OrderStatus
from bot.domain.statements.book import Book, PastPayment, Payable
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.judging import Heap, Proposal, Reason, judge

DAY = date(2026, 11, 30)

MARIA = Payable(
    "R7K2M-4",
    OrderStatus.AWAITING_PAYMENT,
    3648,
    names=("Maria Rossi",),
    addresses=("maria.rossi_studio@pec.example.it",),
)
LUCIA = Payable("H3KPA-9", OrderStatus.AWAITING_PAYMENT, 3648, names=("Lucia Bianchi",))


def credit(*pieces: str, cents: int = 3648, payer: str = "", **more: object) -> StatementEntry:
    return StatementEntry(EntryKind.CREDIT, "", DAY, cents, pieces=pieces, payer=payer, **more)  # type: ignore[arg-type]


def judged(entry: StatementEntry, *orders: Payable) -> Proposal:
    return judge(entry, Book(orders or (MARIA, LUCIA)), "camt.053")


@pytest.mark.parametrize(
    "pieces",
    [
        ("RINNOVO PEC R7K2M-4",),
        ("RINNOVO PEC R7K2M4 GRAZIE",),
        ("RINNOVO PEC R7K", "2M-4 GRAZIE"),
        ("RINNOVO PEC DELLA CASELLA DI STUDIO", "R7K2M-4"),
        ("R7K2M 4",),
    ],
)
def test_a_number_with_its_amount_is_certain(pieces: tuple[str, ...]) -> None:
    found = judged(credit(*pieces))
    assert (found.heap, found.order) == (Heap.CERTAIN, MARIA)
    assert found.reasons == (Reason.NUMBER, Reason.AMOUNT)


def test_a_number_with_another_amount_is_proposed() -> None:
    found = judged(credit("R7K2M-4", cents=3000))
    assert (found.heap, found.order, found.reasons) == (
        Heap.LIKELY,
        MARIA,
        (Reason.NUMBER, Reason.AMOUNT_DIFFERS),
    )


def test_an_address_without_its_signs_is_proposed() -> None:
    found = judged(credit("RINNOVO MARIA ROSSI STUDIO", "PEC EXAMPLE IT"))
    assert (found.heap, found.order) == (Heap.LIKELY, MARIA)


def test_a_payer_with_the_amount_of_one_order_is_proposed() -> None:
    found = judged(credit("RINNOVO PEC", payer="ROSSI MARIA"))
    assert (found.heap, found.order) == (Heap.LIKELY, MARIA)


def test_what_a_callback_told_of_is_probably_the_same() -> None:
    paid = PastPayment("bank-7781", 3648, "callback", DAY - timedelta(days=3))
    order = Payable("R7K2M-4", OrderStatus.COMPLETED, 0, payments=(paid,))
    found = judged(credit("R7K2M-4"), order)
    assert (found.heap, found.order, found.payment) == (Heap.PROBABLY_SAME, order, paid)


def test_money_for_others_is_not_ours() -> None:
    assert judged(credit("AFFITTO DICEMBRE", cents=90000, payer="VERDI ANNA")).heap is Heap.NOT_OURS
