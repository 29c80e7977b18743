"""How far the conversation has come, and how full a space is."""

from decimal import Decimal
from typing import Any

from aiogram_dialog.api.protocols import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.text import Text

_DONE = "▰"
_AHEAD = "▱"
_WIDEST = 12
"""Segments that fit on one line of a narrow phone beside the numbers."""


_SHARE_SEGMENTS = 8
"""Segments that leave room on a line for what is measured and for both numbers."""


def progress_bar(position: int, total: int) -> str:
    """Return a bar with the numbers beside it: `▰▰▰▱▱▱▱▱ 3/8`.

    One segment is one step; above twelve steps the bar is scaled, and it is full only at the last step.

    Raises:
        ValueError: `position` is not between 0 and `total`, or there are no steps.
    """
    if total < 1 or not 0 <= position <= total:
        raise ValueError(f"there is no step {position} of {total}")
    width = min(total, _WIDEST)
    done = position * width // total
    return f"{_DONE * done}{_AHEAD * (width - done)} {position}/{total}"


def share_bar(part: Decimal, whole: Decimal) -> str:
    """Return a bar of how much of `whole` a `part` takes: `▰▰▰▱▱▱▱▱`.

    It has a segment as soon as there is anything, and is full only when all is taken; what is more than all is full.

    Raises:
        ValueError: there is no whole, or less than nothing of it is taken.
    """
    if whole <= 0 or part < 0:
        raise ValueError(f"{part} is no part of {whole}")
    done = min(int(part * _SHARE_SEGMENTS / whole), _SHARE_SEGMENTS) or int(part > 0)
    return f"{_DONE * done}{_AHEAD * (_SHARE_SEGMENTS - done)}"


class ProgressBar(Text):
    """The bar as a line of its own, from two numbers in the window's data."""

    def __init__(self, position: str = "step", total: str = "steps", when: WhenCondition = None) -> None:
        """Read the step from `data[position]` and their number from `data[total]`."""
        super().__init__(when=when)
        self.position = position
        self.total = total

    async def _render_text(
        self,
        data: dict[str, Any],
        manager: DialogManager,  # noqa: ARG002 - the signature is aiogram-dialog's
    ) -> str:
        return progress_bar(data[self.position], data[self.total])
