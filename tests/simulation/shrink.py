"""Makes a list shorter for as long as it still fails: delta debugging, as Zeller and Hildebrandt described it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def shortest(found: Sequence[T], fails: Callable[[Sequence[T]], bool], *, tries: int) -> list[T]:
    """A part of a list that fails and of which no single element can be left out, if so many tries suffice.

    Args:
        found: a list that fails.
        fails: whether a part of it fails too.
        tries: how often that is asked at most.
    """
    kept, pieces = list(found), 2
    while len(kept) > 1 and tries > 0:
        size = max(len(kept) // pieces, 1)
        for start in range(0, len(kept), size):
            without = kept[:start] + kept[start + size :]
            tries -= 1
            if without and fails(without):
                kept, pieces = without, max(pieces - 1, 2)
                break
            if tries <= 0:
                break
        else:
            if size == 1:
                break
            pieces = min(pieces * 2, len(kept))
    return kept
