"""The picture of a transfer that a bank's app reads: an EPC QR code (SEPA credit transfer, EPC069-12)."""

import io
from decimal import Decimal
from typing import Final

from segno import helpers

from bot.domain.instructions import Transfer
from bot.domain.money import amount

_LONGEST_NAME: Final = 70
_MODULE_PIXELS: Final = 8
_QUIET_MODULES: Final = 4
"""The white frame that the standard of QR codes asks for."""


def transfer_qr(transfer: Transfer) -> bytes:
    """The QR code as a PNG: beneficiary, IBAN, amount, and the reason of the payment.

    Raises:
        ValueError: a value does not fit in such a code: there is nothing to pay, for one.
    """
    code = helpers.make_epc_qr(
        transfer.beneficiary[:_LONGEST_NAME],
        transfer.iban,
        Decimal(amount(transfer.due)),
        text=transfer.reason,
        bic=transfer.bic or None,
        encoding="UTF-8",
    )
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=_MODULE_PIXELS, border=_QUIET_MODULES)
    return picture.getvalue()
