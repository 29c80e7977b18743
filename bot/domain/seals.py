"""Seals: what a button carries of what it was drawn for, so that a change before the tap is noticed (DOMAIN.md 3.8).

A seal is the amount due, and a digest of all else. At the tap the same is made of what is so by then: where it differs,
what was read no longer holds.
"""

import base64
import hashlib
import re
from typing import Final

from bot.domain.money import Cents

_SEAL: Final = re.compile(r"([0-9a-f]{1,9})-[A-Za-z0-9_-]{6,10}")


def seal(due: Cents, digests: str) -> str:
    """The cents due (hexadecimal), and 6 to 10 characters of `digest`: at most 20, to fit in a button's data."""
    return f"{due:x}-{digests}"


def sealed_due(text: str) -> Cents | None:
    """The cents that the seal was made for; None when the text is no seal."""
    found = _SEAL.fullmatch(text)
    return None if found is None else int(found.group(1), base=16)


def digest(agreed: object, length: int) -> str:
    """So many characters (`A-Za-z0-9_-`) that stand for a value, which has a `repr` of its own."""
    made = hashlib.sha256(repr(agreed).encode()).digest()
    return base64.urlsafe_b64encode(made)[:length].decode()
