"""Tax codes: 16 characters of people, 11 digits of the others (DOMAIN.md 3.5)."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.registrant import (
    Context,
    ErrorCode,
    Field,
    FieldError,
    HolderKind,
    clean,
    is_provisional,
    tax_code_matches_name,
)
from tests.domain.registrant.samples import (
    DIGIT_PLACES,
    OMOCODIA,
    PERSON_CODE,
    check_character,
    company_codes,
    person_codes,
)

PEOPLE = [kind for kind in HolderKind if kind.is_person]
BODIES = [kind for kind in HolderKind if not kind.is_person]
PERSON = Context(HolderKind.NATURAL_PERSON)
COMPANY = Context(HolderKind.COMPANY)


def refusal(raw: str, context: Context) -> FieldError:
    with pytest.raises(FieldError) as caught:
        clean(Field.TAX_CODE, raw, context)
    return caught.value


def with_check(first_fifteen: str) -> str:
    return first_fifteen + check_character(first_fifteen)


@given(person_codes(), st.sampled_from(PEOPLE))
def test_every_valid_code_of_a_person_is_accepted_omocodia_included(code: str, kind: HolderKind) -> None:
    assert clean(Field.TAX_CODE, code, Context(kind)) == code


@given(company_codes(), st.sampled_from(BODIES))
def test_every_valid_code_of_a_body_is_accepted(code: str, kind: HolderKind) -> None:
    assert clean(Field.TAX_CODE, code, Context(kind)) == code


@given(person_codes(), st.data())
def test_one_letter_or_digit_changed_into_another_is_always_refused(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 15))
    same_class = string.digits if code[place].isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from(same_class).filter(lambda char: char != code[place]))
    refusal(code[:place] + other + code[place + 1 :], PERSON)


@given(person_codes(), st.sampled_from(DIGIT_PLACES))
def test_a_digit_written_as_its_letter_needs_another_check_character(code: str, place: int) -> None:
    if code[place].isdigit():
        refusal(code[:place] + OMOCODIA[code[place]] + code[place + 1 :], PERSON)


@given(company_codes(), st.integers(0, 10), st.integers(1, 9))
def test_one_digit_of_a_body_changed_is_always_refused(code: str, place: int, step: int) -> None:
    changed = str((int(code[place]) + step) % 10)
    assert (
        refusal(code[:place] + changed + code[place + 1 :], COMPANY).code is ErrorCode.TAX_CODE_COMPANY_CHECK
    )


@given(person_codes(), st.sampled_from(BODIES))
def test_a_body_has_no_code_of_a_person(code: str, kind: HolderKind) -> None:
    assert refusal(code, Context(kind)).code is ErrorCode.TAX_CODE_COMPANY_DIGITS


@given(company_codes(), st.sampled_from(PEOPLE))
def test_a_person_may_have_a_provisional_code_of_eleven_digits(code: str, kind: HolderKind) -> None:
    # DM 23 December 1976. Until now such people could not confirm their data.
    assert clean(Field.TAX_CODE, code, Context(kind)) == code
    assert is_provisional(code)
    assert tax_code_matches_name(code, "Maria", "Rossi")


@given(company_codes(), st.integers(0, 10), st.integers(1, 9))
def test_one_digit_of_a_provisional_code_changed_is_always_refused(code: str, place: int, step: int) -> None:
    changed = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    assert refusal(changed, PERSON).code is ErrorCode.TAX_CODE_PROVISIONAL_CHECK


@given(person_codes())
def test_a_final_code_is_not_provisional(code: str) -> None:
    assert not is_provisional(code)


@pytest.mark.parametrize(
    "raw",
    [
        "rssmra85t10a562s",
        " RSS MRA 85T10 A562S ",
        "RSS-MRA-85T10-A562S",
        "RSSMRA\u200b85T10A562S\n",
        "\uff32\uff33\uff33MRA\uff18\uff15T10A562S",
        "R.S.S.M.R.A.8.5.T.1.0.A.5.6.2.S",
    ],
)
def test_ways_of_writing_one_code(raw: str) -> None:
    assert clean(Field.TAX_CODE, raw, PERSON) == "RSSMRA85T10A562S"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("RSSMRA85T10A562X", ErrorCode.TAX_CODE_CHECK),
        ("RSSMRA85T10A562", ErrorCode.TAX_CODE_LENGTH),
        ("RSSMRA85T10A562SS", ErrorCode.TAX_CODE_LENGTH),
        ("RSSMRA85T1OA562S", ErrorCode.TAX_CODE_FORMAT),  # O for 0
        (with_check("RSSMRA85F10A562"), ErrorCode.TAX_CODE_FORMAT),  # F is no month
        (with_check("RSSMRA85T00A562"), ErrorCode.TAX_CODE_DATE),
        (with_check("RSSMRA85T32A562"), ErrorCode.TAX_CODE_DATE),
        (with_check("RSSMRA85T40A562"), ErrorCode.TAX_CODE_DATE),  # day 0 of a woman
        (with_check("RSSMRA85T72A562"), ErrorCode.TAX_CODE_DATE),
        (
            with_check("RSSMRA85T90A562"),
            ErrorCode.TAX_CODE_DATE,
        ),  # day 10 to a check that takes the rest by 40
        (with_check("RSSMRA85D31A562"), ErrorCode.TAX_CODE_DATE),  # 31 April
        (with_check("RSSMRA85B29A562"), ErrorCode.TAX_CODE_DATE),  # 29 February of no leap year
        (with_check("RSSMRA85T10N562"), ErrorCode.TAX_CODE_FORMAT),  # no municipality begins with N
        (with_check("RSSMRA85T10A000"), ErrorCode.TAX_CODE_FORMAT),
        (with_check("RSSMRA85T10Z012"), ErrorCode.TAX_CODE_FORMAT),  # countries start at Z100
        (with_check("RSSMAR85T10A5LL"), ErrorCode.TAX_CODE_FORMAT),  # a vowel before a consonant
        ("RSSMRA85T10A56!S", ErrorCode.TAX_CODE_FORMAT),
    ],
)
def test_what_is_wrong_with_a_code_of_a_person(raw: str, code: ErrorCode) -> None:
    error = refusal(raw, PERSON)
    assert (error.field, error.code, error.value) == (Field.TAX_CODE, code, raw)
    assert clean(Field.TAX_CODE, error.example, PERSON) == error.example


@pytest.mark.parametrize("year", ["00", "84", "04"])
def test_29_february_of_a_leap_year_of_any_century(year: str) -> None:
    code = with_check(f"RSSMRA{year}B29A562")
    assert clean(Field.TAX_CODE, code, PERSON) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1234567999", ErrorCode.TAX_CODE_COMPANY_DIGITS),
        ("1234567999O", ErrorCode.TAX_CODE_COMPANY_DIGITS),
        ("12345679993", ErrorCode.TAX_CODE_COMPANY_CHECK),
        ("00000000000", ErrorCode.TAX_CODE_COMPANY_CHECK),
    ],
)
def test_what_is_wrong_with_a_code_of_a_body(raw: str, code: ErrorCode) -> None:
    error = refusal(raw, COMPANY)
    assert (error.code, error.value) == (code, raw)
    assert clean(Field.TAX_CODE, error.example, COMPANY) == error.example


def test_a_body_may_write_the_country_before_its_code() -> None:
    assert clean(Field.TAX_CODE, "IT 12345679992", COMPANY) == "12345679992"


@pytest.mark.parametrize(
    ("raw", "expected"), [("ab-12 34", "AB1234"), (PERSON_CODE, PERSON_CODE), ("A" * 20, "A" * 20)]
)
@pytest.mark.parametrize("kind", HolderKind)
def test_abroad_any_letters_and_digits_will_do(kind: HolderKind, raw: str, expected: str) -> None:
    assert clean(Field.TAX_CODE, raw, Context(kind, "CH")) == expected


@pytest.mark.parametrize("raw", ["A", "A" * 21, "AB12!", "\u041112"])
def test_abroad_it_is_still_a_code(raw: str) -> None:
    assert refusal(raw, Context(HolderKind.COMPANY, "CH")).code is ErrorCode.TAX_CODE_FOREIGN


@pytest.mark.parametrize(
    ("code", "first_name", "last_name", "matches"),
    [
        ("RSSMRA85T10A562S", "Mario", "Rossi", True),
        ("RSSMRA85T10A562S", "mario", "ROSSI", True),
        ("RSSMRA85T10A562S", "Marco", "Rossi", False),
        ("RSSMRA85T10A562S", "Mario", "Bianchi", False),
        ("FOXLCU85T10A562S", "Lucia", "Fo", True),
        ("RSSGFR85T10A562S", "Gianfranco", "Rossi", True),  # four consonants or more: first, third, fourth
        ("DLCNCL85T10A562S", "Nicol\u00f2", "De Luca", True),
        ("DNGRIA85T10A562S", "Ira", "D'Angelo", True),
        ("MLLHNS85T10A562S", "Hans", "M\u00fcller", True),
        ("RTOHNS85T10A562S", "Hans", "R\u00f6t", True),  # as it sounds
        ("RTEHNS85T10A562S", "Hans", "R\u00f6t", False),
        ("LKSJRG85T10A562S", "J\u00f8rg", "\u0141ks", True),
        ("RSSMRA85T10A562S", "", "Rossi", True),  # nothing to compare
        ("12345679992", "Mario", "Rossi", True),
    ],
)
def test_name_and_tax_code_are_compared(code: str, first_name: str, last_name: str, matches: bool) -> None:
    assert tax_code_matches_name(code, first_name, last_name) is matches
