"""JSON that gives back exactly what it was given, for what the conversation remembers.

`json.dumps` would turn a tuple into a list and a number used as a key into text, and would fail on a date
only when the screen has already changed. Here everything that does not come back the same is refused when it
is set.
"""

import json
import math
from typing import Any


class NotJson(TypeError):
    """A value that JSON cannot give back as it was; the message says where, and what to store instead."""


def encode(data: dict[str, Any]) -> str:
    """Write `data` as JSON.

    Raises:
        NotJson: it holds, at any depth, something other than dict with text keys, list, text, int, finite
        float, bool
            and None. Subclasses count as something else: an enumeration member would come back as a plain
            value.
    """
    _check(data, "data")
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> dict[str, Any]:
    """Read what `encode` wrote."""
    data: dict[str, Any] = json.loads(text)
    return data


def _check(value: object, where: str) -> None:
    kind = type(value)
    if value is None or kind in {str, int, bool}:
        return
    if isinstance(value, float) and kind is float:
        if not math.isfinite(value):
            raise NotJson(f"{where} is {value}, which JSON does not know")
        return
    if isinstance(value, list) and kind is list:
        for position, item in enumerate(value):
            _check(item, f"{where}[{position}]")
        return
    if isinstance(value, dict) and kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise NotJson(f"{where} has the key {key!r}, which is not text")
            _check(item, f"{where}[{key!r}]")
        return
    raise NotJson(f"{where} is a {kind.__qualname__}: store plain text, numbers, lists or dicts, best an id")
