"""Texts that were written before: a text is a function of its key and of the values that it needs.

Most of what a window says is said to everybody: labels, headings, prices of the catalogue, dates. Writing a text
takes a hundred times as long as finding it.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

_MOST: Final = 2048
"""Texts of one language that are kept; of the least used the place goes to a new one."""
_LONGEST: Final = 80
"""Characters of a value: a longer one is a paragraph, or what somebody has written, and hardly comes again."""

Values = tuple[object, ...]
Said = tuple[str, bool, Values]


class Written:
    """The texts of one language that were written last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: OrderedDict[Said, str] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._texts)

    def get(self, said: Said) -> str | None:
        """The text, if it was written before."""
        text = self._texts.get(said)
        if text is not None:
            self._texts.move_to_end(said)
        return text

    def keep(self, said: Said, text: str) -> None:
        """Keep a text that was written just now."""
        self._texts[said] = text
        if len(self._texts) > _MOST:
            self._texts.popitem(last=False)


def stable(values: Sequence[object]) -> Values | None:
    """Values as a key that two texts share only if they are written alike; None where they are not to be kept."""
    found: list[object] = []
    for value in values:
        kind = type(value)
        if isinstance(value, str):
            if len(value) > _LONGEST:
                return None
            found.append((kind, value))
        elif value is None or isinstance(value, int | float | date):
            found.append((kind, value))
        elif isinstance(value, Decimal):
            found.append((kind, str(value)))
        elif isinstance(value, tuple | list):
            items = stable(value)
            if items is None:
                return None
            found.append((kind, items))
        else:
            return None
    return tuple(found)
