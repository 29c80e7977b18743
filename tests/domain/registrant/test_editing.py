"""The card: confirm, correct a field, see what is wrong (DOMAIN.md 3.5)."""

import pickle
from dataclasses import replace

import pytest

from bot.domain.registrant import (
    LOCKED,
    Address,
    Caution,
    ErrorCode,
    Field,
    FieldError,
    FieldNotAsked,
    HolderKind,
    LockedField,
    MalformedRecord,
    Registrant,
    cautions,
    edit,
    fields_for,
    problems,
    review,
)
from tests.domain.registrant.samples import COMPANY, FREELANCER, HOLDERS, PERSON, PUBLIC_BODY, SOLE_TRADER

EDITS = {
    Field.LEGAL_REP: ("  Anna   Verdi ", "Anna Verdi"),
    Field.STREET: ("Corso Italia 5", "Corso Italia 5"),
    Field.POSTCODE: ("10 121", "10121"),
    Field.TOWN: ("Torino", "Torino"),
    Field.PROVINCE: ("torino", "TO"),
    Field.COUNTRY: ("Italia", "IT"),
    Field.PHONE: ("011 1234567", "+390111234567"),
    Field.REFERENCE_EMAIL: ("Nuova@Example.com", "nuova@example.com"),
    Field.RECIPIENT_CODE: ("a1b2c3d", "A1B2C3D"),
    Field.RECIPIENT_PEC: ("nuova@pec.example", "nuova@pec.example"),
    Field.CIG: ("z0123456ab", "Z0123456AB"),
    Field.CUP: ("a12b34000560001", "A12B34000560001"),
    Field.SPLIT_PAYMENT: ("s\u00ec", "true"),
}


@pytest.mark.parametrize(
    ("holder", "field"), [(holder, field) for holder in HOLDERS for field in fields_for(holder.kind, "IT")]
)
def test_every_field_of_every_card(holder: Registrant, field: Field) -> None:
    if field in LOCKED:
        with pytest.raises(LockedField) as locked:
            edit(holder, field, "anything")
        assert locked.value.field is field
        return
    raw, expected = EDITS[field]
    if holder is PUBLIC_BODY and field is Field.RECIPIENT_CODE:
        raw, expected = "uf9z8y", "UF9Z8Y"
    changed = edit(holder, field, raw)
    assert changed.text_of(field) == expected
    assert problems(changed) == ()
    for other in set(Field) - {field, Field.RECIPIENT_CODE, Field.RECIPIENT_PEC}:
        assert changed.text_of(other) == holder.text_of(other)


@pytest.mark.parametrize("holder", HOLDERS)
def test_fields_of_others_are_not_asked(holder: Registrant) -> None:
    for field in set(Field) - set(fields_for(holder.kind, "IT")) - LOCKED:
        with pytest.raises(FieldNotAsked):
            edit(holder, field, "anything")


def test_a_refused_value_changes_nothing_and_says_why() -> None:
    with pytest.raises(FieldError) as caught:
        edit(PERSON, Field.POSTCODE, " 2O121 ")
    error = caught.value
    assert (error.field, error.code, error.value) == (Field.POSTCODE, ErrorCode.POSTCODE_FORMAT, "2O121")
    assert problems(edit(PERSON, Field.POSTCODE, error.example)) == ()


def test_another_country_is_judged_by_its_own_formats() -> None:
    abroad = edit(COMPANY, Field.COUNTRY, "CH")
    assert problems(replace(abroad, address=replace(abroad.address, postcode="6900", province=""))) == ()
    back = edit(
        replace(abroad, address=replace(abroad.address, postcode="6900", province="")), Field.COUNTRY, "it"
    )
    assert [(error.field, error.code) for error in problems(back)] == [
        (Field.POSTCODE, ErrorCode.POSTCODE_FORMAT),
        (Field.PROVINCE, ErrorCode.REQUIRED),
    ]


