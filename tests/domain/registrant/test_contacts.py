"""Telephone numbers in E.164 and e-mail addresses (DOMAIN.md 3.4 and 3.5)."""

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from bot.domain.registrant import (
    Context,
    ErrorCode,
    Field,
    FieldError,
    HolderKind,
    KitHolderField,
    clean,
    clean_kit_holder,
    warn_reference_email,
)

ITALY = Context()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("333 1234567", "+393331234567"),
        ("333-123.45.67", "+393331234567"),
        ("+39 333 1234567", "+393331234567"),
        ("0039 333 1234567", "+393331234567"),
        ("39 333 1234567", "+393331234567"),
        ("tel. 02/1234567", "+39021234567"),
        ("(02) 123 45 67", "+39021234567"),
        ("\uff10\uff12 1234567", "+39021234567"),
        ("+41 91 123 45 67", "+41911234567"),
        ("800 123456", "+39800123456"),
        ("333-12-34-567", "+393331234567"),
        ("06/12-34-56-78", "+390612345678"),
    ],
)
def test_ways_of_writing_a_number(raw: str, expected: str) -> None:
    assert clean(Field.PHONE, raw, ITALY) == expected


def test_abroad_a_number_without_prefix_is_of_that_country() -> None:
    assert clean(Field.PHONE, "020 7946 0958", Context(country="GB")) == "+442079460958"


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("34O 1234567", "IT", ErrorCode.PHONE_INVALID),  # O for 0
        ("12", "IT", ErrorCode.PHONE_INVALID),
        ("02 1234567 / 333 1234567", "IT", ErrorCode.PHONE_INVALID),
        ("nessuno", "IT", ErrorCode.PHONE_INVALID),
        ("331 12345678", "IT", ErrorCode.PHONE_INVALID),  # a digit too many: it would be a voice mailbox
        ("02/1234567-8", "IT", ErrorCode.PHONE_INVALID),  # two numbers; read as one, it would be a third
        ("02 1234567/8", "IT", ErrorCode.PHONE_INVALID),
        ("+39 1", "IT", ErrorCode.PHONE_INVALID),
        ("+999 12345678", "IT", ErrorCode.PHONE_NOT_INTERNATIONAL),
        ("12345678", "AQ", ErrorCode.PHONE_NOT_INTERNATIONAL),
        ("", "IT", ErrorCode.REQUIRED),
    ],
)
def test_what_is_no_number(raw: str, country: str, code: ErrorCode) -> None:
    with pytest.raises(FieldError) as caught:
        clean(Field.PHONE, raw, Context(country=country))
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Maria@Example.COM ", "maria@example.com"),
        ("<maria@example.com>", "maria@example.com"),
        ("mailto:maria@example.com", "maria@example.com"),
        ("maria@example.com,", "maria@example.com"),
        ("maria@example.com.", "maria@example.com"),
        ("Maria Rossi <maria@example.com>", "maria@example.com"),
        ('"Rossi, Maria" <Maria@Example.com>;', "maria@example.com"),
        ("Maria <mailto:maria@example.com>", "maria@example.com"),
        ("m" * 64 + "@example.com", "m" * 64 + "@example.com"),
        ("ma\u200bria+pec@example.com", "maria+pec@example.com"),
        ("esempio@pec.example", "esempio@pec.example"),
        ("info@citt\u00e0.example", "info@xn--citt-3na.example"),
    ],
)
def test_ways_of_writing_an_address(raw: str, expected: str) -> None:
    assert clean(Field.REFERENCE_EMAIL, raw, ITALY) == expected


@pytest.mark.parametrize(
    "raw",
    ["maria", "maria@", "@example.com", "ma ria@example.com", "maria@example", "a@@b.it", "m\u00e8@b.it"],
)
def test_what_is_no_address(raw: str) -> None:
    with pytest.raises(FieldError) as caught:
        clean(Field.REFERENCE_EMAIL, raw, ITALY)
    assert (caught.value.code, caught.value.value) == (ErrorCode.EMAIL_SYNTAX, raw)


