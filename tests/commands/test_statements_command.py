"""`payments import` as an operator types it: the bank's file completes what is certain, the rest is asked once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.commands.statement_words import again_line
from bot.demo.bank_files import Line, cbi
from tests.commands.shop import Shop
from tests.support.bank import FOREIGN_IBAN, OWN_IBAN, Bank, Credit
from tests.support.long_runs import long

IMPORT = ("payments", "import")
NOBODY = "No payment needs a person."


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop.folder, date.fromisoformat(shop.today))


def heaps(lines: list[str]) -> dict[str, int]:
    """The heaps of a transcript, those with nothing on them left out."""
    rows = [line.split("\t") for line in lines if line.count("\t") == 2]
    return {name: int(count) for name, count, _ in rows[1:] if count != "0"}


def ledger(shop: Shop) -> list[tuple[int, str]]:
    return [(row.amount, row.outcome) for row in shop.bot(lambda till: till.ledger())]


def test_certain_ones_complete_and_the_same_file_again_changes_nothing(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    file = bank.camt(
        Credit(f"RINNOVO PEC {order.number}", 3648, reference="A1"),
        Credit("AFFITTO NOVEMBRE", 65000, payer="Bar Centrale", reference="A2"),
    )
    foreseen = shop.does(*IMPORT, str(file), "--dry-run")
    assert "Dry run: nothing was written." in foreseen
    assert heaps(foreseen) == {"certain": 1, "not ours": 1}
    assert ledger(shop) == []
    said = shop.does(*IMPORT, str(file))
    assert said[0] == f"{file.name}: CAMT.053 (version 08)"
    assert heaps(said) == {"certain": 1, "not ours": 1}
    assert said[-1] == "Registered: 1 completed; 36.48 EUR came in."
    assert shop.bot(lambda till: till.status(order)) == "completed"
    told = shop.bot(lambda till: till.told("renewal-completed", "operator-statement"))
    assert [(each.message, each.chat_id) for each in told] == [
        ("renewal-completed", 7),
        ("renewal-completed", None),
        ("operator-statement", 99),
    ]
    again = shop.does(*IMPORT, str(file))
    assert again[1] == f"This very file was taken before, on {shop.today}: nothing was changed."
    assert again[-1] == "Registered of it so far: 1 completed; 36.48 EUR came in."
    assert ledger(shop) == [(3648, "completed")]
    assert shop.does("payments", "review") == [NOBODY]


@pytest.mark.soak
def test_a_list_of_movements_is_read_by_the_profile_that_it_fits_or_that_is_named(shop: Shop) -> None:
    order = shop.order()
    file = shop.folder / "lista movimenti.csv"
    file.write_text(
        "Data Contabile;Data Valuta;Addebiti (euro);Accrediti (euro);Descrizione operazioni\n"
        f"23/11/2026;23/11/2026;;36,48;BONIFICO DA MARIA ESEMPIO PER {order.number}\n"
    )
    assert (
        "the catalogue has no profile 'fineco': there is only bancoposta (statement_profiles)"
        in shop.is_refused(*IMPORT, str(file), "--profile", "fineco")
    )
    assert heaps(shop.does(*IMPORT, str(file), "--profile", "bancoposta", "--dry-run")) == {"certain": 1}
    assert shop.does(*IMPORT, str(file))[0] == f"{file.name}: CSV, profile bancoposta"
    assert shop.bot(lambda till: till.status(order)) == "completed"


def test_the_help_of_a_profile_says_where_it_stands(shop: Shop) -> None:
    said = " ".join(shop.types(*IMPORT, "--help").output.replace("│", " ").split())
    assert "The table statement_profiles.NAME of the catalogue" in said


def test_likely_ones_are_proposed_with_their_reasons_and_one_command_each(shop: Shop, bank: Bank) -> None:
    part, other = shop.order("a"), shop.order("b", chat=8)
    file = bank.camt(
        Credit(f"{part.number} acconto", 1000, payer="Bar Centrale", reference="A1"),
        Credit("saldo", 3648, payer="MARIA ESEMPIO", reference="A2"),
        Credit("rinnovo pec b@altrove.example", 1234, payer="Ignoto", reference="A3"),
    )
    said = shop.does(*IMPORT, str(file))
    assert heaps(said) == {
        "likely": 1,
        "unknown": 2,
    }  # two orders are of one holder: which one is for a person
    assert said[-1] == "3 entries wait for you: python -m bot payments review"
    review = shop.does("payments", "review")
    assert review[:5] == [
        f"S1  10.00 EUR  {shop.today}  likely  {file.name}, entry 1",
        f"    Bar Centrale: '{part.number} acconto'",
        "    The order's number is in the text, the amount is not what the order awaits.",
        f"    Order {part.number}, which awaits 36.48 EUR:",
        "        python -m bot payments confirm S1",
    ]
    assert f"        python -m bot payments confirm S2 {other.number}" in review
    (case,) = [line.split("\t") for line in shop.does("office", "list") if "statement" in line]
    assert case[1:3] == ["statement", file.name]
    assert "        python -m bot payments review" in shop.does("office", "show", case[0])
    assert "It ends with its last entry" in shop.is_refused("office", "close", case[0], "--note", "x")

    confirmed = shop.does("payments", "confirm", "s1")
    assert confirmed == [f"It counts for order {part.number}; 26.48 EUR is still missing."]
    again = f"S1 was registered on {shop.today}: nothing was changed."
    assert shop.is_refused("payments", "confirm", "S1") == again
    assert "name an order that there is" in shop.is_refused("payments", "confirm", "S2")
    assert "is no entry" in shop.is_refused("payments", "confirm", "2", other.number)
    assert "No entry S9 waits" in shop.is_refused("payments", "dismiss", "S9")
    assert shop.does("payments", "confirm", "S2", other.number) == [
        f"Order {other.number} is paid, and the renewal is complete: the customer is told."
    ]
    assert shop.does("payments", "dismiss", "S3") == [
        f"Noted: 12.34 EUR of {shop.today} is not registered, and forgotten."
    ]
    assert shop.does("payments", "review") == [NOBODY]
    assert not any("statement" in line for line in shop.does("office", "list"))
    assert ledger(shop) == [(1000, "partial"), (3648, "completed")]


@pytest.mark.soak
def test_an_entry_whose_order_another_one_has_paid_meanwhile_says_that_nothing_fits_it_any_more(
    shop: Shop, bank: Bank
) -> None:
    shop.order()
    for name in ("A1", "A2"):
        credit = Credit("saldo", 3648, payer="MARIA ESEMPIO", reference=name)
        shop.does(*IMPORT, str(bank.camt(credit)))
    shop.does("payments", "confirm", "S1")
    assert "look at it once more" in shop.is_refused("payments", "confirm", "S2")
    assert "    Nothing in it fits an open order any more." in shop.does("payments", "review")


@pytest.mark.soak
def test_yes_to_likely_registers_what_is_proposed_also_of_a_file_that_was_taken(
    shop: Shop, bank: Bank
) -> None:
    order = shop.order()
    file = bank.camt(Credit(f"{order.number}", 5000, reference="A1"))
    shop.does(*IMPORT, str(file))
    said = shop.does(*IMPORT, str(file), "--yes-to-likely")
    assert said[1].endswith("what was likely is registered now.")
    assert ledger(shop) == [(5000, "completed")]
    assert "More than was due arrived" in "\n".join(shop.does("payments", "review"))


@pytest.mark.soak
def test_overlapping_files_know_each_others_entries(shop: Shop, bank: Bank) -> None:
    first, second = shop.order("a"), shop.order("b", chat=8)
    shared = (
        Credit(f"{first.number}", 3648, reference="A1"),
        Credit("Affitto", 100, reference="A2"),
        Credit("pec", 3648, payer="Mario Rossi"),
        Credit("pec", 3648, payer="Mario Rossi"),
    )
    shop.does(*IMPORT, str(bank.camt(*shared)))
    said = shop.does(*IMPORT, str(bank.camt(*shared, Credit(f"{second.number}", 3648, reference="B1"))))
    assert heaps(said)["known before"] == 4
    assert heaps(said)["certain"] == 1
    assert ledger(shop) == [(3648, "completed"), (3648, "completed")]


@pytest.mark.soak
def test_one_payment_by_a_callback_and_three_kinds_of_statements_is_counted_once(
    shop: Shop, bank: Bank
) -> None:
    order = shop.order()
    shop.bot(lambda till: till.receive(till.paid(order, payment_id="bank-7781")))
    credit = Credit(f"ORDINE {order.number}", 3648, reference="A1")
    said = shop.does(*IMPORT, str(bank.camt(credit, message="054")))
    assert heaps(said) == {"probably the same": 1}
    assert heaps(shop.does(*IMPORT, str(bank.camt(credit)))) == {"known before": 1}
    other = shop.folder / "rendicontazione.txt"
    line = Line(3648, "Maria Esempio", f"ORDINE {order.number}", "C1")
    other.write_bytes(cbi(bank.iban, bank.today, [line]))
    assert heaps(shop.does(*IMPORT, str(other))) == {"probably the same": 1}
    assert ledger(shop) == [(3648, "completed")]
    assert f"Order {order.number} has payment bank-7781." in "\n".join(shop.does("payments", "review"))
    for entry in ("S1", "S2"):
        shop.does("payments", "dismiss", entry)
    assert shop.does("payments", "review") == [NOBODY]


@pytest.mark.soak
def test_a_payment_that_the_callback_tells_of_after_the_file_is_not_to_be_sent_back_unseen(
    shop: Shop, bank: Bank
) -> None:
    order = shop.order()
    shop.does(*IMPORT, str(bank.camt(Credit(order.number, 3648, reference="A1"))))
    shop.bot(lambda till: till.receive(till.paid(order, payment_id="bank-7781")))
    review = shop.does("payments", "review")
    first = f"{OWN_IBAN}/{shop.today}/A1/36.48"
    assert f"    Payment {first} was as much, told of by another source within three days." in review
    same, back = (
        next(n for n, line in enumerate(review) if word in line) for word in ("settled", "refunded")
    )
    assert same < back
    shop.does("payments", "settled", review[same].split()[5], "--note", "lo stesso bonifico")
    assert shop.does("payments", "review") == [NOBODY]
    assert ledger(shop) == [(3648, "completed"), (3648, "duplicate_payment")]


@pytest.mark.soak
def test_two_transfers_for_one_order_in_one_file_the_second_is_asked(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    file = bank.camt(
        Credit(order.number, 3648, reference="A1"), Credit(order.number, 3648, reference="A2", payer="Altro")
    )
    said = shop.does(*IMPORT, str(file))
    assert said[-1] == "1 entry waits for you: python -m bot payments review"
    assert ledger(shop) == [(3648, "completed")]
    shop.does("payments", "confirm", "S2")
    assert ledger(shop) == [(3648, "completed"), (3648, "duplicate_payment")]


@pytest.mark.parametrize("many", [2, *long(900)])
def test_what_is_damaged_cut_short_or_does_not_add_up_registers_nothing(
    shop: Shop, bank: Bank, many: int
) -> None:
    order = shop.order()
    entries = [
        Credit(order.number, 3648, reference="A1"),
        *(Credit("x", 100, reference=f"B{n}") for n in range(many)),
    ]
    whole = bank.camt(*entries)
    cut = shop.folder / "cut.xml"
    cut.write_bytes(whole.read_bytes()[:-200])
    wrong = bank.camt(*entries, total=1)
    for file in (cut, wrong, Path("absent.xml")):
        said = shop.is_refused(*IMPORT, str(file))
        assert said.startswith(f"{file}: ")
        assert said.endswith(": nothing was registered.")
    assert ledger(shop) == []
    assert heaps(shop.does(*IMPORT, str(whole)))["certain"] == 1


def test_a_statement_of_another_account_is_refused(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    bank.iban = FOREIGN_IBAN
    said = shop.is_refused(*IMPORT, str(bank.camt(Credit(order.number, 3648))))
    assert FOREIGN_IBAN in said
    assert ledger(shop) == []


@pytest.mark.soak
def test_money_that_went_back_in_the_same_file_is_taken_back_and_what_is_not_clear_is_asked(
    shop: Shop, bank: Bank
) -> None:
    order, other = shop.order("a"), shop.order("b", chat=8)
    file = bank.camt(
        Credit(order.number, 3648, reference="A1", end_to_end="E1"),
        Credit(other.number, 3648, reference="A2"),
        Credit(f"STORNO {order.number}", 3648, reference="A3", back=True),
        Credit("STORNO", 3648, reference="A4", payer="Bar Centrale", back=True),
        Credit("STORNO AFFITTO", 77700, reference="A5", payer="Bar Centrale", back=True),
    )
    said = shop.does(*IMPORT, str(file))
    assert "Registered: 2 completed, 1 reversed; 72.96 EUR came in." in said
    assert sorted(ledger(shop)) == [(3648, "completed"), (3648, "completed"), (3648, "reversed")]
    review = shop.does("payments", "review")
    assert f"S4  36.48 EUR  went back  {shop.today}  unknown  {file.name}, entry 4" in review
    assert "        python -m bot payments reversed PAYMENT --amount 36.48" in review
    assert "went back: register it with its payment" in shop.is_refused("payments", "confirm", "S4")
    shop.does("payments", "dismiss", "S4")
    assert heaps(
        shop.does(*IMPORT, str(bank.camt(Credit(f"STORNO {order.number}", 3648, reference="A3", back=True))))
    ) == {"known before": 1}


@pytest.mark.soak
def test_the_doctor_says_when_the_last_one_was_taken_and_what_waits(shop: Shop, bank: Bank) -> None:
    def said() -> str:
        (line,) = [each for each in shop.types("doctor").output.splitlines() if "statements" in each]
        return line

    order = shop.order()
    assert said() == "- statements: never imported"
    shop.does(*IMPORT, str(bank.camt(Credit(f"{order.number} acconto", 1000, reference="A1"))))
    assert said() == (
        f"! statements: taken last on {shop.today}; 1 entry waits for somebody: see `python -m bot payments review`"
    )
    shop.does("payments", "confirm", "S1")
    assert said() == f"✓ statements: taken last on {shop.today}"


def test_what_was_taken_after_midnight_in_rome_was_taken_on_that_day() -> None:
    """It is still the day before in UTC."""
    said = again_line(datetime(2026, 11, 30, 23, 26, tzinfo=UTC), confirmed=0)
    assert said == "This very file was taken before, on 2026-12-01: nothing was changed."
