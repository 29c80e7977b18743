"""A kit as it is offered: its price, and whether it is the registrant's."""

from dataclasses import replace

import pytest

from bot.domain.drafts import KitChoice
from bot.domain.form_answers import answer_kit, kit_for_registrant, set_registrant, ship_to_registrant
from bot.domain.kits import KitPrice, goes_to_registrant, kit_price, names_registrant
from bot.domain.registrant import HolderKind, KitHolder, ShippingAddress
from tests.support.builders import (
    a_draft,
    a_kit_holder,
    a_registrant,
    a_shipping_address,
    some_facts,
)
from tests.support.catalogue import example_catalogue

KITS = example_catalogue().kits


@pytest.mark.parametrize(
    ("kit", "price", "total"),
    [
        ("smart_card", KitPrice(5978, 915), 6893),
        ("usb_token", KitPrice(7564, 915), 8479),
        ("remote", KitPrice(4758, 0), 4758),
    ],
)
@pytest.mark.parametrize("split", [False, True])
def test_prices_are_the_same_for_everybody(kit: str, price: KitPrice, total: int, split: bool) -> None:
    registrant = a_registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=split)
    found = kit_price(KITS[kit], some_facts(registrant=registrant))
    assert (found, found.total) == (price, total)


def test_whose_kit_it_is() -> None:
    facts = some_facts()
    start = a_draft(facts, [1])
    assert not names_registrant(start, facts)
    assert not goes_to_registrant(start, facts)
    bare = answer_kit(start, facts, "usb_token")
    assert not names_registrant(bare, facts)
    assert not goes_to_registrant(bare, facts)
    own = ship_to_registrant(kit_for_registrant(bare, facts), facts)
    assert names_registrant(own, facts)
    assert goes_to_registrant(own, facts)


def test_somebody_elses_kit() -> None:
    facts = some_facts()
    other = replace(a_kit_holder(), first_name="Giuseppe")
    elsewhere = replace(a_shipping_address(), name="Portineria")
    draft = a_draft(facts, [1], kit=KitChoice("usb_token", other, elsewhere))
    assert not names_registrant(draft, facts)
    assert not goes_to_registrant(draft, facts)
    contacts = KitChoice("usb_token", a_kit_holder(), a_shipping_address())
    assert names_registrant(replace(draft, kit=contacts), facts)


def test_naming_the_registrant_keeps_their_contacts_and_forgets_those_of_another_person() -> None:
    facts = some_facts()
    offered = answer_kit(a_draft(facts, [1]), facts, "usb_token")
    assert offered.kit is not None
    maria = a_kit_holder()

    again = kit_for_registrant(replace(offered, kit=replace(offered.kit, holder=maria)), facts)
    assert again.kit is not None
    assert again.kit.holder == maria

    ada = KitHolder("Ada", "Prova", "PRVDAA80A41H501A", "ada@example.com", "+393337654321")
    changed = kit_for_registrant(replace(offered, kit=replace(offered.kit, holder=ada)), facts)
    assert changed.kit is not None
    assert changed.kit.holder == KitHolder("Maria", "Rossi", maria.tax_code)


def test_a_kit_goes_to_the_registrant_until_one_of_the_two_addresses_changes() -> None:
    facts = some_facts()
    offered = answer_kit(a_draft(facts, [1]), facts, "usb_token")
    sent = ship_to_registrant(offered, facts)
    assert not goes_to_registrant(offered, facts)
    assert goes_to_registrant(sent, facts)

    assert sent.kit is not None
    elsewhere = ShippingAddress("Studio Esempio", facts.registrant.address)
    assert not goes_to_registrant(replace(sent, kit=replace(sent.kit, shipping=elsewhere)), facts)
    moved = replace(facts.registrant, address=replace(facts.registrant.address, town="Roma"))
    assert not goes_to_registrant(set_registrant(sent, moved), facts)
