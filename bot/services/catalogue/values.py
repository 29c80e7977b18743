"""The kinds of value in a catalogue file: how each is read, and what to tell the operator when it is wrong.

A kind is an annotated type, such as `Price`; its `Value` goes with it, so that every error can end with
"should be …, such as …" without a second list of what is right.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from stdnum import bic, iban
from stdnum.exceptions import ValidationError as NumberError
from stdnum.it import iva

from bot.domain.catalogue import MethodFamily, PaymentLink, RemindByMail, RenewAt, RenewFrom, VatAbroad
from bot.domain.money import parse_amount
from bot.domain.registrant import HolderKind

_SHOWN_CHARACTERS: Final = 60
_MAX_TEXT: Final = 200
_MAX_NAME: Final = 80
_MAX_BENEFICIARY: Final = 70  # what the European SEPA QR code has room for
_MAX_URL: Final = 1000


class WrongValue(ValueError):
    """A value that cannot be used. Its text, where it has one, says why more closely than "found …"."""


@dataclass(frozen=True, slots=True)
class Value:
    """A kind of value.

    Attributes:
        what: what it should be, in words that continue "should be …".
        example: one that would be right, as it is written in the file.
        read: takes what TOML gave, returns the value or raises `WrongValue`.
    """

    what: str
    example: str
    read: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read the value by `read` alone."""
        return core_schema.no_info_plain_validator_function(self._judge)

    def _judge(self, raw: object) -> object:
        try:
            return self.read(raw)
        except WrongValue as wrong:
            why = str(wrong) or f"found {shown(raw)}"
            raise PydanticCustomError("catalogue", "{why}", {"why": why}) from None


