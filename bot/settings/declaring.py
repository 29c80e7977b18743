"""How a setting is declared: what reads it, what it should be, and what holds without it."""

from collections.abc import Callable
from dataclasses import field
from typing import Any, NamedTuple


class Described(NamedTuple):
    """A setting as it is explained to an operator."""

    name: str
    should_be: str
    default: str


def setting(parse: Callable[[str], Any], should_be: str, default: Any = None, says: str = "not set") -> Any:
    """Declare a setting. `should_be` completes "it should be …"; `says` describes the default."""
    return field(default=default, metadata={"parse": parse, "should_be": should_be, "says": says})
