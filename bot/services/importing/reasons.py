"""The operator's words for what the registrant rules refuse.

Customers read these verdicts in their language, with the texts of `locales`; operators read them in a
terminal or in a file of errors, in English, beside the value.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.registrant import Caution, ErrorCode, FieldError

_REASONS: Final[Mapping[ErrorCode, str]] = {
    ErrorCode.REQUIRED: "is missing",
    ErrorCode.TOO_LONG: "is too long",
    ErrorCode.LETTERS_MISSING: "has no letters",
    ErrorCode.NAME_CHARACTERS: "is not a name: letters, spaces, apostrophes, hyphens and dots only",
    ErrorCode.TEXT_CHARACTERS: "has characters that cannot stand on an invoice",
    ErrorCode.TAX_CODE_LENGTH: "should have the 16 characters of a person's tax code (11 digits while provisional)",
    ErrorCode.TAX_CODE_FINAL_LENGTH: "should have the 16 characters of a person's final tax code",
    ErrorCode.TAX_CODE_FORMAT: "has letters and digits in places where a person's tax code has others",
    ErrorCode.TAX_CODE_DATE: "contains a date of birth that does not exist",
    ErrorCode.TAX_CODE_CHECK: "has a wrong check character (the last one): a character was mistyped",
    ErrorCode.TAX_CODE_PROVISIONAL_CHECK: (
        "has the 11 digits of a provisional tax code, but a wrong check digit (the last one): a digit was mistyped"
    ),
    ErrorCode.TAX_CODE_COMPANY_DIGITS: "should be the 11 digits of an organisation's tax code",
    ErrorCode.TAX_CODE_COMPANY_CHECK: "has a wrong check digit (the last one): a digit was mistyped",
    ErrorCode.TAX_CODE_FOREIGN: "should be the foreign tax code: 2 to 20 letters and digits",
    ErrorCode.VAT_FORMAT: "should be the 11 digits of an Italian VAT number",
    ErrorCode.VAT_CHECK: "is not a VAT number: a digit was mistyped",
    ErrorCode.VAT_FOREIGN: "is not a VAT number of that country",
    ErrorCode.STREET_NUMBER_MISSING: "has no street number: write 'snc' if there is none",
    ErrorCode.POSTCODE_FORMAT: "should be the 5 digits of an Italian postcode (a spreadsheet drops zeros)",
    ErrorCode.POSTCODE_FOREIGN: "should be a postcode of at most 10 letters and digits",
    ErrorCode.PROVINCE_UNKNOWN: "is not an Italian province: write its two letters",
    ErrorCode.COUNTRY_UNKNOWN: "is not a country: write its two-letter ISO code",
    ErrorCode.PHONE_INVALID: "is not a telephone number",
    ErrorCode.PHONE_NOT_INTERNATIONAL: "is not a telephone number with a known country prefix",
    ErrorCode.PHONE_NOT_MOBILE: "is not a mobile number",
    ErrorCode.EMAIL_SYNTAX: "is not an e-mail address",
    ErrorCode.EMAIL_LEADING_DOT: "begins with a dot, which no e-mail address does",
    ErrorCode.EMAIL_LOCAL_LENGTH: "has more than 64 characters before the @: no server takes it",
    ErrorCode.RECIPIENT_CODE_FORMAT: "should be the 7 letters and digits of a recipient code",
    ErrorCode.OFFICE_CODE_FORMAT: "should be the 6 letters and digits of a public office's code",
    ErrorCode.CIG_FORMAT: "should be the 10 letters and digits of a CIG",
    ErrorCode.CUP_FORMAT: "should be the 15 letters and digits of a CUP",
    ErrorCode.YES_OR_NO: "should be true or false",
}

_CAUTIONS: Final[Mapping[Caution, str]] = {
    Caution.EMAIL_IS_EXPIRING_PEC: "is the mailbox itself: its notices would be lost with it",
    Caution.TAX_CODE_PROVISIONAL: "is read as a provisional tax code of 11 digits: it says nothing of name and birth",
    Caution.TAX_CODE_IS_VAT_NUMBER: (
        "is the VAT number: a person's tax code has 16 characters, or is a provisional one, which is another number"
    ),
    Caution.POSTCODE_ELSEWHERE: "is a postcode of another province: check which of them is wrong",
    Caution.TAX_CODE_NAME_MISMATCH: "does not match name and surname: check which of them is wrong",
}


def reason(verdict: FieldError) -> str:
    """What is wrong with a registrant value, and one that would be right."""
    odd = f" ({verdict.odd})" if verdict.odd else ""
    return f"{_REASONS[verdict.code]}{odd}; for example {verdict.example}"


def caution(verdict: Caution) -> str:
    """What is worth saying of a value that is taken all the same."""
    return _CAUTIONS[verdict]
