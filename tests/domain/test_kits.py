"""A kit as it is offered: its price, and whether it is the registrant's."""

from dataclasses import replace

import pytest

from bot.domain.choices import answer_kit, kit_for_registrant, ship_to_registrant
from bot.domain.drafts import KitChoice
from bot.domain.kits import KitPrice, goes_to_registrant, kit_price, names_registrant
from bot.domain.registrant import HolderKind
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
