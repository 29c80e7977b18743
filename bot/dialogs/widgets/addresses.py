"""Addresses on buttons, where a phone shows few characters."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

MIN_WIDTH = 10
"""Below this many characters nothing of an address could be recognised."""

_ELLIPSIS = "…"
_LEAST_OF_DOMAIN = 4


def shortened_address(address: str, width: int) -> str:
    """Return the address in at most `width` characters, cut in the middle.

    The part before the `@` tells a holder's mailboxes apart, and so do its last characters: the domain is cut
    first, and keeps its end; only then the name, in its middle.

    Raises:
        ValueError: `width` is below `MIN_WIDTH`.
    """
    if width < MIN_WIDTH:
        raise ValueError(f"an address cannot be recognised in {width} characters")
    if len(address) <= width:
        return address
    name, _, domain = address.rpartition("@")
    left = width - len(name) - len("@…")
    if left >= _LEAST_OF_DOMAIN:
        return f"{name}@{_ELLIPSIS}{domain[-left:]}"
    return f"{_without_middle(name, width - len('@…'))}@{_ELLIPSIS}"


def told_apart(addresses: Sequence[str], width: int) -> Mapping[str, str]:
    """Return each address in at most `width` characters, no two alike.

    Those that `shortened_address` would make equal show where they differ: `info@…rossi.leg…`; what even that does not
    tell apart is numbered.

    Raises:
        ValueError: `width` is below `MIN_WIDTH`.
    """
    shown: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        groups.setdefault(shortened_address(address, width), []).append(address)
    for short, alike in groups.items():
        shown |= {alike[0]: short} if len(alike) == 1 else _by_difference(alike, width)
    return _numbered(shown, width)


def _by_difference(alike: Sequence[str], width: int) -> dict[str, str]:
    """The beginning of each, and then from where they first differ."""
    same = next(place for place, letters in enumerate(zip_longest(*alike)) if len(set(letters)) > 1)
    head = alike[0][: min(width // 3, same)]
    room = width - len(head) - len(_ELLIPSIS)
    start = max(len(head), same - 1)
    return {address: f"{head}{_ELLIPSIS}{_cut(address[start:], room)}" for address in alike}


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - len(_ELLIPSIS)]}{_ELLIPSIS}"


def _numbered(shown: Mapping[str, str], width: int) -> dict[str, str]:
    taken: set[str] = set()
    found: dict[str, str] = {}
    for address, short in shown.items():
        label, number = short, 1
        while label in taken:
            number += 1
            sign = f" {number}"
            label = f"{_cut(short, width - len(sign))}{sign}"
        taken.add(label)
        found[address] = label
    return found


def _without_middle(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    tail = (width - len(_ELLIPSIS)) * 2 // 5
    return f"{text[: width - len(_ELLIPSIS) - tail]}{_ELLIPSIS}{text[-tail:]}"
