"""The columns of the mailbox file: a contract with operators, frozen (DESIGN.md, "Mailbox file")."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """A column, in the order in which the contract lists them; a file may have them in any other."""

    CUSTOMER = "customer"
    REFERENCE_EMAIL = "reference_email"
    LANGUAGE = "language"
    ADDRESS = "address"
    PLAN = "plan"
    EXPIRES_ON = "expires_on"
    EXTRA_MAILBOX_GB = "extra_mailbox_gb"
    EXTRA_ARCHIVE_GB = "extra_archive_gb"
    USED_MAILBOX_GB = "used_mailbox_gb"
    USED_ARCHIVE_GB = "used_archive_gb"
    USAGE_AT = "usage_at"
    AUTO_RENEW = "auto_renew"
    PROMO = "promo"
    KIND = "kind"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BUSINESS_NAME = "business_name"
    TAX_CODE = "tax_code"
    VAT_NUMBER = "vat_number"
    LEGAL_REP = "legal_rep"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"
    PROVINCE = "province"
    COUNTRY = "country"
    PHONE = "phone"
    RECIPIENT_CODE = "recipient_code"
    RECIPIENT_PEC = "recipient_pec"
    CIG = "cig"
    CUP = "cup"
    SPLIT_PAYMENT = "split_payment"


COLUMNS: Final[Mapping[str, Column]] = {column.value: column for column in Column}
"""The columns by name."""

NUMBERS: Final = frozenset(
    {
        Column.EXTRA_MAILBOX_GB,
        Column.EXTRA_ARCHIVE_GB,
        Column.USED_MAILBOX_GB,
        Column.USED_ARCHIVE_GB,
    }
)
"""Columns that JSON may write as numbers. Codes that look like numbers are text: 00100 is not 100."""

TRUTHS: Final = frozenset({Column.AUTO_RENEW, Column.SPLIT_PAYMENT})
"""Columns that JSON may write as `true` or `false`."""

DATES: Final = (Column.EXPIRES_ON, Column.USAGE_AT)
"""Columns of days and moments."""

GLANCED: Final = frozenset({Column.ADDRESS, Column.PLAN, *NUMBERS, *DATES})
"""Columns by which a file is judged as a whole, before any of its rows is."""

NEEDED: Final = (
    Column.CUSTOMER,
    Column.REFERENCE_EMAIL,
    Column.LANGUAGE,
    Column.ADDRESS,
    Column.PLAN,
    Column.EXPIRES_ON,
    Column.AUTO_RENEW,
    Column.KIND,
    Column.TAX_CODE,
    Column.COUNTRY,
)
"""Columns without which no row can be good; the others may be empty, and so they may be missing."""
