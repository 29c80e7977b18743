"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import ITALY, Context
from bot.domain.registrant.text import Refused

_BEFORE_NUMBER: Final = re.compile(r"^[^\d+(]*")
_BEFORE_ADDRESS: Final = " <>()[]\"',;"
_AFTER_ADDRESS: Final = _BEFORE_ADDRESS + "."
"""What sentences put around an address. A dot before it is none of that: it may be what remains of a name."""
_WITH_NAME: Final = re.compile(r"[^<>]*<([^<>]*)>[^<>@]*")
"""An address as mail programs copy it: `Maria Rossi <maria@example.com>`."""
_LONGEST_LOCAL: Final = 64
"""Characters before the `@` (RFC 5321, 4.5.3.1.1); servers refuse more."""
_PLAIN: Final = re.compile(
    r"([a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+)"
)
"""An address of which nothing but the domain is left to be judged, as nearly all are."""
_LONGEST_PLAIN: Final = 254
"""Characters of a whole address (RFC 5321, 4.5.3.1.3)."""
_DOMAINS: Final = 512
"""So many domains are judged once: a file of a million addresses has few."""
_TWO_NUMBERS: Final = re.compile(r"\d[-/]\d$")
"""The last digit of a second number, as letterheads add it: `02/1234567-8`. No group of a number is so short."""
_NEVER: Final = r"(?!)"
"""A pattern that nothing has."""
_MOBILE_TYPES: Final = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def email(line: str, _context: Context) -> str:
    """An e-mail address in lower case (phones capitalise the first letter), checked for syntax, without DNS.

    No provider tells capital letters apart, and addresses are compared.
    """
    if plain := plain_address(line):
        return plain
    named = _WITH_NAME.fullmatch(line)
    text = (named[1] if named else line).lower()
    address = text.lstrip(_BEFORE_ADDRESS).rstrip(_AFTER_ADDRESS).removeprefix("mailto:")
    if address.startswith("."):
        raise Refused(ErrorCode.EMAIL_LEADING_DOT, address)
    if len(address.rpartition("@")[0]) > _LONGEST_LOCAL:
        raise Refused(ErrorCode.EMAIL_LOCAL_LENGTH, address)
    checked = plain_address(address) or _checked(address)
    if not checked:
        raise Refused(ErrorCode.EMAIL_SYNTAX, address)
    return checked


def plain_address(text: str) -> str:
    """A right address as it is stored, of a text that is nothing else, in its simplest form, as nearly all are.

    Empty for every other text, which may be an address all the same. It comes to what `email` does, sooner.
    """
    plain = _PLAIN.fullmatch(text.lower()) if text.isascii() and len(text) <= _LONGEST_PLAIN else None
    if plain is None or len(plain[1]) > _LONGEST_LOCAL:
        return ""
    domain = _domain(plain[2])
    return domain and f"{plain[1]}@{domain}"


@lru_cache(maxsize=_DOMAINS)
def _domain(domain: str) -> str:
    """The domain as it is written in an address; empty where there is no such."""
    return _checked(f"a@{domain}").removeprefix("a@")


def _checked(address: str) -> str:
    """The address as it is written; empty where it is none."""
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return checked.ascii_email or checked.normalized


def phone(line: str, context: Context) -> str:
    """A telephone number in E.164; without a prefix it is read as one of the holder's country."""
    return _plain_italian(line, context) or _e164(_parsed(line, context))


def mobile(line: str, context: Context) -> str:
    """A mobile number in E.164: the one that receives the codes of a signature kit."""
    number = _parsed(line, context)
    if phonenumbers.number_type(number) not in _MOBILE_TYPES:
        raise Refused(ErrorCode.PHONE_NOT_MOBILE, _e164(number))
    return _e164(number)


def same_address(first: str, second: str) -> bool:
    """Whether two e-mail addresses are one, however they are written."""
    return first.strip().casefold() == second.strip().casefold()


def phone_as_read(value: str) -> str:
    """A stored number in its international form with its groups, `+39 02 123 4567`; what is none as it is."""
    try:
        number = phonenumbers.parse(value)
    except NumberParseException:
        return value
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _plain_italian(line: str, context: Context) -> str:
    """An Italian number that is written with digits and blanks alone, as nearly all are; empty for every other.

    The library comes to the same in thirty times the time.
    """
    digits = line.replace(" ", "")
    if not digits.startswith("+39"):
        # Without a prefix, 39 may be the country's or a mobile operator's.
        if not context.is_italian or digits.startswith("39"):
            return ""
        digits = f"+39{digits}"
    return digits if digits.isascii() and _italian_numbers().fullmatch(digits) else ""


@lru_cache(maxsize=1)
def _italian_numbers() -> re.Pattern[str]:
    """The landlines and mobiles of the Italian plan of numbers, as the library has it."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(ITALY)
    every, landline, mobile_ = (
        (kind and kind.national_number_pattern) or _NEVER
        for kind in (plan and plan.general_desc, plan and plan.fixed_line, plan and plan.mobile)
    )
    return re.compile(rf"\+39(?=(?:{every})\Z)(?:{landline}|{mobile_})", re.ASCII)


def _parsed(line: str, context: Context) -> phonenumbers.PhoneNumber:
    text = _BEFORE_NUMBER.sub("", line)
    # Letters would be dialled as on an old keypad: "34O" would silently become 346.
    if any(char.isalpha() for char in text):
        raise Refused(ErrorCode.PHONE_INVALID)
    try:
        number = phonenumbers.parse(text, context.country)
    except NumberParseException as unreadable:
        if unreadable.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise Refused(ErrorCode.PHONE_NOT_INTERNATIONAL) from None
        raise Refused(ErrorCode.PHONE_INVALID) from None
    kind = phonenumbers.number_type(number)  # unknown is what is no number of any region
    # The plan of numbers has voice mailboxes of the mobile operators, whose form is a mobile number with one or two
    # digits too many: nobody is called there, and who types one has made a mistake.
    if kind in {PhoneNumberType.UNKNOWN, PhoneNumberType.VOICEMAIL} or _TWO_NUMBERS.search(text.strip()):
        raise Refused(ErrorCode.PHONE_INVALID)
    return number


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
