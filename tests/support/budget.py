"""What a screen may take of a phone: its height, the length of its labels, rows told apart (VOICE.md, Length)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.playground.messages import Message
from tests.support.phone import SCREEN_PX, shown
from tests.support.screens import EMPTY_CELL

LABEL_CHARACTERS: Final = {1: 30, 2: 14, 3: 9}
"""Characters of a label by how many buttons share its row; more than three are cells of a calendar or of a counter."""
CELL_CHARACTERS: Final = 4

FIXED_BY_LAW: Final = {
    "renewal-recap-order": ("Ordine con obbligo di pagare", "Order with obligation to pay"),
    "withdrawal-open": ("Recedere dal contratto qui", "Withdraw from the contract here"),
    "withdrawal-confirm": ("Conferma recesso", "Confirm withdrawal"),
}
"""The words are the law's (arts. 51 and 54-bis Consumer Code): their buttons are as long as they are."""

LONGER: Final[Mapping[str, str]] = {}
"""The labels that may be longer all the same, each with its reason: five at most, none on the express way."""

KNOWN_HEIGHTS: Final[Mapping[str, int]] = {
    "OrderStates:lines": 1270,
    "OrderStates:order": 1879,
    "RenewalStates:item": 931,
    "RenewalStates:kit": 960,
    "RenewalStates:kit_holder": 777,
    "RenewalStates:mailboxes": 856,
    "RenewalStates:offer": 1113,
    "RenewalStates:payment": 1231,
    "RenewalStates:placed": 1833,
    "RenewalStates:plan": 777,
    "RenewalStates:plan_change": 868,
    "RenewalStates:recap": 2082,
    "RenewalStates:recap_lines": 1606,
    "RenewalStates:recipient": 710,
    "RenewalStates:registrant": 953,
    "RenewalStates:registrant_fields": 782,
    "RenewalStates:shipping": 709,
    "RenewalStates:space": 889,
    "RenewalStates:years": 934,
    "SettingsStates:mailbox": 761,
    "SettingsStates:steps": 764,
}
"""States whose tallest screen is taller than a phone, with its pixels: to be cut, never to be added to."""

KNOWN_LABELS: Final = frozenset(
    {
        "OrderStates:cancel",
        "OrderStates:order",
        "RenewalStates:archive_loss",
        "RenewalStates:edit",
        "RenewalStates:holder",
        "RenewalStates:kit",
        "RenewalStates:kit_holder",
        "RenewalStates:mailboxes",
        "RenewalStates:offer",
        "RenewalStates:payment",
        "RenewalStates:plan",
        "RenewalStates:recap",
        "RenewalStates:registrant",
        "RenewalStates:registrant_fields",
        "RenewalStates:shipping",
        "RenewalStates:space",
        "RenewalStates:unavailable",
        "SettingsStates:mailboxes",
        "SettingsStates:silence",
    }
)
"""States with labels that are too long, or that begin alike: to be cut, never to be added to."""


def over_budget(state: str, message: Message) -> Iterator[str]:
    """Say what of a screen a phone does not show as it is meant."""
    px = shown(message).px
    if px > KNOWN_HEIGHTS.get(state, SCREEN_PX):
        yield f"{px} px high, of {SCREEN_PX}"
    if state not in KNOWN_LABELS:
        yield from _long_labels(message)
        yield from _alike(message.labels)


def _long_labels(message: Message) -> Iterator[str]:
    for row in message.labels:
        most = LABEL_CHARACTERS.get(len(row), CELL_CHARACTERS)
        for label in row:
            if len(label) > most and not _is_exempt(label):
                yield f"{label!r} has {len(label)} characters, of {most}"


def _is_exempt(label: str) -> bool:
    fixed = (words for both in FIXED_BY_LAW.values() for words in both)
    return label.startswith((*fixed, *LONGER))


def _alike(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of a list begin with what tells them apart: a name, an address, a number of years."""
    names = [row[0].split(" · ")[0] for row in rows if len(row) == 1 and row[0] != EMPTY_CELL]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{names.count(name)} rows begin with {name!r}"