def test_imported_data_is_understood_and_its_faults_are_listed_in_card_order() -> None:
    imported = Registrant(
        kind=HolderKind.SOLE_TRADER,
        first_name=" Maria ",
        last_name="Rossi",
        tax_code="rss mra 85t50 a562x",
        vat_number="IT12345679992",
        address=Address("Via Roma", "20121", "Milano", "milano", "Italia"),
        phone="02 12345678",
        reference_email="Maria@Example.com",
        recipient_code="a1b2c3d",
        cig="not asked of a trader",
    )
    understood, errors = review(imported)
    assert [(error.field, error.code) for error in errors] == [
        (Field.BUSINESS_NAME, ErrorCode.REQUIRED),
        (Field.TAX_CODE, ErrorCode.TAX_CODE_CHECK),
        (Field.STREET, ErrorCode.STREET_NUMBER_MISSING),
    ]
    assert errors == problems(imported) == problems(understood)
    assert understood.first_name == "Maria"
    assert understood.vat_number == "12345679992"
    assert understood.tax_code == imported.tax_code
    assert understood.address == Address("Via Roma", "20121", "Milano", "MI", "IT")
    assert (understood.phone, understood.recipient_code) == ("+390212345678", "A1B2C3D")
    assert understood.cig == imported.cig
    assert review(understood)[0] == understood


def test_cautions_stop_nobody() -> None:
    assert cautions(PERSON) == ()
    assert cautions(PERSON, ["maria@pec.example"]) == ()
    other_name = replace(PERSON, first_name="Giulia")
    assert cautions(other_name, ["maria@example.com"]) == (
        Caution.TAX_CODE_NAME_MISMATCH,
        Caution.EMAIL_IS_EXPIRING_PEC,
    )
    assert problems(other_name) == ()
    assert cautions(COMPANY) == ()


def test_names_to_show() -> None:
    assert PERSON.display_name == "Maria Rossi"
    assert SOLE_TRADER.display_name == "Esempio di Rossi Maria"
    assert FREELANCER.display_name == "Maria Rossi"
    assert replace(FREELANCER, business_name="Studio Rossi").display_name == "Studio Rossi"
    assert COMPANY.display_name == "Esempio S.r.l."


def test_the_same_holder_is_recognised_however_it_is_written() -> None:
    assert replace(PERSON, tax_code=" rss mra 85t50 a562w").identity == PERSON.identity
    assert replace(COMPANY, tax_code="").identity == COMPANY.identity  # the VAT number is the same
    nameless = replace(COMPANY, tax_code="", vat_number="")
    assert (
        replace(nameless, business_name="ESEMPIO  s.r.l.").identity == nameless.identity == "esempio s.r.l."
    )


def test_an_error_can_be_compared_and_copied_and_never_logs_the_value() -> None:
    long = FieldError(Field.TOWN, ErrorCode.TOO_LONG, "secret" * 20, "Milano")
    assert len(long.value) == 60
    assert long.value.endswith("\u2026")
    assert long == FieldError(Field.TOWN, ErrorCode.TOO_LONG, "secret" * 20, "Milano")
    assert long != FieldError(Field.TOWN, ErrorCode.TOO_LONG, "other", "Milano")
    assert len({long, FieldError(Field.TOWN, ErrorCode.TOO_LONG, "secret" * 20, "Milano")}) == 1
    assert "secret" not in str(long)
    copied = pickle.loads(pickle.dumps(long))  # noqa: S301 - our own bytes
    assert (copied, copied.field, copied.code) == (long, long.field, long.code)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "alien"},
        {"kind": None},
        {"phone": None},
        {"phone": 39},
        {"split_payment": "false"},
        {"split_payment": 0},
        {"extra": ""},
    ],
)
def test_only_what_was_written_is_read_back(change: dict[str, object]) -> None:
    with pytest.raises(MalformedRecord):
        Registrant.from_json(COMPANY.to_json() | change)


@pytest.mark.parametrize("key", ["kind", "street", "country", "cup", "split_payment"])
def test_a_record_with_a_hole_is_not_read(key: str) -> None:
    record = COMPANY.to_json()
    del record[key]
    with pytest.raises(MalformedRecord, match=key):
        Registrant.from_json(record)
