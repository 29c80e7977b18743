"""Money as whole euro cents; decimal strings only where it leaves the program."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeAlias

Cents: TypeAlias = int
"""Euro cents. Never a float, never a Decimal of euros inside the program."""

CURRENCY: Final = "EUR"

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,8})\.[0-9]{2}")


def amount(cents: Cents) -> str:
    """Write cents as the decimal string of the contracts with the world, such as `36.48`.

    Raises:
        ValueError: for a negative amount, which no contract knows.
    """
    if cents < 0:
        raise ValueError(f"a negative amount cannot be sent: {cents} cents")
    return f"{cents // 100}.{cents % 100:02d}"


def signed_amount(cents: Cents) -> str:
    """The same for the operator's own eyes: below zero for what no longer counts for an order."""
    return f"-{amount(-cents)}" if cents < 0 else amount(cents)


def parse_amount(text: str) -> Cents:
    """Read a decimal string of euros with exactly two decimals, such as `36.48`.

    Raises:
        ValueError: when the text is anything else; the message shows the form expected.
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount: write euros with two decimals, such as 36.48")
    return int(text.replace(".", ""))


def vat_on(net: Cents, percent: Decimal) -> Cents:
    """VAT on a net amount, rounded half up to the cent, as Italian invoices do for each line."""
    return int((net * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def gross(net: Cents, percent: Decimal) -> Cents:
    """A net amount with its VAT."""
    return net + vat_on(net, percent)
