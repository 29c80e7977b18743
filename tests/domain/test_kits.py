"""A kit as it is offered: its price, and whether it is the registrant's (DOMAIN.md 3.4)."""

from dataclasses import replace

import pytest

from bot.domain.choices import answer_kit, kit_for_registrant, set_registrant, ship_to_registrant
from bot.domain.kits import KitPrice, goes_to_registrant, kit_price, names_registrant
from bot.domain.registrant import HolderKind, KitHolder, ShippingAddress
from tests.support.builders import a_draft, a_kit_holder, a_registrant, some_facts


@pytest.mark.parametrize(
    ("kit_id", "price"),
    [
        ("smart_card", KitPrice(5978, 915)),
        ("usb_token", KitPrice(7564, 915)),
        ("remote", KitPrice(4758, 0)),
    ],
)
def test_a_price_has_vat_in_it_and_shipping_beside_it(kit_id: str, price: KitPrice) -> None:
    facts = some_facts()
    found = kit_price(facts.catalogue.kits[kit_id], facts)
    assert found == price
    assert found.total == price.kit + price.shipping


def test_split_payment_changes_nothing_of_the_price_on_offer() -> None:
    public = a_registrant(HolderKind.PUBLIC_ADMINISTRATION, split_payment=True)
    facts = some_facts(registrant=public)
    assert kit_price(facts.catalogue.kits["remote"], facts).total == 4758


def test_a_kit_is_the_registrants_when_name_and_tax_code_are() -> None:
    facts = some_facts()
    nobody = a_draft(facts, [1])
    offered = answer_kit(nobody, facts, "usb_token")
    named = kit_for_registrant(offered, facts)
    assert not names_registrant(nobody, facts)
    assert not names_registrant(offered, facts)
    assert names_registrant(named, facts)

    assert named.kit is not None
    assert named.kit.holder is not None
    other = replace(named.kit.holder, first_name="Ada")
    assert not names_registrant(replace(named, kit=replace(named.kit, holder=other)), facts)


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
