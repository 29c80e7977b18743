"""Whole renewals, from the reminder to the order: the buttons, each by what is enough of its words to tell it."""

from typing import Final

SHORT_WAY: Final = (
    "Rinnova per 1 anno",
    "Bonifico bancario",
    "Accetto",
    "Approvo",
    "Ho letto",
    "Ordine con obbligo di pagare",
)
"""As it is, for a year."""

LONG_WAY: Final = (
    "Altre scelte",
    "Cambia piano",
    "Premium",
    "Passa a",
    "+1 casella",
    "Continua",
    "Senza kit",
    "Confermo",
    "Bonifico bancario",
    "2 anni",
    "Accetto",
    "Approvo",
    "Ho letto",
    "Ordine con obbligo di pagare",
)
"""Another plan, more space, every step."""