def test_the_expiring_mailbox_as_reference_address_is_worth_a_warning() -> None:
    expiring = ["altra@pec.example", "Studio@PEC.example"]
    assert warn_reference_email("studio@pec.example", expiring)
    assert not warn_reference_email("studio@example.com", expiring)
    # No error: the person decides (DOMAIN.md 1).
    assert (
        clean(Field.REFERENCE_EMAIL, "studio@pec.example", Context(HolderKind.COMPANY))
        == "studio@pec.example"
    )


def test_a_kit_needs_a_mobile_number() -> None:
    assert clean_kit_holder(KitHolderField.MOBILE, "333 1234567") == "+393331234567"
    # In some countries nobody can tell: it may be one.
    assert clean_kit_holder(KitHolderField.MOBILE, "+1 212 555 0123") == "+12125550123"
    with pytest.raises(FieldError) as caught:
        clean_kit_holder(KitHolderField.MOBILE, "02 1234567")
    assert (caught.value.code, caught.value.value) == (ErrorCode.PHONE_NOT_MOBILE, "+39021234567")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (
            ".maria@example.com",
            ErrorCode.EMAIL_LEADING_DOT,
        ),  # said, not dropped: what stood before it is missing
        ("Maria <.maria@example.com>", ErrorCode.EMAIL_LEADING_DOT),
        ("m" * 65 + "@example.com", ErrorCode.EMAIL_LOCAL_LENGTH),
        ("Maria <maria@example.com>, Bruno <bruno@example.com>", ErrorCode.EMAIL_SYNTAX),
        ("Maria Rossi <>", ErrorCode.EMAIL_SYNTAX),
    ],
)
def test_what_is_wrong_with_an_address_is_said(raw: str, code: ErrorCode) -> None:
    with pytest.raises(FieldError) as caught:
        clean(Field.REFERENCE_EMAIL, raw, ITALY)
    assert caught.value.code is code


_local = st.from_regex(r"[a-z0-9_+.'-]{1,70}", fullmatch=True)
_domains = st.one_of(
    st.from_regex(r"[a-z0-9.-]{1,70}", fullmatch=True),
    st.lists(
        st.sampled_from(["pec", "example", "xn--caff-dma", "com", "a-b", "a--b", "1", ""]), max_size=5
    ).map(".".join),
)


@given(_local, _domains)
def test_an_address_is_judged_as_a_whole_although_its_domain_is_judged_once(local: str, domain: str) -> None:
    address = f"{local}@{domain}".lstrip(" <>()[]\"',;").rstrip(" <>()[]\"',;.")
    try:
        expected = validate_email(address, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        expected = None
    if address.startswith(".") or len(address.rpartition("@")[0]) > 64:
        expected = None
    for _ in range(2):
        try:
            found = clean(Field.REFERENCE_EMAIL, f"{local}@{domain}", ITALY)
        except FieldError:
            found = None
        assert found == expected


@given(
    st.sampled_from(["", "+39", "+39 ", "0039"]),
    st.sampled_from(["0", "02", "06", "0669", "081", "3", "33", "39", "80", "89", ""]),
    st.from_regex(r"[0-9 ]{3,11}", fullmatch=True),
)
def test_a_plainly_written_number_is_what_the_library_says(prefix: str, start: str, rest: str) -> None:
    typed = f"{prefix}{start}{rest}"
    try:
        number = phonenumbers.parse(typed, "IT")
    except NumberParseException:
        expected = ""
    else:
        refused = {PhoneNumberType.UNKNOWN, PhoneNumberType.VOICEMAIL}
        is_known = phonenumbers.number_type(number) not in refused
        expected = phonenumbers.format_number(number, PhoneNumberFormat.E164) if is_known else ""
    try:
        found = clean(Field.PHONE, typed, ITALY)
    except FieldError:
        found = ""
    assert found == expected