def shown(raw: object) -> str:
    """The value as it stands in the file, cut to a length that a line can hold."""
    text = json.dumps(raw, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip() or raw != raw.strip() or not raw.isprintable():
        raise WrongValue
    return raw


def _line(longest: int) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = _text(raw)
        if len(text) > longest:
            raise WrongValue(f"found {len(text)} characters")
        return text

    return read


def _pattern(regex: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if not isinstance(raw, str) or not re.fullmatch(regex, raw):
            raise WrongValue
        return raw

    return read


def _price(least: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        try:
            cents = parse_amount(_text(raw))
        except ValueError as wrong:
            raise WrongValue from wrong
        if cents < least:
            raise WrongValue
        return cents

    return read


def _percent(raw: object) -> Decimal:
    return Decimal(_pattern(r"(0|[1-9][0-9]?)(\.[0-9]{1,2})?")(raw))


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise WrongValue
    return raw


def _day(raw: object) -> date:
    if type(raw) is not date:  # a datetime is a date too, and names an instant instead
        raise WrongValue
    return raw


def _hour(raw: object) -> time:
    return time.fromisoformat(_pattern(r"([01][0-9]|2[0-3]):[0-5][0-9]")(raw))


def _email(raw: object) -> str:
    try:
        return validate_email(_text(raw), check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise WrongValue from wrong


def _phone(raw: object) -> str:
    text = _pattern(r"\+[1-9][0-9]{6,14}")(raw)
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException as wrong:
        raise WrongValue from wrong
    if not possible:
        raise WrongValue
    return text


def _url(raw: object) -> str:
    text = _line(_MAX_URL)(raw)
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as wrong:
        raise WrongValue from wrong
    if parts.scheme != "https" or "." not in (parts.hostname or "") or parts.username or " " in text:
        raise WrongValue
    return text


def _payment_url(raw: object) -> str:
    text = _url(raw)
    filled = text.replace("{order}", "R7K2M-4", 1).replace("{amount}", "36.48", 1)
    if "{order}" not in text or "{amount}" not in text or set(filled) & set("{}"):
        raise WrongValue
    _url(filled)
    return text


_CIN_ODD: Final = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)
"""What digits and letters weigh at odd places; at even places a digit weighs itself, A weighs 0."""


def cin_letter(account: str) -> str:
    """The control letter (CIN) of an Italian account: ABI, CAB and number, 22 upper-case characters."""
    total = 0
    for place, char in enumerate(account):
        rank = int(char) if char.isdigit() else ord(char) - ord("A")
        total += rank if place % 2 else _CIN_ODD[rank]
    return chr(ord("A") + total % 26)


def _iban(raw: object) -> str:
    text = _pattern(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")(raw)
    try:
        iban.validate(text)
    except NumberError as wrong:
        raise WrongValue(f"{shown(text)} has a wrong length, structure or check digit") from wrong
    if text[:2] in {"IT", "SM"} and text[4] != cin_letter(text[5:]):
        raise WrongValue(f"{shown(text)} has {text[4]} as its fifth character (CIN), which does not agree")
    return text


def _bic(raw: object) -> str:
    text = _pattern(r"[A-Z0-9]{8}([A-Z0-9]{3})?")(raw)
    if not bic.is_valid(text):
        raise WrongValue
    return text


def _vat_number(raw: object) -> str:
    text = _pattern(r"[0-9]{11}")(raw)
    if not iva.is_valid(text):
        raise WrongValue(f"{shown(text)} has a wrong check digit")
    return text


def _ladder(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list) or not raw:
        raise WrongValue
    days = tuple(_whole(0, 365)(day) for day in raw)
    if len(set(days)) < len(days):
        raise WrongValue
    return days


def _ladder_before(raw: object) -> tuple[int, ...]:
    days = _ladder(raw)
    if days != tuple(sorted(days, reverse=True)):
        raise WrongValue
    return days


def _ladder_after(raw: object) -> tuple[int, ...]:
    days = _ladder(raw)
    if days != tuple(sorted(days)) or days[0] < 1:
        raise WrongValue
    return days


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
            raise WrongValue
        return raw

    return read


def _one_of(choices: type[StrEnum]) -> Callable[[object], StrEnum]:
    def read(raw: object) -> StrEnum:
        try:
            return choices(_text(raw))
        except ValueError as wrong:
            raise WrongValue from wrong

    return read


def _list_of(read_one: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    def read(raw: object) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise WrongValue
        values = tuple(read_one(item) for item in raw)
        if len(set(values)) < len(values):
            raise WrongValue(f"found one twice in {shown(raw)}")
        return values

    return read


def _kinds(raw: object) -> frozenset[HolderKind]:
    values = _list_of(_one_of(HolderKind))(raw)
    if not values:
        raise WrongValue
    return frozenset(values)


def _date_form(raw: object) -> str:
    text = _text(raw)
    parts = re.findall(r"[a-z]+", text)
    if sorted(parts) not in (["dd", "mm", "yy"], ["dd", "mm", "yyyy"]) or re.search(r"[A-Z0-9]", text):
        raise WrongValue
    return text


def _among(*choices: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if not isinstance(raw, str) or raw not in choices:
            raise WrongValue
        return raw

    return read


def _encoding(raw: object) -> str:
    return {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "utf-16": "utf-16"}[
        _among("utf-8", "windows-1252", "utf-16")(raw)
    ]


def _some(read_all: Callable[[object], tuple[Any, ...]]) -> Callable[[object], tuple[Any, ...]]:
    def read(raw: object) -> tuple[Any, ...]:
        values = read_all(raw)
        if not values:
            raise WrongValue
        return values

    return read


def _any_of(choices: type[StrEnum]) -> str:
    return ", ".join(f'"{choice.value}"' for choice in choices)


def whole(least: int, most: int, example: int) -> Value:
    """Whole numbers from `least` to `most`."""
    return Value(f"a whole number from {least} to {most}", str(example), _whole(least, most))


def line(what: str, example: str, longest: int = _MAX_TEXT) -> Value:
    """A text on one line."""
    return Value(
        f"{what}: one line of at most {longest} characters, no spaces around", f'"{example}"', _line(longest)
    )


IDENTIFIER: Final = Value("1 to 16 characters of a-z, 0-9 and _", "pro", _pattern(r"[a-z0-9_]{1,16}"))
"""The names after a dot in `[plans.pro]`: short, as they travel in the data of buttons."""

Name = Annotated[str, line("a name in this language", "Pro", _MAX_NAME)]
Sentence = Annotated[str, line("a text in this language", "Signing takes a code on the mobile phone.")]
Company = Annotated[str, line("a name", "Posta Esempio S.r.l.")]
PostalAddress = Annotated[str, line("an address", "Via dell'Esempio 1, 00100 Roma RM")]
Beneficiary = Annotated[
    str,
    line(
        "the account owner's name as the bank has it, which no QR code of a transfer has room for if it is longer",
        "Posta Esempio S.r.l.",
        _MAX_BENEFICIARY,
    ),
]
Version = Annotated[str, line("a version that changes with the text", "2026-01", 32)]
ClauseNumber = Annotated[str, line("the number of the clause in the conditions", "4.3", 16)]

Price = Annotated[
    int,
    Value("euros without VAT, above zero, in quotes and with two decimals", '"29.90"', _price(1)),
]
Shipping = Annotated[
    int,
    Value("euros without VAT, in quotes and with two decimals", '"7.50"', _price(0)),
]
Percent = Annotated[
    Decimal, Value("a percentage below 100 in quotes, with at most two decimals", '"22"', _percent)
]
Flag = Annotated[bool, Value("true or false, without quotes", "true", _flag)]
Day = Annotated[date, Value("a date without quotes, year first", "2027-12-31", _day)]
Cutoff = Annotated[time, Value("an hour of the day in Rome, in quotes", '"15:00"', _hour)]
Email = Annotated[str, Value("an e-mail address", '"assistenza@posta.example"', _email)]
Phone = Annotated[str, Value("a phone number with the country code and no spaces", '"+39021234567"', _phone)]
Url = Annotated[str, Value("an https address", '"https://posta.example/piani"', _url)]
PaymentUrl = Annotated[
    str,
    Value(
        "an https address with {order} and {amount}, once each, and no other braces",
        '"https://posta.example/paga?ordine={order}&importo={amount}"',
        _payment_url,
    ),
]
Digest = Annotated[
    str,
    Value(
        "the SHA-256 of the document, 64 characters of 0-9 and a-f (sha256sum FILE)",
        '"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"',
        _pattern(r"[0-9a-f]{64}"),
    ),
]
Iban = Annotated[str, Value("an IBAN in capitals without spaces", '"IT24F999999999900000ESEMPIO"', _iban)]
Bic = Annotated[str, Value("a BIC of 8 or 11 capitals and digits", '"ESEMITM1XXX"', _bic)]
PostalAccount = Annotated[
    str,
    Value("the number of a postal account, 6 to 12 digits in quotes", '"12345678"', _pattern(r"[0-9]{6,12}")),
]
VatNumber = Annotated[str, Value("a partita IVA, 11 digits in quotes", '"12345679992"', _vat_number)]
LadderBefore = Annotated[
    tuple[int, ...],
    Value("days before the expiry, from far to near, each from 0 to 365", "[30, 7, 0]", _ladder_before),
]
LadderAfter = Annotated[
    tuple[int, ...],
    Value("days after the expiry, from near to far, each from 1 to 365", "[7, 30, 85]", _ladder_after),
]
Family = Annotated[MethodFamily, Value(f"one of {_any_of(MethodFamily)}", '"link"', _one_of(MethodFamily))]
ExpiredFrom = Annotated[RenewFrom, Value(f"one of {_any_of(RenewFrom)}", '"expiry"', _one_of(RenewFrom))]
AskedAt = Annotated[RenewAt, Value(f"one of {_any_of(RenewAt)}", '"payment"', _one_of(RenewAt))]
ByMail = Annotated[RemindByMail, Value(f"one of {_any_of(RemindByMail)}", '"always"', _one_of(RemindByMail))]
AbroadVat = Annotated[VatAbroad, Value(f"one of {_any_of(VatAbroad)}", '"charge"', _one_of(VatAbroad))]
LinkWay = Annotated[PaymentLink, Value(f"one of {_any_of(PaymentLink)}", '"chat"', _one_of(PaymentLink))]
Kinds = Annotated[
    frozenset[HolderKind],
    Value(f"one or more of {_any_of(HolderKind)}, each once", '["company", "association"]', _kinds),
]
FeatureIds = Annotated[
    tuple[str, ...],
    Value("a list of ids from [features], each once", '["sms_report"]', _list_of(IDENTIFIER.read)),
]

ColumnName = Annotated[
    str, line("the name of a column as it stands in the header", "Data Contabile", _MAX_NAME)
]
ColumnNames = Annotated[
    tuple[str, ...],
    Value(
        "a list of names of columns as they stand in the header, each once",
        '["Descrizione operazioni"]',
        _some(_list_of(_line(_MAX_NAME))),
    ),
]
Words = Annotated[
    tuple[str, ...],
    Value(
        "a list of words as the bank writes them, each once",
        '["Saldo finale"]',
        _some(_list_of(_line(_MAX_NAME))),
    ),
]
DateForm = Annotated[
    str,
    Value("the form of a date with dd, mm and yyyy or yy, each once, in quotes", '"dd/mm/yyyy"', _date_form),
]
DecimalMark = Annotated[str, Value('"," or "."', '","', _among(",", "."))]
ThousandsMark = Annotated[str, Value('one of ".", ",", " ", "\'"', '"."', _among(".", ",", " ", "'"))]
Delimiter = Annotated[str, Value('one of ";", ",", "\\t", "|"', '";"', _among(";", ",", "\t", "|"))]
TextEncoding = Annotated[str, Value('one of "utf-8", "windows-1252", "utf-16"', '"windows-1252"', _encoding)]
