"""Kinds of statements as banks give them, by the commands that an operator types, on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.db import engine
from bot.demo.bank_files import Line, cbi
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentReport
from tests.commands.shop import Shop, open_shop
from tests.support.bank import Bank, Credit
from tests.support.databases import ReusedEngines
from tests.support.till import Till

IMPORT = ("payments", "import")
NOBODY = ["No payment needs a person."]
PRICE = 3648
WAYS = ("054", "053", "cbi", "callback")
"""By which a transfer is told of: two kinds of statements in XML, one in lines, and the signed call."""


@pytest.fixture
def shop(
    each_database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    near_engines: ReusedEngines,
    reused_engines: ReusedEngines,
) -> Iterator[Shop]:
    engines = near_engines if each_database_url.startswith("sqlite") else reused_engines
    monkeypatch.setattr(engine, "engines_on", engines.on)  # one after the other opens the same database
    with open_shop(each_database_url, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop.folder, date.fromisoformat(shop.today))


def heaps(lines: list[str]) -> dict[str, int]:
    rows = [line.split("\t") for line in lines if line.count("\t") == 2]
    return {name: int(count) for name, count, _ in rows[1:] if count != "0"}


def brings(shop: Shop, file: Path) -> dict[str, int]:
    return heaps(shop.does(*IMPORT, str(file)))


def ledger(shop: Shop) -> list[tuple[int, str]]:
    return [(row.amount, row.outcome) for row in shop.bot(lambda till: till.ledger())]


def review(shop: Shop) -> str:
    return "\n".join(shop.does("payments", "review"))


def as_cbi(shop: Shop, bank: Bank, text: str, reference: str, cents: int = PRICE) -> Path:
    file = shop.folder / f"{reference}.txt"
    file.write_bytes(cbi(bank.iban, bank.today, [Line(cents, "Maria Esempio", text, reference)]))
    return file


def as_batch(
    bank: Bank, payments: Sequence[tuple[str, int]], *, sums: bool = True, back: bool = False
) -> Path:
    """One entry of the account with several payments, each with its own sum where the bank gives it."""
    total = sum(cents for _, cents in payments)
    file = bank.camt(Credit("-", total, reference=f"B{len(bank.files)}", back=back))
    text = file.read_text()
    before, _, rest = text.partition("<NtryDtls>")
    parts = "".join(
        "<TxDtls>"
        + (f'<AmtDtls><TxAmt><Amt Ccy="EUR">{cents / 100:.2f}</Amt></TxAmt></AmtDtls>' if sums else "")
        + f"<RmtInf><Ustrd>{said}</Ustrd></RmtInf></TxDtls>"
        for said, cents in payments
    )
    file.write_text(f"{before}<NtryDtls>{parts}</NtryDtls>{rest.partition('</NtryDtls>')[2]}")
    return file


def two(shop: Shop) -> tuple[Order, Order]:
    return shop.order("a"), shop.order("b", chat=8)


def test_the_payments_of_a_batch_are_each_their_orders_and_are_taken_back_each(
    shop: Shop, bank: Bank
) -> None:
    first, second = two(shop)
    paid = [(first.number, PRICE), (second.number, PRICE), ("affitto", 100)]
    assert brings(shop, as_batch(bank, paid)) == {"certain": 2, "not ours": 1}
    assert ledger(shop) == [(PRICE, "completed")] * 2
    back = [(f"STORNO {each.number}", PRICE) for each in (first, second)]
    assert brings(shop, as_batch(bank, back, back=True)) == {"certain": 2}
    assert ledger(shop)[2:] == [(PRICE, "reversed")] * 2


@pytest.mark.soak
def test_a_batch_whose_sums_are_not_given_is_for_a_person(shop: Shop, bank: Bank) -> None:
    first, second = two(shop)
    file = as_batch(bank, [(first.number, PRICE), (second.number, PRICE)], sums=False)
    assert brings(shop, file) == {"unknown": 1}
    assert "Several orders are named, the amount is what they await together." in review(shop)
    # One of them takes its part, and what is left is assigned to the other.
    shop.does("payments", "confirm", "S1", first.number)
    (case,) = [line.split()[0] for line in shop.does("payments", "review") if line[:1].isdigit()]
    shop.does("payments", "assign", case, second.number)
    assert shop.bot(lambda till: till.status(first)) == "completed"
    assert shop.bot(lambda till: till.status(second)) == "completed"
    assert shop.does("payments", "review") == NOBODY


@pytest.mark.soak
def test_two_halves_of_one_batch_are_two_payments(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    assert brings(shop, as_batch(bank, [(order.number, PRICE // 2)] * 2)) == {"likely": 2}
    for entry in ("S1", "S2"):
        shop.does("payments", "confirm", entry)
    assert ledger(shop) == [(PRICE // 2, "partial"), (PRICE // 2, "completed")]
    # Which half goes back is not said.
    assert brings(shop, bank.camt(Credit(f"STORNO {order.number}", PRICE // 2, back=True))) == {"unknown": 1}
    assert "    Several payments fit." in review(shop)


@pytest.mark.soak
def test_a_cent_too_little_is_asked_and_the_cent_that_follows_completes(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    assert brings(shop, bank.camt(Credit(order.number, PRICE - 1, reference="A1"))) == {"likely": 1}
    shop.does("payments", "confirm", "S1")
    rest = bank.camt(Credit(f"{order.number} INTEGRAZIONE", 1, reference="A2"))
    assert brings(shop, rest) == {"certain": 1}
    assert ledger(shop) == [(PRICE - 1, "partial"), (1, "completed")]


@pytest.mark.soak
def test_too_much_is_asked_and_its_surplus_is_to_be_given_back(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    assert brings(shop, bank.camt(Credit(order.number, 5000, reference="A1"))) == {"likely": 1}
    shop.does("payments", "confirm", "S1")
    assert ledger(shop) == [(5000, "completed")]
    assert "13.52 EUR waits" in review(shop)


def test_money_for_an_order_that_was_cancelled_meanwhile_is_dropped_by_nobody(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    file = bank.camt(Credit(order.number, PRICE, reference="A1"))
    shop.bot(lambda till: till.services.orders.cancel(Actor(7, "it"), order.number))
    assert brings(shop, file) == {"likely": 1}
    assert "which awaits nothing:" in review(shop)
    shop.does("payments", "confirm", "S1")
    assert ledger(shop) == [(PRICE, "review")]
    assert "The order had been cancelled." in review(shop)


@pytest.mark.soak
def test_money_for_a_mailbox_that_was_deleted_meanwhile_renews_nothing(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    gone = date.fromisoformat(shop.day(-100))
    shop.bot(lambda till: till.change_mailbox(order, expires_on=gone))
    assert brings(shop, bank.camt(Credit(order.number, PRICE, reference="A1"))) == {"likely": 1}
    shop.does("payments", "confirm", "S1")
    assert ledger(shop) == [(PRICE, "review")]


def test_dollars_complete_nothing(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    file = bank.camt(Credit(order.number, PRICE, reference="A1"))
    file.write_text(file.read_text().replace('Amt Ccy="EUR"', 'Amt Ccy="USD"'))
    assert brings(shop, file) == {"likely": 1}
    shop.does("payments", "confirm", "S1")
    assert ledger(shop) == [(PRICE, "review")]


@pytest.mark.soak
def test_what_an_operator_typed_is_the_same_in_the_statement(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    shop.does("payments", "register", order.number, "--amount", "36.48", "--method", "bank_transfer")
    assert brings(shop, bank.camt(Credit(order.number, PRICE, reference="A1"))) == {"probably the same": 1}
    shop.does("payments", "dismiss", "S1")
    assert ledger(shop) == [(PRICE, "completed")]


@pytest.mark.soak
def test_what_waits_by_two_formats_is_one_payment_once_it_is_confirmed_by_one(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    assert brings(shop, bank.camt(Credit("RINNOVO", PRICE, payer="Esempio Maria", reference="A1"))) == {
        "likely": 1
    }
    assert brings(shop, as_cbi(shop, bank, "RINNOVO", "C1")) == {"likely": 1}
    shop.does("payments", "confirm", "S1")
    assert f"Order {order.number} has payment" in review(shop)
    assert "S2  36.48 EUR" in review(shop)
    assert "probably the same" in review(shop)


@pytest.mark.soak
def test_reversed_and_paid_again_fills_the_gap_once_a_person_has_said_so(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    number = order.number
    assert brings(shop, bank.camt(Credit(number, PRICE, reference="A1", day=shop.day(-2)))) == {"certain": 1}
    back = Credit(f"STORNO {number}", PRICE, reference="A2", day=shop.day(-1), back=True)
    assert brings(shop, bank.camt(back)) == {"certain": 1}
    assert brings(shop, bank.camt(Credit(number, PRICE, reference="A3"))) == {"likely": 1}
    shop.does("payments", "confirm", "S3")
    assert sum(row.counted for row in shop.bot(lambda till: till.ledger())) == PRICE


@pytest.mark.soak
def test_a_recall_that_comes_first_is_of_the_payment_of_before_and_not_of_the_one_of_after(
    shop: Shop, bank: Bank
) -> None:
    order = shop.order()
    back = Credit("STORNO", PRICE, reference="A1", day=shop.day(-1), back=True)
    assert brings(shop, bank.camt(back)) == {"unknown": 1}
    first = Credit(order.number, PRICE, reference="A1", day=shop.day(-2))
    again = Credit(order.number, PRICE, reference="A2")
    assert brings(shop, bank.camt(first, again)) == {"certain": 1, "likely": 1}
    assert "It would be taken back from" not in review(shop)
    shop.does("payments", "confirm", "S2")
    taken = [row for row in shop.bot(lambda till: till.ledger()) if row.kind == "reversed"]
    assert [row.payment_id.split("/")[2] for row in taken] == ["A1"]
    assert shop.bot(lambda till: till.status(order)) == "completed"
    assert shop.does("payments", "review") == NOBODY


@pytest.mark.soak
def test_a_part_that_went_back_is_asked(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    brings(shop, bank.camt(Credit(order.number, PRICE, reference="A1")))
    back = bank.camt(Credit(f"STORNO {order.number}", 1000, reference="A2", back=True))
    assert brings(shop, back) == {"likely": 1}
    shop.does("payments", "confirm", "S2")
    assert ledger(shop) == [(PRICE, "completed"), (1000, "reversed")]


@pytest.mark.soak
def test_a_recall_by_notification_and_by_statement_is_one(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    brings(shop, bank.camt(Credit(order.number, PRICE, reference="A1")))
    back = Credit("STORNO", PRICE, reference="A1", back=True)
    assert brings(shop, bank.camt(back, message="054")) == {"certain": 1}
    assert brings(shop, bank.camt(back)) == {"known before": 1}
    assert ledger(shop) == [(PRICE, "completed"), (PRICE, "reversed")]


@pytest.mark.soak
def test_a_recall_that_a_callback_told_of_is_said_to_be_known_and_is_dismissed_first(
    shop: Shop, bank: Bank
) -> None:
    order = shop.order()
    report = shop.bot(lambda till: _paid(till, order))
    shop.bot(lambda till: till.receive(till.went_back(report)))
    back = Credit(f"STORNO {order.number}", PRICE, reference="A2", back=True)
    assert brings(shop, bank.camt(back)) == {"probably the same": 1}
    lines = shop.does("payments", "review")
    assert "    Of payment gateway-1 as much went back already. Dismiss it if it is that; else:" in lines
    said = [line.strip() for line in lines if line.endswith(" S1")]
    assert said == ["python -m bot payments dismiss S1", "python -m bot payments confirm S1"]


@pytest.mark.soak
def test_two_alike_transfers_without_a_reference_are_two(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    file = bank.camt(Credit(order.number, PRICE), Credit(order.number, PRICE))
    assert brings(shop, file) == {"certain": 1, "likely": 1}
    shop.does("payments", "confirm", "S2")
    assert ledger(shop) == [(PRICE, "completed"), (PRICE, "duplicate_payment")]


@pytest.mark.soak
def test_what_was_dismissed_is_known_by_every_format_with_its_reference(shop: Shop, bank: Bank) -> None:
    order = shop.order()
    assert brings(shop, bank.camt(Credit(order.number, 3000, reference="A1"), message="054")) == {"likely": 1}
    shop.does("payments", "dismiss", "S1")
    assert brings(shop, bank.camt(Credit(order.number, 3000, reference="A1"))) == {"known before": 1}
    assert brings(shop, as_cbi(shop, bank, order.number, "A1", 3000)) == {"known before": 1}
    assert brings(shop, as_cbi(shop, bank, order.number, "C1", 3000)) == {"likely": 1}


@pytest.mark.soak
@pytest.mark.parametrize("firsts", [("054", "callback"), WAYS], ids=len)
def test_one_transfer_by_four_ways_counts_once_whichever_comes_first(
    shop: Shop, bank: Bank, firsts: Sequence[str]
) -> None:
    for number, first in enumerate(firsts):
        order = shop.order(f"c{number}", chat=20 + number)
        place = WAYS.index(first)
        for way in WAYS[place:] + WAYS[:place]:
            _tells(shop, bank, order, way)
    rows = shop.bot(lambda till: till.ledger())
    numbers = {row.order_text for row in rows}
    counted = [sum(row.counted for row in rows if row.order_text == each) for each in numbers]
    assert counted == [PRICE] * len(firsts)
    # What a callback told of after a file is a case that names the file's payment; what a file told of later waits.
    cases = [line.split()[0] for line in shop.does("payments", "review") if line[:1].isdigit()]
    assert review(shop).count("was as much, told of by another source within three days.") == len(cases)
    assert len(cases) == len(firsts) - 1
    for case in cases:
        shop.does("payments", "settled", case, "--note", "lo stesso bonifico")
    waiting = [line for line in shop.does("payments", "review") if line.startswith("S")]
    assert [line for line in waiting if "probably the same" not in line] == []
    for line in waiting:
        shop.does("payments", "dismiss", line.split()[0])
    assert shop.does("payments", "review") == NOBODY


def _tells(shop: Shop, bank: Bank, order: Order, way: str) -> None:
    match way:
        case "callback":
            shop.bot(lambda till: till.receive(till.paid(order, payment_id=f"gateway-{order.number}")))
        case "cbi":
            brings(shop, as_cbi(shop, bank, order.number, f"C{order.number}"))
        case _:
            brings(shop, bank.camt(Credit(order.number, PRICE, reference=f"A{order.number}"), message=way))


async def _paid(till: Till, order: Order) -> PaymentReport:
    report = till.paid(order, payment_id="gateway-1")
    await till.receive(report)
    return report
