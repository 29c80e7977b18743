"""One transfer for several orders, told of by the callback and by the bank, in either order, counts once."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.people.linking import ConfirmationNeeded
from tests.commands.shop import Shop
from tests.support.bank import Bank, Credit
from tests.support.long_runs import some
from tests.support.ordering import chosen, place
from tests.support.till import Till

IMPORT = ("payments", "import")
TOGETHER = 2 * 3648


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop.folder, date.fromisoformat(shop.today))


@pytest.fixture
def orders(shop: Shop) -> Sequence[Order]:
    """Of two customers whom one chat serves."""

    async def place_both(till: Till) -> Sequence[Order]:
        actor = Actor(7, "it")
        first, box = await till.order("a"), await till.seed.mailbox("b", plan="pro")
        asked = await till.services.linking.redeem(actor, (await till.services.linking.invite("b")).token)
        assert isinstance(asked, ConfirmationNeeded)
        await till.services.linking.confirm(actor, asked.token_id)
        return [first, await place(till.services, actor, await chosen(till.services, actor, [box]))]

    return shop.bot(place_both)


@pytest.fixture
def number(shop: Shop, orders: Sequence[Order]) -> str:
    """The collective number of both orders."""
    return shop.bot(
        lambda till: till.services.collectives.create(Actor(7, "it"), [each.number for each in orders])
    ).number


def reasons_of(number: str, orders: Sequence[Order]) -> dict[str, tuple[str, str]]:
    """What the payer wrote, and who paid."""
    first, second = (each.number for each in orders)
    return {
        "the collective number": (number, "Banca"),
        "the collective number, glued": (f"RINNOVO{number.replace('-', '')}PEC", "Banca"),
        "both orders": (f"ORDINI {first} E {second}", "Banca"),
        "one of the orders": (first, "Banca"),
        "the name alone": ("RINNOVI PEC", "ESEMPIO MARIA"),
    }


def outcomes(shop: Shop) -> list[tuple[str, int, str]]:
    return [(row.kind, row.amount, row.outcome) for row in shop.bot(lambda till: till.ledger())]


PAID = [
    ("registered", TOGETHER, "completed"),
    ("allotted", 3648, "completed"),
    ("allotted", 3648, "completed"),
]


@pytest.mark.parametrize(
    "said",
    some(
        [
            "the collective number",
            "the collective number, glued",
            "both orders",
            "one of the orders",
            "the name alone",
        ],
        1,
    ),
)
def test_the_transfer_that_a_callback_told_of_is_probably_the_same_in_the_statement(
    shop: Shop, bank: Bank, orders: Sequence[Order], number: str, said: str
) -> None:
    shop.bot(lambda till: till.receive(till.paid(number, TOGETHER, payment_id="gateway-1")))
    assert outcomes(shop) == PAID
    text, payer = reasons_of(number, orders)[said]
    shop.does(*IMPORT, str(bank.camt(Credit(text, TOGETHER, payer=payer, reference="A1"))))
    review = shop.does("payments", "review")
    assert f"S1  72.96 EUR  {shop.today}  probably the same  statement-1.xml, entry 1" in review
    assert any("has payment gateway-1. Dismiss it if it is that money" in line for line in review), review
    shop.does("payments", "dismiss", "S1")
    assert outcomes(shop) == PAID


@pytest.mark.soak
@pytest.mark.parametrize("said", ["the collective number", "one of the orders"])
def test_the_callback_that_comes_after_the_statement_is_not_to_be_sent_back_unseen(
    shop: Shop, bank: Bank, orders: Sequence[Order], number: str, said: str
) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit(number, TOGETHER, reference="A1"))))
    assert outcomes(shop) == PAID
    text, _ = reasons_of(number, orders)[said]
    shop.bot(lambda till: till.receive(till.paid(text, TOGETHER, payment_id="gateway-1")))
    assert outcomes(shop)[-1] == ("registered", TOGETHER, "duplicate_payment")
    review = "\n".join(shop.does("payments", "review"))
    assert "/A1/72.96 was as much, told of by another source within three days." in review


def test_a_name_with_the_sum_of_several_orders_is_proposed_their_collective_number(
    shop: Shop, bank: Bank, number: str
) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit("RINNOVI PEC", TOGETHER, payer="ESEMPIO MARIA", reference="A1"))))
    assert f"    Order {number}, which awaits 72.96 EUR:" in shop.does("payments", "review")
    shop.does("payments", "confirm", "S1")
    assert outcomes(shop) == PAID


@pytest.mark.soak
def test_both_orders_with_their_sum_are_proposed_their_collective_number(
    shop: Shop, bank: Bank, orders: Sequence[Order], number: str
) -> None:
    text = " E ".join(each.number for each in orders)
    shop.does(*IMPORT, str(bank.camt(Credit(text, TOGETHER, payer="Banca", reference="A1"))))
    assert f"    Order {number}, which awaits 72.96 EUR:" in shop.does("payments", "review")
    shop.does("payments", "confirm", "S1")
    assert outcomes(shop) == PAID


@pytest.mark.soak
@pytest.mark.parametrize("said", some(["the collective number", "both orders", "one of the orders"], 1))
def test_the_transfer_that_went_back_is_taken_back_from_all_its_orders(
    shop: Shop, bank: Bank, orders: Sequence[Order], number: str, said: str
) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit(number, TOGETHER, reference="A1"))))
    text, _ = reasons_of(number, orders)[said]
    back = Credit(f"STORNO {text}", TOGETHER, payer="Banca", reference="B1", back=True)
    shop.does(*IMPORT, str(bank.camt(back)))
    if said != "the collective number":
        shop.does("payments", "confirm", "S2")
    assert ("reversed", TOGETHER, "reversed") in outcomes(shop)
    assert sum(row.counted for row in shop.bot(lambda till: till.ledger())) == 0


@pytest.mark.soak
def test_a_part_of_the_sum_and_the_rest_of_it_pay_all_its_orders(shop: Shop, bank: Bank, number: str) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit(number, 5000, reference="A1"))))
    said = shop.does("payments", "confirm", "S1")
    assert said == [f"It counts for order {number}; 22.96 EUR is still missing."]
    shop.does(*IMPORT, str(bank.camt(Credit(f"{number} INTEGRAZIONE", TOGETHER - 5000, reference="A2"))))
    assert sum(row.counted for row in shop.bot(lambda till: till.ledger())) == TOGETHER


@pytest.mark.soak
def test_the_whole_sum_after_one_of_its_orders_was_paid_is_asked_and_its_surplus_waits(
    shop: Shop, bank: Bank, orders: Sequence[Order], number: str
) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit(orders[0].number, 3648, reference="A1"))))
    shop.does(*IMPORT, str(bank.camt(Credit(number, TOGETHER, reference="A2"))))
    assert f"    Order {number}, which awaits 36.48 EUR:" in shop.does("payments", "review")
    shop.does("payments", "confirm", "S2")
    assert "36.48 EUR waits" in "\n".join(shop.does("payments", "review"))
    assert sum(row.counted for row in shop.bot(lambda till: till.ledger())) == TOGETHER


@pytest.mark.soak
def test_a_recall_that_is_told_of_before_the_transfer_for_several_orders_renews_none_of_them(
    shop: Shop, bank: Bank, number: str
) -> None:
    shop.does(*IMPORT, str(bank.camt(Credit("STORNO", TOGETHER, reference="S1", back=True))))
    shop.does(*IMPORT, str(bank.camt(Credit(number, TOGETHER, reference="A1"))))
    assert outcomes(shop) == []
    for entry in ("S2", "S1"):
        shop.does("payments", "confirm", entry)
    assert ("reversed", TOGETHER, "reversed") in outcomes(shop)
    assert sum(row.counted for row in shop.bot(lambda till: till.ledger())) == 0
