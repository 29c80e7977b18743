"""The table of DOMAIN.md 3.5, row by row: who has which field, required or not."""

from dataclasses import replace

import pytest

from bot.domain.registrant import (
    LOCKED,
    ErrorCode,
    Field,
    HolderKind,
    example_for,
    fields_for,
    is_required,
    problems,
)
from bot.domain.registrant.rules import clean
from tests.domain.registrant.samples import ADDRESS_ABROAD, BY_KIND, COMPANY_CODE, HOLDERS, PERSON_CODE

F = Field
ALWAYS = {F.STREET, F.POSTCODE, F.TOWN, F.PROVINCE, F.COUNTRY, F.PHONE, F.REFERENCE_EMAIL}

# kind: required beside ALWAYS, optional, form of the tax code
TABLE = {
    HolderKind.NATURAL_PERSON: ({F.FIRST_NAME, F.LAST_NAME, F.TAX_CODE}, set(), 16),
    HolderKind.SOLE_TRADER: (
        {F.FIRST_NAME, F.LAST_NAME, F.BUSINESS_NAME, F.TAX_CODE, F.VAT_NUMBER},
        {F.RECIPIENT_CODE, F.RECIPIENT_PEC},
        16,
    ),
    HolderKind.FREELANCER: (
        {F.FIRST_NAME, F.LAST_NAME, F.TAX_CODE, F.VAT_NUMBER},
        {F.BUSINESS_NAME, F.RECIPIENT_CODE, F.RECIPIENT_PEC},
        16,
    ),
    HolderKind.COMPANY: (
        {F.BUSINESS_NAME, F.TAX_CODE, F.VAT_NUMBER, F.LEGAL_REP},
        {F.RECIPIENT_CODE, F.RECIPIENT_PEC},
        11,
    ),
    HolderKind.ASSOCIATION: (
        {F.BUSINESS_NAME, F.TAX_CODE, F.LEGAL_REP},
        {F.VAT_NUMBER, F.RECIPIENT_CODE, F.RECIPIENT_PEC},
        11,
    ),
    HolderKind.PUBLIC_ADMINISTRATION: (
        {F.BUSINESS_NAME, F.TAX_CODE, F.LEGAL_REP, F.RECIPIENT_CODE},
        {F.VAT_NUMBER, F.CIG, F.CUP, F.SPLIT_PAYMENT},
        11,
    ),
}


@pytest.mark.parametrize("kind", HolderKind)
def test_a_row_has_its_fields_and_no_others(kind: HolderKind) -> None:
    required, optional, _ = TABLE[kind]
    fields = fields_for(kind, "IT")
    assert len(fields) == len(set(fields))
    assert set(fields) == ALWAYS | required | optional
    assert {field for field in Field if is_required(field, kind, "IT")} == ALWAYS | required


@pytest.mark.parametrize("kind", HolderKind)
def test_a_complete_holder_has_no_problems(kind: HolderKind) -> None:
    assert problems(BY_KIND[kind]) == ()


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in HolderKind for field in Field])
def test_a_field_left_empty_is_a_problem_exactly_when_it_is_required(kind: HolderKind, field: Field) -> None:
    required, _, _ = TABLE[kind]
    found = problems(BY_KIND[kind].with_text(field, ""))
    wanted = field in ALWAYS | required
    if field is Field.COUNTRY:  # the rest cannot be judged by the country's formats any more
        assert found[0].field is Field.COUNTRY
        assert found[0].code is ErrorCode.REQUIRED
    else:
        assert [(error.field, error.code) for error in found] == [(field, ErrorCode.REQUIRED)] * wanted


@pytest.mark.parametrize("kind", HolderKind)
def test_the_tax_code_has_the_form_of_the_row(kind: HolderKind) -> None:
    _, _, length = TABLE[kind]
    for code in (PERSON_CODE, COMPANY_CODE):
        refused = [error.field for error in problems(replace(BY_KIND[kind], tax_code=code))]
        provisional = kind.is_person and code == COMPANY_CODE
        assert refused == ([] if len(code) == length or provisional else [Field.TAX_CODE])


@pytest.mark.parametrize("kind", HolderKind)
def test_abroad_formats_relax_and_invoice_fields_go(kind: HolderKind) -> None:
    assert not is_required(Field.PROVINCE, kind, "GB")
    assert not is_required(Field.POSTCODE, kind, "GB")
    assert is_required(Field.TOWN, kind, "GB")
    assert not {F.RECIPIENT_CODE, F.RECIPIENT_PEC, F.CIG, F.CUP, F.SPLIT_PAYMENT} & set(
        fields_for(kind, "GB")
    )
    holder = replace(
        BY_KIND[kind], address=ADDRESS_ABROAD, tax_code="AB12", recipient_code="", recipient_pec=""
    )
    assert problems(holder) == ()


def test_what_a_change_of_holder_changes_is_locked() -> None:
    assert {F.FIRST_NAME, F.LAST_NAME, F.BUSINESS_NAME, F.TAX_CODE, F.VAT_NUMBER} == LOCKED


def test_consumers_and_persons() -> None:
    assert [kind for kind in HolderKind if kind.is_consumer] == [HolderKind.NATURAL_PERSON]
    assert {kind for kind in HolderKind if kind.is_person} == {
        HolderKind.NATURAL_PERSON,
        HolderKind.SOLE_TRADER,
        HolderKind.FREELANCER,
    }


@pytest.mark.parametrize("country", ["IT", "GB"])
@pytest.mark.parametrize("kind", HolderKind)
def test_every_example_would_be_accepted(kind: HolderKind, country: str) -> None:
    context = replace(BY_KIND[kind].context, country=country)
    for field in fields_for(kind, country):
        assert clean(field, example_for(field, context), context)


def test_the_samples_cover_all_categories() -> None:
    assert {holder.kind for holder in HOLDERS} == set(HolderKind)
