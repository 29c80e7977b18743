"""One digest for all heads of a day, and the proof that a single head is among them (DOMAIN.md 7).

A tree of digests in which two stand beside each other wherever there are two; the last one of an odd row goes up by
itself. Leaves and inner points are digested apart, so that none passes for the other (as RFC 6962 has it).
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.evidence.chain import Chain, Head

EMPTY: Final = hashlib.sha256(b"").digest()
"""The root of a day on which nothing was recorded."""

Step = tuple[bool, bytes]
"""A digest that stands beside the way up: whether it is at the left, and the digest."""


def leaf(chain: Chain, head: Head) -> bytes:
    """The digest of a chain's head."""
    text = f"{chain.subject.value}\n{chain.id}\n{head.sequence}\n{head.link.hex()}"
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree; as many digests are held as the tree has rows, however many leaves there are."""
    rows: list[bytes | None] = []
    for each in leaves:
        carried = each
        for height, waiting in enumerate(rows):
            if waiting is None:
                rows[height] = carried
                break
            rows[height] = None
            carried = _join(waiting, carried)
        else:
            rows.append(carried)
    root: bytes | None = None
    for waiting in rows:
        if waiting is not None:
            root = waiting if root is None else _join(waiting, root)
    return EMPTY if root is None else root


def way_up(leaves: Sequence[bytes], place: int) -> tuple[Step, ...]:
    """The digests that lead from the leaf at a place (from 0) to the root.

    Raises:
        IndexError: there is no such place.
    """
    if not 0 <= place < len(leaves):
        raise IndexError(place)
    steps: list[Step] = []
    row = list(leaves)
    while len(row) > 1:
        beside = place ^ 1
        if beside < len(row):
            steps.append((beside < place, row[beside]))
        row = [
            _join(*pair) if len(pair := row[index : index + 2]) == 2 else pair[0]  # noqa: PLR2004 - a pair
            for index in range(0, len(row), 2)
        ]
        place //= 2
    return tuple(steps)


def climb(start: bytes, steps: Iterable[Step]) -> bytes:
    """The root that a way up from a leaf leads to."""
    for at_left, beside in steps:
        start = _join(beside, start) if at_left else _join(start, beside)
    return start


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
