"""Addresses on buttons, where a phone shows few characters."""

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


def _without_middle(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    tail = (width - len(_ELLIPSIS)) * 2 // 5
    return f"{text[: width - len(_ELLIPSIS) - tail]}{_ELLIPSIS}{text[-tail:]}"
