"""The picture of a transfer that a bank's app may read: an EPC QR code (SEPA credit transfer, EPC069-12; DOMAIN.md 4).

Its text is UTF-8 with an ECI header that says so: of the decoders tried, some read accents wrongly without it, and some
read ISO-8859-1 wrongly; all of them read this.
"""

import io
from typing import Final

import segno
from stdnum import iban

from bot.domain.instructions import Transfer
from bot.domain.money import Cents, amount

LONGEST_NAME: Final = 70
LONGEST_REASON: Final = 140
_MOST_CENTS: Final[Cents] = 99_999_999_999
_LARGEST_VERSION: Final = 13
"""Of a QR code, that banks must read; it bounds the text as a whole."""
_UTF_8: Final = "1"
_MODULE_PIXELS: Final = 8
_QUIET_MODULES: Final = 4
"""The white frame that the standard of QR codes asks for."""


def epc_text(transfer: Transfer) -> str:
    """What the code says, line by line: beneficiary, IBAN, amount, and the reason of the payment.

    Raises:
        ValueError: a value does not fit in such a code: there is nothing to pay, for one. It says which.
    """
    if not 1 <= len(transfer.beneficiary) <= LONGEST_NAME:
        raise ValueError(f"the beneficiary must have 1 to {LONGEST_NAME} characters")
    if not iban.is_valid(transfer.iban):
        raise ValueError("the IBAN is not valid")
    if not 1 <= transfer.due <= _MOST_CENTS:
        raise ValueError(f"the amount must be from {amount(1)} to {amount(_MOST_CENTS)}")
    if not 1 <= len(transfer.reason) <= LONGEST_REASON:
        raise ValueError(f"the reason must have 1 to {LONGEST_REASON} characters")
    purpose, reference = "", ""
    lines = (
        "BCD",
        "002",
        _UTF_8,
        "SCT",
        transfer.bic,
        transfer.beneficiary,
        transfer.iban,
        f"EUR{amount(transfer.due)}",
        purpose,
        reference,
        transfer.reason,
    )
    if any(not line.isprintable() for line in lines):
        raise ValueError("a value has more than one line")
    return "\n".join(lines)


def transfer_qr(transfer: Transfer) -> bytes:
    """The QR code as a PNG.

    Raises:
        ValueError: as `epc_text`; also where all of it is too long for the largest code that banks must read.
    """
    code = segno.make(
        epc_text(transfer), encoding="utf-8", eci=True, error="m", boost_error=False, micro=False
    )
    if int(code.version) > _LARGEST_VERSION:
        raise ValueError(f"the code would be of version {code.version}, above {_LARGEST_VERSION}")
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=_MODULE_PIXELS, border=_QUIET_MODULES)
    return picture.getvalue()
