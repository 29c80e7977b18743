"""What a screen may take of a phone: its height, the length of its labels, rows told apart (VOICE.md, Length)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.playground.messages import Message
from tests.support.phone import SCREEN_PX, cell_px, label_px, shown
from tests.support.screens import EMPTY_CELL

LABEL_CHARACTERS: Final = {1: 30, 2: 14}
"""Characters of a label in a row of its own, and where two share one; in narrower cells its pixels count."""

FIXED_BY_LAW: Final = {
    "renewal-recap-order": ("Ordine con obbligo di pagare", "Order with obligation to pay"),
    "withdrawal-open": ("Recedere dal contratto qui", "Withdraw from the contract here"),
    "withdrawal-confirm": ("Conferma recesso", "Confirm withdrawal"),
}
"""The words are the law's (arts. 51 and 54-bis Consumer Code): their buttons are as long as they are."""

LONGER: Final[Mapping[str, str]] = {
    "○ Smart card": "the operator names the kit, and its price stands beside it",
    "● Smart card": "as above, chosen",
    "○ Standard · ": "the price of a plan and its difference are compared with those of the others",
}
"""How labels begin that may be longer all the same, each with its reason: five at most, none on the express way."""


def over_budget(message: Message) -> Iterator[str]:
    """Say what of a screen a phone does not show as it is meant."""
    px = shown(message).px
    if px > SCREEN_PX:
        yield f"{px} px high, of {SCREEN_PX}"
    yield from _long_labels(message)
    yield from _alike(message.labels)


def _long_labels(message: Message) -> Iterator[str]:
    for row in message.labels:
        most = LABEL_CHARACTERS.get(len(row))
        for label in row:
            if _is_exempt(label):
                continue
            if most is not None and len(label) > most:
                yield f"{label!r} has {len(label)} characters, of {most}"
            if most is None and label_px(label) > cell_px(len(row)):
                yield f"{label!r} does not fit where {len(row)} share a row"


def _is_exempt(label: str) -> bool:
    fixed = (words for both in FIXED_BY_LAW.values() for words in both)
    return label.startswith((*fixed, *LONGER))


def _alike(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of a list begin with what tells them apart: a name, an address, a number of years."""
    names = [row[0].split(" · ")[0] for row in rows if len(row) == 1 and row[0] != EMPTY_CELL]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{names.count(name)} rows begin with {name!r}"
