"""What can be wrong with registrant, kit-holder and shipping data.

The tree::

    RegistrantError (RinnovoError, ValueError)
    ├── FieldError        one value, judged and refused: say what is wrong and ask again
    ├── LockedField       the value can only change by a change of holder (DOMAIN.md 3.5)
    ├── FieldNotAsked     this holder has no such field (a tampered or outdated button)
    ├── RouteNotAllowed   this holder cannot have its invoices sent that way
    └── MalformedRecord   stored data that is not what `to_json` wrote
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain.errors import RinnovoError
from bot.domain.registrant.fields import AnyField, Field

_SHOWN_CHARACTERS = 60


class ErrorCode(StrEnum):
    """Why a value was refused. Its text is `error-<code-with-dashes>`."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    LETTERS_MISSING = "letters_missing"
    NAME_CHARACTERS = "name_characters"
    TEXT_CHARACTERS = "text_characters"
    TAX_CODE_LENGTH = "tax_code_length"
    TAX_CODE_FINAL_LENGTH = "tax_code_final_length"
    TAX_CODE_FORMAT = "tax_code_format"
    TAX_CODE_DATE = "tax_code_date"
    TAX_CODE_CHECK = "tax_code_check"
    TAX_CODE_PROVISIONAL_CHECK = "tax_code_provisional_check"
    TAX_CODE_COMPANY_DIGITS = "tax_code_company_digits"
    TAX_CODE_COMPANY_CHECK = "tax_code_company_check"
    TAX_CODE_FOREIGN = "tax_code_foreign"
    VAT_FORMAT = "vat_format"
    VAT_CHECK = "vat_check"
    VAT_FOREIGN = "vat_foreign"
    STREET_NUMBER_MISSING = "street_number_missing"
    POSTCODE_FORMAT = "postcode_format"
    POSTCODE_FOREIGN = "postcode_foreign"
    PROVINCE_UNKNOWN = "province_unknown"
    COUNTRY_UNKNOWN = "country_unknown"
    PHONE_INVALID = "phone_invalid"
    PHONE_NOT_INTERNATIONAL = "phone_not_international"
    PHONE_NOT_MOBILE = "phone_not_mobile"
    EMAIL_SYNTAX = "email_syntax"
    EMAIL_LEADING_DOT = "email_leading_dot"
    EMAIL_LOCAL_LENGTH = "email_local_length"
    RECIPIENT_CODE_FORMAT = "recipient_code_format"
    OFFICE_CODE_FORMAT = "office_code_format"
    CIG_FORMAT = "cig_format"
    CUP_FORMAT = "cup_format"
    YES_OR_NO = "yes_or_no"


class Caution(StrEnum):
    """What is worth saying but stops nobody. Its text is `caution-<code-with-dashes>`."""

    EMAIL_IS_EXPIRING_PEC = "email_is_expiring_pec"
    TAX_CODE_NAME_MISMATCH = "tax_code_name_mismatch"
    TAX_CODE_PROVISIONAL = "tax_code_provisional"
    TAX_CODE_IS_VAT_NUMBER = "tax_code_is_vat_number"
    POSTCODE_ELSEWHERE = "postcode_elsewhere"


class RegistrantError(RinnovoError, ValueError):
    """Base of everything that this package raises on purpose."""


class FieldError(RegistrantError):
    """One value was judged and refused. Two errors that say the same are equal.

    Attributes:
        field: the field that was asked; its `.value` names it in the file contract and in the texts.
        code: why.
        value: the value as understood after normalisation, cut to a length that a message can show.
        example: a value that would be accepted.
        odd: the characters that it was refused for, with blanks between them; empty where it was for something else.
    """

    def __init__(
        self, field: AnyField, code: ErrorCode, value: str = "", example: str = "", odd: str = ""
    ) -> None:
        """Keep the facts that a text needs."""
        shown = value if len(value) <= _SHOWN_CHARACTERS else value[: _SHOWN_CHARACTERS - 1] + "…"
        super().__init__(field, code, shown, example, odd)
        self.field = field
        self.code = code
        self.value = shown
        self.example = example
        self.odd = odd if len(odd) <= _SHOWN_CHARACTERS else odd[: _SHOWN_CHARACTERS - 1] + "…"

    def __str__(self) -> str:
        """Field and reason for logs: never the value, which is personal data."""
        return f"{self.field.value}: {self.code.value}"

    def __eq__(self, other: object) -> bool:
        """Compare by content, so that a tuple of problems can be compared."""
        return isinstance(other, FieldError) and self.args == other.args

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.args)


class LockedField(RegistrantError):
    """The field changes only by a change of holder, another procedure (DOMAIN.md 3.5)."""

    def __init__(self, field: Field) -> None:
        """Remember which field was tried."""
        super().__init__(field)
        self.field = field


class FieldNotAsked(RegistrantError):
    """The form, or this holder's category and country, has no such field."""


class RouteNotAllowed(RegistrantError):
    """This holder's category and country do not allow that invoice route."""


class MalformedRecord(RegistrantError):
    """Stored data misses a key, has an unknown one, or a value of the wrong type."""
