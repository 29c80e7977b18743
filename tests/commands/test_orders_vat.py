"""`orders vat`: the operator's word on the VAT of an order of a business abroad."""

import csv
from pathlib import Path

import pytest

from bot.domain.catalogue import VatAbroad
from bot.domain.registrant import Address, HolderKind
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from tests.commands.shop import Shop
from tests.support.catalogue import with_rules
from tests.support.ordering import chosen, give_kit_to, place
from tests.support.till import Till

BERLIN = Address("Musterstr. 1", "10115", "Berlin", "", "DE")
ACTOR = Actor(7, "it")


def ordered(shop: Shop, *, kit: str | None = None) -> Order:
    """An order of a sole trader in Berlin: 29,90 € without VAT, 36,48 € with it; and a `kit`."""
    shop.surroundings.catalogue = with_rules(vat_abroad=VatAbroad.ASK)

    async def order(till: Till) -> Order:
        holder = till.seed.registrant(
            HolderKind.SOLE_TRADER, vat_number="DE136695976", recipient_code="XXXXXXX", address=BERLIN
        )
        mailbox = await till.seed.mailbox("rossi", plan="pro", holder=holder)
        await till.services.linking.redeem(ACTOR, (await till.services.linking.invite("rossi")).token)
        renewal = await chosen(till.services, ACTOR, [mailbox])
        if kit is not None:
            await give_kit_to(till.services, ACTOR, renewal.draft.id, kit)
        return await place(till.services, ACTOR, renewal)

    return shop.bot(order)


def test_the_case_says_what_is_asked_and_how_to_decide(shop: Shop) -> None:
    order = ordered(shop)
    assert shop.does("office", "list", "--kind", "vat")[1].split("\t")[:3] == ["C1", "vat", order.number]
    said = "\n".join(shop.does("office", "show", "C1"))
    assert "in DE with the VAT number DE136695976" in said
    assert "29.90 EUR without VAT, 36.48 EUR with it" in said
    assert f"orders vat {order.number} --charge" in said
    assert "orders vat" in shop.is_refused("office", "close", "C1", "--note", "done")


def test_without_vat_the_order_and_the_books_have_none(shop: Shop, tmp_path: Path) -> None:
    order = ordered(shop)
    said = shop.does("orders", "vat", order.number, "--without", "--note", "VIES")
    assert said[0] == f"Order {order.number}: VAT without (reverse_charge), 29.90 EUR due."
    assert "decided" in shop.does("office", "list", "--all")[1]
    shown = shop.does("orders", "show", order.number)
    assert {"VAT\t0.00 EUR", "VAT is\twithout: reverse_charge", "due\t29.90 EUR"} <= set(shown)
    shop.does("office", "export", "--month", shop.today[:7], "--to", str(tmp_path))
    with (tmp_path / "orders.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["net"], row["vat"], row["due"], row["vat_treatment"], row["vat_mention"]) == (
        *("29.90", "0.00", "29.90"),
        *("without", "reverse_charge"),
    )
    with (tmp_path / "lines.csv").open(encoding="utf-8", newline="") as file:
        [line] = csv.DictReader(file)
    assert (line["vat_percent"], line["vat"], line["total"]) == ("0", "0.00", "29.90")


def test_decided_once_it_is_refused_and_says_how_it_stands(shop: Shop) -> None:
    order = ordered(shop)
    assert "36.48 EUR due" in shop.does("orders", "vat", order.number, "--charge")[0]
    assert shop.is_refused("orders", "vat", order.number, "--without") == (
        f"Order {order.number} does not wait for a decision: awaiting_payment, VAT charged."
    )
    assert "There is no order" in shop.is_refused("orders", "vat", "R7K2M-4", "--charge")


def test_for_hardware_the_operator_says_why(shop: Shop) -> None:
    order = ordered(shop, kit="smart_card")
    assert "--mention" in shop.is_refused("orders", "vat", order.number, "--without")
    said = shop.does(
        "orders", "vat", order.number, "--without", "--mention", "cessione intracomunitaria, art. 41"
    )
    assert "(cessione intracomunitaria, art. 41)" in said[0]


@pytest.mark.parametrize("wrong", [("--charge", "--mention", "x"), ("--without", "--mention", "x" * 201)])
def test_a_mention_that_cannot_be_is_said(shop: Shop, wrong: tuple[str, ...]) -> None:
    result = shop.types("orders", "vat", "R7K2M-4", *wrong)
    assert result.exit_code == 2
    assert "--mention" in result.output
