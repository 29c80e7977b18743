"""VAT numbers in Italy, in the Union and beyond (DOMAIN.md 3.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import iva

from bot.domain.registrant import Context, ErrorCode, Field, FieldError, HolderKind, clean
from tests.domain.registrant.samples import company_codes

ITALIAN = Context(HolderKind.COMPANY)


def refusal(raw: str, country: str = "IT") -> FieldError:
    with pytest.raises(FieldError) as caught:
        clean(Field.VAT_NUMBER, raw, Context(HolderKind.COMPANY, country))
    return caught.value


@given(company_codes(), st.sampled_from(["", "IT", "it ", "IT-"]))
def test_every_valid_italian_number_is_accepted_and_loses_its_prefix(code: str, prefix: str) -> None:
    assert clean(Field.VAT_NUMBER, prefix + code, ITALIAN) == code


@given(st.from_regex(r"(?:0{7}|[0-9]{7})(?:0[0-9]{2}|1[0-2][0-9]|[0-9]{3})", fullmatch=True))
def test_a_number_is_right_where_the_library_says_so(head: str) -> None:
    for check in "0123456789":
        try:
            said = clean(Field.VAT_NUMBER, head + check, ITALIAN)
        except FieldError:
            said = ""
        assert bool(said) is iva.is_valid(head + check)


@given(company_codes(), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(code: str, place: int, step: int) -> None:
    changed = str((int(code[place]) + step) % 10)
    assert refusal(code[:place] + changed + code[place + 1 :]).code is ErrorCode.VAT_CHECK


@pytest.mark.parametrize(
    ("raw", "code", "understood"),
    [
        ("IT 1234567999", ErrorCode.VAT_FORMAT, "1234567999"),
        ("123456799922", ErrorCode.VAT_FORMAT, "123456799922"),
        ("RSSMRA85T10A562S", ErrorCode.VAT_FORMAT, "RSSMRA85T10A562S"),
        ("\u0661\u0662\u0663", ErrorCode.VAT_FORMAT, "\u0661\u0662\u0663"),
        ("00000000000", ErrorCode.VAT_CHECK, "00000000000"),
        ("12345678903", ErrorCode.VAT_CHECK, "12345678903"),  # the check digit is right, the office is none
    ],
)
def test_what_is_wrong_with_an_italian_number(raw: str, code: ErrorCode, understood: str) -> None:
    error = refusal(raw)
    assert (error.code, error.value) == (code, understood)
    assert clean(Field.VAT_NUMBER, error.example, ITALIAN) == error.example


@pytest.mark.parametrize(
    ("country", "raw", "expected"),
    [
        ("DE", "136 695 976", "DE136695976"),
        ("DE", "DE136695976", "DE136695976"),
        ("AT", "U13585627", "ATU13585627"),
        ("GR", "094259216", "EL094259216"),
        ("GR", "EL 094259216", "EL094259216"),
        ("CH", "CHE-100.155.212 MWST", "CHE100155212MWST"),
        ("US", "12-3456789", "123456789"),
    ],
)
def test_numbers_from_elsewhere(country: str, raw: str, expected: str) -> None:
    context = Context(HolderKind.COMPANY, country)
    assert clean(Field.VAT_NUMBER, raw, context) == expected
    assert clean(Field.VAT_NUMBER, expected, context) == expected


@pytest.mark.parametrize(
    ("country", "raw"),
    [("DE", "136695977"), ("AT", "13585627"), ("US", "1"), ("US", "1" * 17), ("US", "12?4")],
)
def test_what_cannot_be_a_number_from_elsewhere(country: str, raw: str) -> None:
    assert refusal(raw, country).code is ErrorCode.VAT_FOREIGN
