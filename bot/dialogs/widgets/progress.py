"""How far the conversation has come."""

from typing import Any

from aiogram_dialog.api.protocols import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.text import Text

_DONE = "▰"
_AHEAD = "▱"
_WIDEST = 12
"""Segments that fit on one line of a narrow phone beside the numbers."""


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
