"""Made-up holders, and generators of codes written from the rules, apart from the code under test."""

import string
from calendar import monthrange
from dataclasses import replace

from hypothesis import strategies as st

from bot.domain.registrant import Address, HolderKind, KitHolder, Registrant, ShippingAddress

MONTHS = "ABCDEHLMPRST"
OMOCODIA = dict(zip(string.digits, "LMNPQRSTUV", strict=True))
DIGIT_PLACES = (6, 7, 9, 10, 12, 13, 14)
ODD = dict(
    zip(
        string.ascii_uppercase,
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)
VOWELS = "AEIOU"
CONSONANTS = "".join(letter for letter in string.ascii_uppercase if letter not in VOWELS)

ADDRESS = Address(street="Via Roma 12", postcode="20121", town="Milano", province="MI", country="IT")
ADDRESS_ABROAD = Address(street="Example House", postcode="", town="London", province="", country="GB")
PERSON_CODE = "RSSMRA85T50A562W"
COMPANY_CODE = "12345679992"


def check_character(first_fifteen: str) -> str:
    """The last character of a tax code, by the decree: odd places by a table, even ones by their order."""
    total = 0
    for place, char in enumerate(first_fifteen, start=1):
        letter = string.ascii_uppercase[int(char)] if char.isdigit() else char
        total += ODD[letter] if place % 2 else string.ascii_uppercase.index(letter)
    return string.ascii_uppercase[total % 26]


def _three(consonants: str, vowels: str) -> str:
    return (consonants + vowels + "XXX")[:3]


_name_groups = st.builds(_three, st.text(CONSONANTS, max_size=3), st.text(VOWELS, max_size=3)).filter(
    lambda group: group != "XXX"
)


@st.composite
def person_codes(draw: st.DrawFn) -> str:
    """Valid 16-character codes, with any of the 128 sets of digits written as letters."""
    year, month = draw(st.integers(1925, 2024)), draw(st.integers(1, 12))
    day = draw(st.integers(1, monthrange(year, month)[1])) + draw(st.sampled_from([0, 40]))
    place = draw(
        st.one_of(
            st.builds("{}{:03}".format, st.sampled_from("ABCDEFGHILM"), st.integers(1, 999)),
            st.builds("Z{}".format, st.integers(100, 999)),
        )
    )
    code = f"{draw(_name_groups)}{draw(_name_groups)}{year % 100:02}{MONTHS[month - 1]}{day:02}{place}"
    for position in draw(st.sets(st.sampled_from(DIGIT_PLACES))):
        code = code[:position] + OMOCODIA[code[position]] + code[position + 1 :]
    return code + check_character(code)


@st.composite
def company_codes(draw: st.DrawFn) -> str:
    """Valid 11-digit codes, with the office of a province."""
    digits = f"{draw(st.integers(1, 9_999_999)):07}{draw(st.integers(1, 100)):03}"
    return digits + eleventh_digit(digits)


def eleventh_digit(ten: str) -> str:
    """The last digit of a company's code: digits in even places count double, less nine above nine."""
    total = sum(int(digit) for digit in ten[::2])
    total += sum(2 * int(digit) - (9 if int(digit) > 4 else 0) for digit in ten[1::2])
    return str(-total % 10)


PERSON = Registrant(
    kind=HolderKind.NATURAL_PERSON,
    first_name="Maria",
    last_name="Rossi",
    tax_code=PERSON_CODE,
    address=ADDRESS,
    phone="+390212345678",
    reference_email="maria@example.com",
)
SOLE_TRADER = replace(
    PERSON, kind=HolderKind.SOLE_TRADER, business_name="Esempio di Rossi Maria", vat_number=COMPANY_CODE
)
FREELANCER = replace(PERSON, kind=HolderKind.FREELANCER, vat_number=COMPANY_CODE)
COMPANY = Registrant(
    kind=HolderKind.COMPANY,
    business_name="Esempio S.r.l.",
    tax_code=COMPANY_CODE,
    vat_number=COMPANY_CODE,
    legal_rep="Maria Rossi",
    address=ADDRESS,
    phone="+390212345678",
    reference_email="info@example.com",
)
ASSOCIATION = replace(
    COMPANY, kind=HolderKind.ASSOCIATION, business_name="Associazione Esempio", vat_number=""
)
PUBLIC_BODY = replace(
    COMPANY,
    kind=HolderKind.PUBLIC_ADMINISTRATION,
    business_name="Comune di Esempio",
    vat_number="",
    recipient_code="UF1A2B",
)
HOLDERS = (PERSON, SOLE_TRADER, FREELANCER, COMPANY, ASSOCIATION, PUBLIC_BODY)
BY_KIND = {holder.kind: holder for holder in HOLDERS}

KIT_HOLDER = KitHolder("Maria", "Rossi", PERSON_CODE, "maria@example.com", "+393331234567")
SHIPPING = ShippingAddress("Studio Esempio", ADDRESS)
