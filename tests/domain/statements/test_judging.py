"""Which order an entry of a statement pays, and how sure that is (DOMAIN.md 8)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.commands.statement_words import WHY
from bot.domain.creditor_reference import creditor_reference, in_groups
from bot.domain.order_number import format_number
from bot.domain.orders import OrderStatus
from bot.domain.statements.book import Book, PastPayment, Payable, Told
from bot.domain.statements.entry import EntryKind, StatementEntry
from bot.domain.statements.judging import Heap, Proposal, Reason, is_own_account, judge

DAY = date(2026, 11, 30)
OPEN = OrderStatus.AWAITING_PAYMENT

MARIA = Payable(
    "R7K2M-4", OPEN, 3648, names=("Maria Rossi",), addresses=("maria.rossi_studio@pec.example.it",)
)
LUCIA = Payable(
    format_number("H3KPA"), OPEN, 3648, names=("Lucia D'Angelo",), addresses=("l.dangelo@pec.example.it",)
)
FIRM = Payable(format_number("9XW4T"), OPEN, 8784, names=("Impianti Esempio S.r.l.",))
WORD = Payable(
    format_number("TARGA"), OPEN, 4258, names=("Anna Verdi",), addresses=("anna.verdi@pec.example.it",)
)
FIGURES = Payable(format_number("23456"), OPEN, 4258)
OVER = Payable(format_number("VV22B"), OrderStatus.CANCELLED, 0, names=("Maria Rossi",))
TOGETHER = Payable(format_number("CCC77"), OPEN, 7296, members=(MARIA.number, LUCIA.number))
BOOK = Book((MARIA, LUCIA, FIRM, WORD, FIGURES, OVER, TOGETHER))


def credit(
    *pieces: str,
    cents: int = 3648,
    payer: str = "",
    currency: str = "EUR",
    structured: tuple[str, ...] = (),
    end_to_end: str = "",
) -> StatementEntry:
    return StatementEntry(
        EntryKind.CREDIT,
        "",
        DAY,
        cents,
        currency,
        end_to_end=end_to_end,
        payer=payer,
        pieces=pieces,
        structured=structured,
    )


def judged(entry: StatementEntry, *orders: Payable) -> Proposal:
    return judge(entry, Book(orders) if orders else BOOK, "camt.053")


def test_each_reason_has_its_words_for_the_operator() -> None:
    assert set(WHY) == set(Reason)


@pytest.mark.parametrize(
    "pieces",
    [
        ("RINNOVO PEC R7K2M-4",),
        ("RINNOVO PEC R7K2M4 GRAZIE",),
        ("rinnovo pec r7k2m/4",),
        ("R7K2M 4",),
        ("R 7 K 2 M 4",),
        ("RINNOVO PEC R7K", "2M-4 GRAZIE"),
        ("RINNOVO PEC R7K2M", "4 GRAZIE"),
        ("RINNOVO PEC R7K2M", "-4 GRAZIE"),
        ("RINNOVO PEC DELLA CASELLA DI STUDIO", "R7K2M-4"),
        ("R7K2M-4", "RINNOVO"),
    ],
)
def test_a_number_between_boundaries_with_its_amount_is_certain(pieces: tuple[str, ...]) -> None:
    found = judged(credit(*pieces))
    assert (found.heap, found.order) == (Heap.CERTAIN, MARIA)
    assert found.reasons == (Reason.NUMBER, Reason.AMOUNT)


@pytest.mark.parametrize(
    ("text", "structured", "end_to_end"),
    [
        (creditor_reference("R7K2M-4"), (), ""),
        (f"PEC {in_groups(creditor_reference('R7K2M-4'))} GRAZIE", (), ""),
        ("", (creditor_reference("R7K2M-4"),), ""),
        ("RINNOVO", (), creditor_reference("R7K2M-4")),
    ],
)
def test_a_reference_of_iso_11649_is_as_good_as_the_number(
    text: str, structured: tuple[str, ...], end_to_end: str
) -> None:
    found = judged(credit(text, structured=structured, end_to_end=end_to_end))
    assert (found.heap, found.order, found.reasons[0]) == (Heap.CERTAIN, MARIA, Reason.REFERENCE)


def test_a_reference_that_the_bank_cut_is_read_at_the_seam() -> None:
    reference = creditor_reference("R7K2M-4")
    assert judged(credit(f"PEC {reference[:6]}", f"{reference[6:]} GRAZIE")).order == MARIA


def test_a_collective_number_is_paid_by_its_sum() -> None:
    assert judged(credit(TOGETHER.number, cents=7296)).order == TOGETHER


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (credit("R7K2M-4", cents=3000), Reason.AMOUNT_DIFFERS),
        (credit("R7K2M-4", currency="USD"), Reason.OTHER_CURRENCY),
        (credit(OVER.number), Reason.NOT_OPEN),
    ],
)
def test_a_number_with_other_money_or_of_an_order_that_is_over_is_proposed(
    entry: StatementEntry, reason: Reason
) -> None:
    found = judged(entry)
    assert (found.heap, found.reasons) == (Heap.LIKELY, (Reason.NUMBER, reason))


@pytest.mark.parametrize(
    "text", ["XR7K2M-4", "RINNOVOR7K2M4", "R7K2M4GRAZIE", "PEC R7 K2M4 GRAZIE", "ORDINER7K2M-4X"]
)
def test_a_number_that_is_glued_or_torn_apart_is_a_guess_and_is_proposed(text: str) -> None:
    found = judged(credit(text))
    assert (found.heap, found.order) == (Heap.LIKELY, MARIA)
    assert found.reasons == (Reason.GUESSED_NUMBER, Reason.AMOUNT)


@pytest.mark.parametrize(
    "text",
    [
        "MARIA.ROSSI_STUDIO@PEC.EXAMPLE.IT",
        "RINNOVO MARIAROSSISTUDIOPECEXAMPLEIT PER UN ANNO",
        "RINNOVO MARIA ROSSI STUDIO PEC EXAMPLE IT",
        "maria.rossi_studio pec.example.it",
    ],
)
def test_an_address_without_its_signs_is_proposed(text: str) -> None:
    found = judged(credit(text))
    assert (found.heap, found.order, found.reasons[0]) == (Heap.LIKELY, MARIA, Reason.ADDRESS)


def test_an_address_within_a_longer_one_is_not_that_of_the_mailbox() -> None:
    short = replace(MARIA, addresses=("rossi@pec.example.it",), names=())
    longer = replace(LUCIA, addresses=("rossi@pec.example.it.com",), names=())
    assert judged(credit("GINOROSSIPECEXAMPLEIT"), short).heap is Heap.UNKNOWN
    assert judged(credit("ROSSI PEC EXAMPLE IT COM"), short, longer).order == longer


@pytest.mark.parametrize(
    ("payer", "cents", "order"),
    [
        ("ROSSI MARIA", 3648, MARIA),
        ("DR. ROSSI MARIA E BIANCHI PAOLO", 3648, MARIA),
        ("D ANGELO LUCIA", 3648, None),
        ("DANGELO LUCIA", 3648, LUCIA),
        ("IMPIANTI ESEMPIO", 8784, FIRM),
        ("S.R.L. IMPIANTI ESEMPIO", 8784, FIRM),
        ("ROSSI MARIA", 8784, None),
        ("ROSSI MARIO", 3648, None),
    ],
)
def test_a_payer_with_the_amount_of_one_order_is_proposed(
    payer: str, cents: int, order: Payable | None
) -> None:
    found = judged(credit("RINNOVO PEC", payer=payer, cents=cents))
    assert found.order == order
    assert found.heap is (Heap.UNKNOWN if order is None else Heap.LIKELY)


def test_an_accountant_who_names_the_client_is_proposed_the_clients_order() -> None:
    found = judged(credit("RINNOVO PEC ROSSI MARIA", payer="STUDIO NERI"))
    assert (found.order, found.reasons) == (MARIA, (Reason.NAME_IN_TEXT, Reason.AMOUNT))


def test_a_long_name_that_the_bank_cut_fits_all_the_same() -> None:
    firm = replace(FIRM, names=("Associazione Esempio Costruttori Edili Marchigiani",))
    found = judged(credit("", payer="ASSOCIAZIONE ESEMPIO COSTRUTTORI EDILI MARCHI", cents=8784), firm)
    assert found.order == firm


def test_two_orders_of_one_payer_are_left_to_the_office_unless_the_address_tells_which() -> None:
    other = replace(LUCIA, names=("Maria Rossi",))
    found = judged(credit("RINNOVO", payer="ROSSI MARIA"), MARIA, other)
    assert (found.heap, found.reasons) == (Heap.UNKNOWN, (Reason.SEVERAL_ORDERS,))
    assert set(found.candidates) == {MARIA, other}
    assert judged(credit("L DANGELO PEC EXAMPLE IT", payer="ROSSI MARIA"), MARIA, other).order == other


def test_two_numbers_are_never_certain() -> None:
    both = f"{MARIA.number} {LUCIA.number}"
    paid_together = judged(credit(both, cents=7296), MARIA, LUCIA)
    assert (paid_together.heap, paid_together.reasons) == (
        Heap.UNKNOWN,
        (Reason.SEVERAL_NUMBERS, Reason.SUM_OF_ALL),
    )
    assert judged(credit(both)).heap is Heap.UNKNOWN
    with_another_price = judged(credit(f"{FIRM.number} {LUCIA.number}"))
    assert (with_another_price.heap, with_another_price.order) == (Heap.LIKELY, LUCIA)
    assert Reason.SEVERAL_NUMBERS in with_another_price.reasons


@pytest.mark.parametrize("text", [f"{MARIA.number} {LUCIA.number}", MARIA.number])
def test_an_order_with_the_sum_of_a_collective_number_is_proposed_that(text: str) -> None:
    found = judged(credit(text, cents=7296))
    assert (found.heap, found.order, found.reasons[-1]) == (Heap.LIKELY, TOGETHER, Reason.PAID_TOGETHER)


def test_a_collective_number_that_asks_for_the_last_of_its_orders_is_no_second_one_that_fits() -> None:
    paid = replace(LUCIA, status=OrderStatus.COMPLETED, missing=0)
    names = (*MARIA.names, *LUCIA.names)
    rest = replace(TOGETHER, missing=3648, names=names, addresses=(*MARIA.addresses, *LUCIA.addresses))
    assert judged(credit("RINNOVO", payer="ROSSI MARIA"), MARIA, paid, rest).order == MARIA
    assert judged(credit(MARIA.number, payer="DANGELO LUCIA"), MARIA, paid, rest).heap is Heap.CERTAIN


# What was certain for a wrong order in a soak, and is no more.


@pytest.mark.parametrize(
    ("text", "order"),
    [(f"SALDO TARGA {WORD.number[-1]}", WORD), (f"SALDO {FIGURES.number.replace('-', '/')}", FIGURES)],
)
def test_a_word_or_plain_figures_in_the_form_of_a_number_are_no_number_for_certain(
    text: str, order: Payable
) -> None:
    found = judged(credit(text, cents=4258))
    assert (found.heap, found.order, found.reasons[-1]) == (Heap.LIKELY, order, Reason.MAY_BE_A_WORD)


def test_a_number_that_may_be_a_word_is_certain_as_it_is_printed_or_with_the_name() -> None:
    assert judged(credit(f"PEC {WORD.number}", cents=4258)).heap is Heap.CERTAIN
    spelt = WORD.number.replace("-", " ")
    assert judged(credit(spelt, cents=4258, payer="VERDI ANNA")).heap is Heap.CERTAIN
    assert judged(credit(f"{spelt} ANNA VERDI", cents=4258)).heap is Heap.CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "R7K2M-4 GIA PAGATO OR",
        "R7K2M-4 E H3K",
        f"R7K2M-4 E{LUCIA.number}",
        "R7K2M-4 E H3KPB-7",
        f"R7K2M-4 {'RINNOVO ' * 17}"[:140],
    ],
)
def test_a_number_beside_what_may_be_another_that_was_cut_or_mistyped_is_proposed(text: str) -> None:
    found = judged(credit(text))
    assert (found.heap, found.order, found.reasons[-1]) == (Heap.LIKELY, MARIA, Reason.MAY_NAME_ANOTHER)


def test_what_may_name_another_number_is_certain_where_the_payers_name_agrees() -> None:
    assert judged(credit("R7K2M-4 E H3K", payer="ROSSI MARIA")).heap is Heap.CERTAIN


def test_a_number_with_the_mailbox_or_the_payer_of_another_order_is_proposed() -> None:
    addressed = judged(credit("R7K2M-4 L.DANGELO@PEC.EXAMPLE.IT"))
    assert (addressed.heap, addressed.candidates) == (Heap.LIKELY, (LUCIA,))
    paid = judged(credit("R7K2M-4", payer="DANGELO LUCIA"))
    assert (paid.heap, paid.reasons[-1], paid.candidates) == (Heap.LIKELY, Reason.OTHERS_PAYER, (LUCIA,))


# What is left to the office, and what is not ours.


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (credit("ORDINE R7K2N-8", cents=999), Reason.NO_SUCH_ORDER),
        (credit("RINNOVO ALTRA@PEC.EXAMPLE.IT", cents=999), Reason.FOREIGN_ADDRESS),
        (credit("MARIA.ROSSI_STUDIO@PEC.EXAMPLE.IT", cents=999), Reason.FOREIGN_ADDRESS),
        (credit("BONIFICO", payer="NERI ANNA"), Reason.OPEN_AMOUNT),
    ],
)
def test_a_number_or_an_address_without_an_order_is_left_to_the_office(
    entry: StatementEntry, reason: Reason
) -> None:
    found = judged(entry)
    assert (found.heap, found.order, found.reasons) == (Heap.UNKNOWN, None, (reason,))


def test_money_for_others_and_what_is_no_booked_credit_are_not_ours() -> None:
    assert judged(credit("AFFITTO DICEMBRE", cents=90000, payer="VERDI ANNA")).heap is Heap.NOT_OURS
    assert judged(credit("BONIFICO", currency="USD")).heap is Heap.NOT_OURS
    aside = replace(credit("R7K2M-4"), kind=EntryKind.ASIDE)
    assert judged(aside).reasons == (Reason.NOT_BOOKED_CREDIT,)


# The same money, told of by another source.


@pytest.mark.parametrize(("days", "is_same"), [(0, True), (3, True), (-3, True), (4, False)])
def test_what_a_callback_told_of_within_three_days_is_probably_the_same(days: int, is_same: bool) -> None:
    paid = PastPayment("bank-7781", 3648, "callback", DAY - timedelta(days=days))
    order = replace(MARIA, status=OrderStatus.COMPLETED, missing=0, payments=(paid,))
    for text, payer in (("R7K2M-4", ""), ("RINNOVO", "ROSSI MARIA"), ("XR7K2M-4", "")):
        found = judged(credit(text, payer=payer), order)
        assert (found.heap is Heap.PROBABLY_SAME) == is_same
        assert found.payment == (paid if is_same else None)
    own = replace(order, payments=(replace(paid, source="camt.053"),))
    assert judged(credit("R7K2M-4"), own).reasons == (Reason.NUMBER, Reason.NOT_OPEN)


def test_a_half_that_a_callback_brought_is_not_taken_for_the_other_half() -> None:
    paid = PastPayment("bank-7781", 1824, "callback", DAY)
    order = replace(MARIA, missing=1824, payments=(paid,))
    assert judged(credit("R7K2M-4 INTEGRAZIONE", cents=1824), order).heap is Heap.PROBABLY_SAME


def test_a_payer_whose_paid_order_fits_is_not_proposed_the_open_one() -> None:
    paid = PastPayment("bank-7781", 3648, "callback", DAY)
    over = replace(OVER, status=OrderStatus.COMPLETED, payments=(paid,))
    found = judged(credit("RINNOVO", payer="ROSSI MARIA"), MARIA, over)
    assert (found.heap, found.order, found.candidates) == (Heap.PROBABLY_SAME, over, (MARIA,))


# Money that was taken back.

PAID = PastPayment(
    "CT/2026-11-20/CRO77/36.48", 3648, "camt.053", DAY - timedelta(10), "CRO77", end_to_end="E2E-9"
)
COMPLETED = replace(MARIA, status=OrderStatus.COMPLETED, missing=0, payments=(PAID,))


def back(
    text: str = "", *, reference: str = "", end_to_end: str = "", payer: str = "", cents: int = 3648
) -> StatementEntry:
    entry = credit(text, cents=cents, payer=payer, end_to_end=end_to_end)
    return replace(entry, kind=EntryKind.REVERSAL, reference=reference)


@pytest.mark.parametrize(
    ("entry", "heap"),
    [
        (back("STORNO", reference="cro 77"), Heap.CERTAIN),
        (back("STORNO BONIFICO R7K2M-4"), Heap.CERTAIN),
        (back("STORNO", end_to_end="E2E-9"), Heap.LIKELY),
        (back("STORNO", payer="ROSSI MARIA"), Heap.LIKELY),
        (back("STORNO MARIA ROSSI STUDIO PEC EXAMPLE IT"), Heap.LIKELY),
        (back("STORNO", reference="CRO77", cents=1000), Heap.LIKELY),
    ],
)
def test_a_reversal_finds_the_payment_that_went_back(entry: StatementEntry, heap: Heap) -> None:
    found = judged(entry, COMPLETED, LUCIA)
    assert (found.heap, found.order, found.payment) == (heap, COMPLETED, PAID)


def test_a_reversal_of_which_a_callback_told_is_probably_the_same() -> None:
    gone = replace(PAID, cents=0, returns=(Told(3648, "callback", DAY),))
    found = judged(back("R7K2M-4"), replace(COMPLETED, payments=(gone,)))
    assert (found.heap, found.payment) == (Heap.PROBABLY_SAME, gone)


def test_a_reversal_of_one_of_two_payments_alike_is_left_to_the_office() -> None:
    twice = replace(COMPLETED, payments=(PAID, replace(PAID, payment_id="other", reference="CRO78")))
    assert judged(back("R7K2M-4"), twice).heap is Heap.UNKNOWN
    assert judged(back("R7K2M-4", reference="CRO78"), twice).payment == twice.payments[1]


YESTERDAYS = replace(PAID, payment_id="yesterday", day=DAY - timedelta(1))
"""Of a bank that gives the same reference every day."""


def test_of_two_payments_that_have_the_banks_reference_and_the_sum_a_reversal_takes_back_neither_by_itself() -> (
    None
):
    hers = replace(LUCIA, status=OrderStatus.COMPLETED, payments=(YESTERDAYS,))
    found = judged(back("STORNO", reference="CRO77"), COMPLETED, hers)
    assert (found.heap, found.reasons, found.payment) == (Heap.UNKNOWN, (Reason.SEVERAL_PAYMENTS,), None)
    assert set(found.candidates) == {COMPLETED, hers}
    named = judged(back(f"STORNO {LUCIA.number}", reference="CRO77"), COMPLETED, hers)
    assert (named.heap, named.payment) == (Heap.CERTAIN, YESTERDAYS)
    proposed = judged(back("STORNO", reference="CRO77", payer="DANGELO LUCIA"), COMPLETED, hers)
    assert (proposed.heap, proposed.payment) == (Heap.LIKELY, YESTERDAYS)


def test_a_reversal_is_not_of_a_payment_that_was_booked_after_it() -> None:
    tomorrow = replace(PAID, day=DAY + timedelta(1))
    both = replace(COMPLETED, payments=(tomorrow, YESTERDAYS))
    found = judged(back("STORNO", reference="CRO77"), both)
    assert (found.heap, found.payment) == (Heap.CERTAIN, YESTERDAYS)
    for entry in (back("STORNO", reference="CRO77"), back("STORNO R7K2M-4"), back(payer="ROSSI MARIA")):
        booked = judged(entry, replace(COMPLETED, payments=(tomorrow,)))
        assert (booked.heap, booked.payment) == (Heap.UNKNOWN, None)
        # A callback has days of its own.
        told = replace(tomorrow, source="reported")
        proposed = judged(entry, replace(COMPLETED, payments=(told,)))
        assert (proposed.heap, proposed.payment) == (Heap.LIKELY, told)
        late = replace(told, day=DAY + timedelta(4))
        assert judged(entry, replace(COMPLETED, payments=(late,))).payment is None


def test_a_reversal_whose_payer_or_mailbox_is_anothers_is_not_certain_by_the_banks_reference() -> None:
    hers = replace(
        LUCIA, status=OrderStatus.COMPLETED, payments=(replace(PAID, payment_id="hers", reference=""),)
    )
    for entry in (
        back("STORNO", reference="CRO77", payer="DANGELO LUCIA"),
        back("STORNO L DANGELO PEC EXAMPLE IT", reference="CRO77"),
    ):
        found = judged(entry, COMPLETED, hers)
        assert (found.heap, found.reasons) == (Heap.UNKNOWN, (Reason.SEVERAL_PAYMENTS,))
        assert set(found.candidates) == {COMPLETED, hers}


def test_a_reversal_that_names_one_order_and_has_the_banks_reference_of_anothers_payment_takes_back_neither() -> (
    None
):
    hers = replace(LUCIA, status=OrderStatus.COMPLETED, payments=(replace(PAID, reference="2"),))
    found = judged(back(f"STORNO {LUCIA.number}", reference="CRO77"), COMPLETED, hers)
    assert (found.heap, found.payment) == (Heap.UNKNOWN, None)
    assert set(found.candidates) == {COMPLETED, hers}


def test_a_reversal_of_others_money_is_not_ours() -> None:
    assert judged(back("STORNO AFFITTO", cents=90000), COMPLETED).heap is Heap.NOT_OURS
    assert judged(back("STORNO"), COMPLETED).heap is Heap.UNKNOWN
    assert judged(back("R7K2N-8", cents=1), COMPLETED).reasons == (Reason.NO_SUCH_ORDER,)


def test_only_the_operators_accounts_are_his() -> None:
    ibans = ("IT60 X054 2811 1010 0000 0123 456",)
    assert is_own_account("IT60X0542811101000000123456", ibans)
    assert is_own_account("", ibans)
    assert not is_own_account("IT60X0542811101000000123457", ibans)
