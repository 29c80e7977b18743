"""Events that the first release wrote, and that waited across an update: they leave as it would have sent them.

Their facts are those of its messages, with fewer names than the contract asks for: what is missing cannot be made up.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.money import amount

_MONEY: Final = frozenset({"due", "missing", "net", "next_unit_net", "paid", "refund", "unit_net", "vat"})
"""Facts in cents, which leave as decimal strings."""
_OURS: Final = frozenset({"message", "order_text", "paid_text", "type"})
"""Facts that were there for our own messages only."""


def unversioned_data(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What such an event says."""
    return {name: _fact(name, value) for name, value in facts.items() if name not in _OURS}


def _fact(name: str, value: Any) -> Any:
    if name in _MONEY and isinstance(value, int):
        return amount(value)
    if isinstance(value, Mapping):
        return unversioned_data(value)
    if isinstance(value, list):
        return [_fact(name, each) for each in value]
    return value
