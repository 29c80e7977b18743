"""A whole address, pasted where street and number are asked."""

from dataclasses import astuple, replace
from time import thread_time
from typing import Final

import pytest

from bot.domain.drafts import effective_registrant
from bot.domain.form_answers import answer_field, answer_kit
from bot.domain.registrant import Address, ErrorCode, Field, FieldError, Form, ShippingField, whole_address
from tests.support.builders import a_draft, a_registrant, some_facts

_SOON: Final = 0.1
"""Seconds of the processor: all other chats wait meanwhile."""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Via Roma 1, 20121 Milano MI", ("Via Roma 1", "20121", "Milano", "MI")),
        ("Via Roma 1 20121 Milano (MI)", ("Via Roma 1", "20121", "Milano", "MI")),
        ("Via Roma, 1\n20121 Milano (mi)\nItalia", ("Via Roma, 1", "20121", "Milano", "MI")),
        ("Via 25 Aprile 3 - 42121 Reggio nell'Emilia, RE", ("Via 25 Aprile 3", "42121", "Reggio nell'Emilia", "RE")),
        ("Piazza Walther 2, I-39100 Bolzano/Bozen BZ", ("Piazza Walther 2", "39100", "Bolzano/Bozen", "BZ")),
        ("Via Roma 1, 20121 Milano", ("Via Roma 1", "20121", "Milano", "MI")),
        ("Via Roma snc, 67100 L'Aquila", ("Via Roma snc", "67100", "L'Aquila", "AQ")),
        ("Via Roma 1, 20091 Bresso MI.", ("Via Roma 1", "20091", "Bresso", "MI")),
    ],
)  # fmt: skip
def test_it_is_split(text: str, parts: tuple[str, ...]) -> None:
    found = whole_address(text)
    assert found is not None
    assert astuple(found) == parts


@pytest.mark.parametrize(
    "text",
    ["Via Roma 1", "20121 Milano MI", "Via Roma 1, Milano", "Via Roma 1, 20091 Bresso", "Via Roma 1, 20121 Milano XX",
     "Via Roma 20121", "", "Via Roma 1, 2012 Milano MI"],
)  # fmt: skip
def test_what_is_not_whole_is_not_split(text: str) -> None:
    assert whole_address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Via Roma 1, 20121 Milano" + " " * 4000 + "1",
        "Via Roma 1" + " ," * 2000 + "1",
        "Via Roma 1, 20121 Milano" + " ,(" * 1300 + "1",
        "Via Roma 1, 20121 Milano " + "M " * 80 + "1",
        "Via Roma 1 " + "20121 " * 30 + "-," * 80 + "MI",
    ],
)
def test_a_long_message_keeps_nobody_waiting(text: str) -> None:
    began = thread_time()
    assert whole_address(text) is None
    assert thread_time() - began < _SOON


def test_many_blanks_are_one() -> None:
    spread = "Via  Roma 1," + " " * 300 + "20121 \n\n Milano   MI "
    assert whole_address(spread) == whole_address("Via Roma 1, 20121 Milano MI")


def test_for_the_registrant_all_its_parts_are_taken_at_once() -> None:
    facts = some_facts()
    draft = answer_field(
        a_draft(facts), facts, Form.REGISTRANT, Field.STREET, "Via Verdi 3, i-10121 torino (to)"
    )
    address = effective_registrant(draft, facts).address
    assert (address.street, address.postcode, address.province) == ("Via Verdi 3", "10121", "TO")
    assert address.town.casefold() == "torino"
    assert not draft.registrant_confirmed, "it is shown before it is taken"


def test_for_a_parcel_too() -> None:
    facts = some_facts()
    draft = answer_kit(a_draft(facts, [1]), facts, "usb_token")
    draft = answer_field(draft, facts, Form.SHIPPING, ShippingField.STREET, "Via Verdi 3, 10121 Torino TO")
    assert draft.kit is not None
    assert draft.kit.shipping is not None
    assert draft.kit.shipping.address == Address("Via Verdi 3", "10121", "Torino", "TO", "IT")


def test_where_a_part_is_wrong_nothing_is_taken() -> None:
    facts = some_facts()
    with pytest.raises(FieldError) as wrong:
        answer_field(a_draft(facts), facts, Form.REGISTRANT, Field.STREET, "Via Verdi, 10121 Torino TO")
    assert wrong.value.code is ErrorCode.STREET_NUMBER_MISSING


def test_abroad_nothing_is_split() -> None:
    registrant = a_registrant(phone="+4930123456")
    abroad = replace(registrant, address=Address("Weg 1", "10115", "Berlin", "", "DE"))
    facts = some_facts(registrant=abroad)
    draft = answer_field(a_draft(facts), facts, Form.REGISTRANT, Field.STREET, "Via Verdi 3, 10121 Torino TO")
    assert effective_registrant(draft, facts).address.town == "Berlin"
