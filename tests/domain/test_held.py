"""What is held of a registrant, and what becomes of a file's record against it (DOMAIN.md 3.5)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.held import corrected, settle
from bot.domain.registrant import NO_CODE, Address, Field, HolderKind, InvoiceRoute, set_route
from tests.support.seed import registrant

COMPANY = registrant(HolderKind.COMPANY)
PUBLIC = registrant(HolderKind.PUBLIC_ADMINISTRATION)
FILE = COMPANY.to_json()
HELD_FIELDS = (
    Field.LEGAL_REP,
    Field.STREET,
    Field.TOWN,
    Field.PHONE,
    Field.RECIPIENT_CODE,
    Field.RECIPIENT_PEC,
)


def test_only_what_was_changed_is_held() -> None:
    assert corrected(COMPANY, COMPANY) == {}
    after = replace(COMPANY, phone="+390699999999", address=replace(COMPANY.address, street="Via Nuova 1"))
    assert corrected(COMPANY, after) == {"street": "Via Nuova 1", "phone": "+390699999999"}
    assert corrected(PUBLIC, replace(PUBLIC, split_payment=True)) == {"split_payment": True}


def test_who_the_holder_is_and_the_reference_email_are_not_the_cards_to_hold() -> None:
    after = replace(COMPANY, business_name="Altra S.r.l.", reference_email="altra@example.com")
    assert corrected(COMPANY, after) == {}


@pytest.mark.parametrize("written", ["", NO_CODE])
def test_no_recipient_code_is_the_same_however_it_is_written(written: str) -> None:
    none = set_route(COMPANY, InvoiceRoute.NONE)
    assert corrected(replace(none, recipient_code=written), none) == {}
    held = {Field.RECIPIENT_CODE: NO_CODE}
    settled = settle(FILE | {"recipient_code": written}, none.to_json(), held)
    assert settled.confirmed == {Field.RECIPIENT_CODE}
    assert settled.kept == ()


def test_a_code_in_the_file_does_not_win_over_the_pec_that_was_chosen() -> None:
    """On the invoice a code would win over the PEC: the two are one choice."""
    none = set_route(COMPANY, InvoiceRoute.NONE)
    pec = set_route(none, InvoiceRoute.PEC, "fatture@pec.example")
    held = {Field(name): value for name, value in corrected(none, pec).items()}
    assert list(held) == [Field.RECIPIENT_PEC]

    settled = settle(FILE | {"recipient_code": "ABC1234", "recipient_pec": ""}, pec.to_json(), held)

    assert (settled.record["recipient_code"], settled.record["recipient_pec"]) == (
        NO_CODE,
        "fatture@pec.example",
    )
    assert settled.kept == (Field.RECIPIENT_CODE, Field.RECIPIENT_PEC)


def test_the_invoice_goes_with_the_country() -> None:
    abroad = replace(
        COMPANY, address=Address("Example Street 1", "10115", "Berlin", "", "DE"), recipient_code="XXXXXXX"
    )
    held = {Field(name): value for name, value in corrected(COMPANY, abroad).items()}
    assert Field.RECIPIENT_CODE not in held

    settled = settle(FILE, abroad.to_json(), held)

    assert settled.record["country"] == "DE"
    assert settled.record["recipient_code"] == "XXXXXXX"
    assert settle(abroad.to_json(), abroad.to_json(), held).confirmed == held.keys()


def test_what_such_a_holder_has_not_is_neither_put_in_nor_confirmed() -> None:
    person = registrant(HolderKind.NATURAL_PERSON).to_json()
    settled = settle(person, person, {Field.RECIPIENT_CODE: "ABC1234"})
    assert (settled.record, settled.confirmed, settled.kept) == (person, frozenset(), ())


@given(
    said=st.fixed_dictionaries({field.value: st.sampled_from(["a", "b", "c"]) for field in HELD_FIELDS}),
    has=st.fixed_dictionaries({field.value: st.sampled_from(["a", "b", "c"]) for field in HELD_FIELDS}),
    fields=st.sets(st.sampled_from(HELD_FIELDS)),
)
def test_what_is_held_stays_and_what_is_not_follows_the_file(
    said: dict[str, Any], has: dict[str, Any], fields: set[Field]
) -> None:
    file, stored = FILE | said, FILE | has
    held = {field: stored[field.value] for field in fields}

    settled = settle(file, stored, held)

    for field in fields:
        assert settled.record[field.value] == stored[field.value]
        assert (field in settled.confirmed) == (file[field.value] == stored[field.value])
        assert (field in settled.kept) == (file[field.value] != stored[field.value])
    for field in set(Field) - fields:
        if settled.record[field.value] != file[field.value]:
            assert settled.record[field.value] == stored[field.value]
            assert field in settled.kept
    again = settle(file, settled.record, held)
    assert again.record == settled.record, "imported twice is imported once"
    if settled.confirmed == held.keys():
        assert settled.record == file
