"""The Italian tax code: 16 characters for people, 11 digits for everyone else (DOMAIN.md 3.5).

People who await their papers have 11 digits as well, for the time being.

`stdnum.it.codicefiscale` takes either form for anybody, any place of birth, and days of birth up to 99; here
the form follows from the holder's category, the place is one that the land registry could have issued, and
the day is a day.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from stdnum.it import codicefiscale

from bot.domain.registrant.errors import ErrorCode
from bot.domain.registrant.fields import ITALY, Context
from bot.domain.registrant.text import Refused, compact, fold

_PERSON_LENGTH: Final = 16
_TWICE: Final = str.maketrans("0123456789", "0246813579")
_DIGITS: Final = re.compile(r"[0-9]{11}")
_FOREIGN: Final = re.compile(r"[A-Z0-9]{2,20}")

_OMOCODIA: Final = str.maketrans("LMNPQRSTUV", "0123456789")
"""The letters that stand for digits when two people would have the same code."""

_DIGIT_PLACES: Final = (6, 7, 9, 10, 12, 13, 14)
_MONTHS: Final = "ABCDEHLMPRST"
_FEMALE: Final = 40
"""Added to the day of birth of a woman."""

# A group of three holds the name's consonants, then its vowels, then X for what is missing.
_GROUP: Final = r"(?:[B-DF-HJ-NP-TV-Z]{2}[A-Z]|[A-Z][AEIOU][AEIOUX]|[A-Z]XX)"
# Places are A-M for Italian municipalities and Z for countries; none has the number 000.
_PERSON: Final = re.compile(
    _GROUP + _GROUP + r"[0-9]{2}[" + _MONTHS + r"][0-9]{2}(?:[A-M](?!000)[0-9]{3}|Z[1-9][0-9]{2})[A-Z]"
)


def holder_tax_code(line: str, context: Context) -> str:
    """The tax code in the form that the holder's category and country ask for."""
    if not context.is_italian:
        code = compact(line)
        if not _FOREIGN.fullmatch(code):
            raise Refused(ErrorCode.TAX_CODE_FOREIGN, code)
        return code
    return person_tax_code(line, context) if context.kind.is_person else _company(compact(line))


def person_tax_code(line: str, _context: Context) -> str:
    """A person's tax code: the 16 characters, or the 11 digits of a provisional one (DM 23 December 1976).

    A provisional code says nothing of name or birth, so that nothing but its check digit can be judged.
    """
    code = compact(line)
    if is_provisional(code):
        return code
    if _DIGITS.fullmatch(code):
        raise Refused(ErrorCode.TAX_CODE_PROVISIONAL_CHECK, code)
    return _sixteen_characters(code, ErrorCode.TAX_CODE_LENGTH)


def final_tax_code(line: str, _context: Context) -> str:
    """A person's tax code where a provisional one will not do; the refusal says so."""
    return _sixteen_characters(compact(line), ErrorCode.TAX_CODE_FINAL_LENGTH)


def _sixteen_characters(code: str, otherwise: ErrorCode) -> str:
    """The 16 characters of a person, *omocodia* included: layout, date of birth, place, check character."""
    if len(code) != _PERSON_LENGTH:
        raise Refused(otherwise, code)
    plain = without_omocodia(code)
    if not _PERSON.fullmatch(plain):
        raise Refused(ErrorCode.TAX_CODE_FORMAT, code)
    if not _is_birth_date(plain):
        raise Refused(ErrorCode.TAX_CODE_DATE, code)
    if codicefiscale.calc_check_digit(code[:-1]) != code[-1]:
        raise Refused(ErrorCode.TAX_CODE_CHECK, code)
    return code


def is_provisional(code: str) -> bool:
    """Whether a person's tax code is a provisional one, of those who await their papers: 11 digits."""
    return _DIGITS.fullmatch(code) is not None and has_right_check_digit(code)


def without_omocodia(code: str) -> str:
    """The code with digits in every place for digits; its check character is still that of the original."""
    chars = list(code)
    for place in _DIGIT_PLACES:
        chars[place] = chars[place].translate(_OMOCODIA)
    return "".join(chars)


def tax_code_matches_name(tax_code: str, first_name: str, last_name: str) -> bool:
    """Whether a person's tax code can belong to that name; true when there is nothing to compare.

    A difference is worth a word and no more: people change name, and registry offices write foreign names
    their way.
    """
    if len(tax_code) != _PERSON_LENGTH or not fold(first_name) or not fold(last_name):
        return True
    letters = tax_code[:6].upper()
    return any(
        letters == _surname_group(spell(last_name)) + _name_group(spell(first_name)) for spell in _SPELLINGS
    )


def _company(code: str) -> str:
    digits = code.removeprefix(ITALY)
    if not _DIGITS.fullmatch(digits):
        raise Refused(ErrorCode.TAX_CODE_COMPANY_DIGITS, digits)
    if not has_right_check_digit(digits):
        raise Refused(ErrorCode.TAX_CODE_COMPANY_CHECK, digits)
    return digits


def has_right_check_digit(digits: str) -> bool:
    """Whether the last of these digits, as they stand in tax codes and VAT numbers, follows from the others."""
    return int(digits) > 0 and not _luhn_sum(digits) % 10


def _luhn_sum(digits: str) -> int:
    """The sum of Luhn's rule: of every second digit from the right, twice the digit, less nine above nine."""
    every_second = digits[-2::-2].translate(_TWICE)
    return sum(map(int, digits[-1::-2])) + sum(map(int, every_second))


def _is_birth_date(plain: str) -> bool:
    day = int(plain[9:11])
    if day > _FEMALE:
        day -= _FEMALE
    month = _MONTHS.index(plain[8]) + 1
    # The century is not written: 29 February of a year 00 was a day in 2000, if not in 1900.
    return any(_exists(century + int(plain[6:8]), month, day) for century in (1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _surname_group(letters: str) -> str:
    return (_consonants(letters) + _vowels(letters) + "XXX")[:3]


def _name_group(letters: str) -> str:
    consonants = _consonants(letters)
    if len(consonants) > 3:  # noqa: PLR2004 - the rule of the tax code: first, third and fourth consonant
        return consonants[0] + consonants[2:4]
    return _surname_group(letters)


def _consonants(letters: str) -> str:
    return "".join(letter for letter in letters if letter not in "AEIOU")


def _vowels(letters: str) -> str:
    return "".join(letter for letter in letters if letter in "AEIOU")


_STROKES: Final = str.maketrans({"Ø": "O", "Ł": "L", "Đ": "D", "Æ": "AE", "Œ": "OE"})
_GERMAN: Final = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE"})


def _plain_spelling(name: str) -> str:
    return fold(name.upper().translate(_STROKES))


def _german_spelling(name: str) -> str:
    return _plain_spelling(unicodedata.normalize("NFC", name.upper()).translate(_GERMAN))


_SPELLINGS: Final = (_plain_spelling, _german_spelling)
