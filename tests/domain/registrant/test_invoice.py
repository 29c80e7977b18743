"""Where the invoice goes, for every category (DOMAIN.md 3.5)."""

from dataclasses import replace

import pytest

from bot.domain.registrant import (
    Context,
    ErrorCode,
    Field,
    FieldError,
    HolderKind,
    InvoiceRoute,
    Registrant,
    RouteNotAllowed,
    clean,
    edit,
    invoice_code,
    problems,
    route_of,
    routes_for,
    set_route,
)
from tests.domain.registrant.samples import (
    ADDRESS_ABROAD,
    ASSOCIATION,
    COMPANY,
    FREELANCER,
    HOLDERS,
    PERSON,
    PUBLIC_BODY,
    SOLE_TRADER,
)

CODE, PEC, NONE, FOREIGN, OFFICE = (
    InvoiceRoute.CODE,
    InvoiceRoute.PEC,
    InvoiceRoute.NONE,
    InvoiceRoute.FOREIGN,
    InvoiceRoute.OFFICE,
)
BUSINESSES = (SOLE_TRADER, FREELANCER, COMPANY, ASSOCIATION)
VALUES = {CODE: "a1b2c3d", PEC: "Fatture@PEC.example", NONE: "", FOREIGN: "", OFFICE: "uf 9z8y"}


@pytest.mark.parametrize(
    ("kind", "routes"),
    [
        (HolderKind.NATURAL_PERSON, (NONE,)),
        (HolderKind.SOLE_TRADER, (CODE, PEC, NONE)),
        (HolderKind.FREELANCER, (CODE, PEC, NONE)),
        (HolderKind.COMPANY, (CODE, PEC, NONE)),
        (HolderKind.ASSOCIATION, (CODE, PEC, NONE)),
        (HolderKind.PUBLIC_ADMINISTRATION, (OFFICE,)),
    ],
)
def test_the_routes_of_each_row(kind: HolderKind, routes: tuple[InvoiceRoute, ...]) -> None:
    assert routes_for(kind, "IT") == routes
    assert routes_for(kind, "FR") == (FOREIGN,)


@pytest.mark.parametrize("holder", BUSINESSES)
@pytest.mark.parametrize(
    ("route", "code", "pec"),
    [(CODE, "A1B2C3D", ""), (PEC, "0000000", "fatture@pec.example"), (NONE, "0000000", "")],
)
def test_a_business_chooses(holder: Registrant, route: InvoiceRoute, code: str, pec: str) -> None:
    changed = set_route(holder, route, VALUES[route])
    assert (changed.recipient_code, changed.recipient_pec) == (code, pec)
    assert (route_of(changed), invoice_code(changed)) == (route, code)
    assert problems(changed) == ()


def test_a_natural_person_needs_nothing() -> None:
    assert route_of(PERSON) is NONE
    assert invoice_code(PERSON) == "0000000"
    assert set_route(PERSON, NONE) == PERSON


def test_a_public_body_has_its_office_code_only() -> None:
    changed = set_route(PUBLIC_BODY, OFFICE, "uf 9z8y")
    assert (route_of(changed), invoice_code(changed)) == (OFFICE, "UF9Z8Y")
    assert invoice_code(replace(PUBLIC_BODY, recipient_code="")) == ""
    for wrong in ("A1B2C3D", "UF9Z8", "UF9Z8!"):
        with pytest.raises(FieldError) as caught:
            set_route(PUBLIC_BODY, OFFICE, wrong)
        assert caught.value.code is ErrorCode.OFFICE_CODE_FORMAT


@pytest.mark.parametrize("holder", HOLDERS)
def test_abroad_the_code_is_always_the_same(holder: Registrant) -> None:
    abroad = replace(holder, address=ADDRESS_ABROAD)
    assert (route_of(abroad), invoice_code(abroad)) == (FOREIGN, "XXXXXXX")
    assert set_route(abroad, FOREIGN).recipient_code == "XXXXXXX"


@pytest.mark.parametrize("holder", HOLDERS)
def test_routes_of_others_are_refused(holder: Registrant) -> None:
    for country in ("IT", "GB"):
        here = holder.with_text(Field.COUNTRY, country)
        for route in set(InvoiceRoute) - set(routes_for(holder.kind, country)):
            with pytest.raises(RouteNotAllowed):
                set_route(here, route, VALUES[route])


@pytest.mark.parametrize(
    ("route", "value", "code"),
    [
        (CODE, "", ErrorCode.REQUIRED),
        (CODE, "A1B2C3", ErrorCode.RECIPIENT_CODE_FORMAT),
        (CODE, "A1B2C3D4", ErrorCode.RECIPIENT_CODE_FORMAT),
        (CODE, "A1B2C3\u00c8", ErrorCode.RECIPIENT_CODE_FORMAT),
        (CODE, "XXXXXXX", ErrorCode.RECIPIENT_CODE_FORMAT),
        (PEC, "", ErrorCode.REQUIRED),
        (PEC, "pec.example", ErrorCode.EMAIL_SYNTAX),
    ],
)
def test_wrong_recipients(route: InvoiceRoute, value: str, code: ErrorCode) -> None:
    with pytest.raises(FieldError) as caught:
        set_route(COMPANY, route, value)
    assert caught.value.code is code
    assert route_of(set_route(COMPANY, route, caught.value.example)) is route


def test_seven_zeros_mean_that_there_is_no_code() -> None:
    assert route_of(set_route(COMPANY, CODE, "0000000")) is NONE


