"""The reason that a payer wrote, as it is kept (DOMAIN.md 5)."""

import re
from typing import Final

LONGEST_REASON: Final = 140
"""Characters: what a SEPA transfer carries as its remittance text."""

CUT: Final = "…"
"""Stands behind a reason that was longer."""

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BROKEN_WORD: Final = re.compile(r"[^\W_]+$")


def kept_reason(text: str) -> str:
    """A reason as it is recorded and read: what is no text becomes blanks, what is too long is cut, and marked.

    It is cut before a word that does not fit whole, lest half of a number be read as one.
    """
    clean = _CONTROLS.sub(" ", text)
    if len(clean) <= LONGEST_REASON or (len(clean) == LONGEST_REASON + 1 and clean.endswith(CUT)):
        return clean
    kept = clean[:LONGEST_REASON]
    if clean[LONGEST_REASON].isalnum():
        kept = _BROKEN_WORD.sub("", kept) or kept
    return f"{kept}{CUT}"