def test_a_recipient_code_wins_over_a_pec_as_on_the_invoice() -> None:
    both = replace(COMPANY, recipient_code="A1B2C3D", recipient_pec="fatture@pec.example")
    assert route_of(both) is CODE
    assert route_of(replace(both, recipient_code="")) is PEC
    assert invoice_code(replace(both, recipient_code="")) == "0000000"


def test_editing_the_recipient_on_the_card_chooses_the_route() -> None:
    by_code = edit(COMPANY, Field.RECIPIENT_CODE, "a1b2c3d")
    by_pec = edit(by_code, Field.RECIPIENT_PEC, "fatture@pec.example")
    assert [route_of(holder) for holder in (COMPANY, by_code, by_pec)] == [NONE, CODE, PEC]
    assert by_pec.recipient_code == "0000000"
    assert route_of(edit(by_code, Field.RECIPIENT_CODE, "")) is NONE
    assert route_of(edit(by_pec, Field.RECIPIENT_CODE, "0000000")) is NONE
    assert route_of(edit(by_pec, Field.RECIPIENT_PEC, "")) is NONE
    assert edit(PUBLIC_BODY, Field.RECIPIENT_CODE, "uf9z8y").recipient_code == "UF9Z8Y"


def test_moving_abroad_and_back_resets_the_recipient() -> None:
    business = edit(COMPANY, Field.RECIPIENT_CODE, "A1B2C3D")
    abroad = edit(business, Field.COUNTRY, "Francia")
    assert (abroad.recipient_code, route_of(abroad)) == ("XXXXXXX", FOREIGN)
    assert edit(abroad, Field.COUNTRY, "DE").recipient_code == "XXXXXXX"
    assert route_of(edit(abroad, Field.COUNTRY, "IT")) is NONE

    body = replace(PUBLIC_BODY, cig="Z0123456AB", split_payment=True)
    gone = edit(body, Field.COUNTRY, "FR")
    assert (gone.cig, gone.split_payment, route_of(gone)) == ("", False, FOREIGN)
    back = edit(gone, Field.COUNTRY, "IT")
    assert [(error.field, error.code) for error in problems(back)] == [
        (Field.RECIPIENT_CODE, ErrorCode.REQUIRED)
    ]


def test_only_an_italian_public_body_splits_its_payment() -> None:
    for holder in HOLDERS:
        declared = replace(holder, split_payment=True)
        assert declared.splits_payment is (holder is PUBLIC_BODY)
        assert not replace(declared, address=ADDRESS_ABROAD).splits_payment
    assert not PUBLIC_BODY.splits_payment


@pytest.mark.parametrize(
    ("field", "raw", "expected"),
    [
        (Field.CIG, "z01 2345 6ab", "Z0123456AB"),
        (Field.CIG, "", ""),
        (Field.CUP, "a12b34000560001", "A12B34000560001"),
        (Field.CUP, "", ""),
        (Field.SPLIT_PAYMENT, "S\u00ec", "true"),
        (Field.SPLIT_PAYMENT, "no", "false"),
    ],
)
def test_what_public_bodies_add(field: Field, raw: str, expected: str) -> None:
    assert edit(PUBLIC_BODY, field, raw).text_of(field) == expected


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        (Field.CIG, "Z0123456A", ErrorCode.CIG_FORMAT),
        (Field.CUP, "A12B3400056000", ErrorCode.CUP_FORMAT),
        (Field.CUP, "112B34000560001", ErrorCode.CUP_FORMAT),
        (Field.SPLIT_PAYMENT, "forse", ErrorCode.YES_OR_NO),
    ],
)
def test_what_public_bodies_get_wrong(field: Field, raw: str, code: ErrorCode) -> None:
    with pytest.raises(FieldError) as caught:
        edit(PUBLIC_BODY, field, raw)
    assert caught.value.code is code


def test_abroad_only_the_foreign_code_is_a_recipient_code() -> None:
    context = Context(HolderKind.COMPANY, "GB")
    assert clean(Field.RECIPIENT_CODE, "xxxxxxx", context) == "XXXXXXX"
    with pytest.raises(FieldError) as caught:
        clean(Field.RECIPIENT_CODE, "A1B2C3D", context)
    assert caught.value.code is ErrorCode.RECIPIENT_CODE_FORMAT


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: holder.kind.value)
def test_in_san_marino_whoever_operates_there_has_the_code_of_its_office(holder: Registrant) -> None:
    address = replace(ADDRESS_ABROAD, country="SM")
    operator = replace(holder, address=address, vat_number="SM12345")
    if holder.kind is HolderKind.NATURAL_PERSON:
        assert invoice_code(operator) == "XXXXXXX"
    else:
        assert invoice_code(operator) == "2R4GTO8"
        assert set_route(operator, FOREIGN).recipient_code == "2R4GTO8"
        assert invoice_code(replace(operator, vat_number="")) == "XXXXXXX"
    assert invoice_code(replace(operator, address=ADDRESS_ABROAD)) == "XXXXXXX"


@pytest.mark.parametrize(
    ("raw", "expected"), [("SM 12345", "SM12345"), ("3473", "SM03473"), ("sm03473", "SM03473")]
)
def test_the_code_of_an_operator_of_san_marino(raw: str, expected: str) -> None:
    assert clean(Field.VAT_NUMBER, raw, Context(HolderKind.COMPANY, "SM")) == expected


@pytest.mark.parametrize("raw", ["SM123456", "SMABCDE", "SM", "IT12345679992"])
def test_what_is_no_code_of_an_operator_of_san_marino(raw: str) -> None:
    with pytest.raises(FieldError) as caught:
        clean(Field.VAT_NUMBER, raw, Context(HolderKind.COMPANY, "SM"))
    assert caught.value.code is ErrorCode.VAT_FOREIGN
