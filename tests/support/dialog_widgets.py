"""Looking inside dialogs: which widget ids their windows have.

The same id in two windows of one dialog makes the second of two quick taps act on the next window, so that
a step is skipped: ids are unique within a dialog.
"""

from collections import Counter
from collections.abc import Iterator

from aiogram_dialog import Dialog
from aiogram_dialog.api.internal import WindowProtocol
from aiogram_dialog.widgets.common import Actionable, BaseWidget


def widget_ids(window: WindowProtocol) -> list[str]:
    """Return the ids of all widgets of a window, each as often as it occurs."""
    return [
        widget.widget_id
        for widget in _widgets(list(vars(window).values()), set())
        if isinstance(widget, Actionable) and widget.widget_id is not None
    ]


def widgets_of(window: WindowProtocol) -> Iterator[BaseWidget]:
    """Give all widgets of a window."""
    return _widgets(list(vars(window).values()), set())


def repeated_widget_ids(dialog: Dialog) -> dict[str, list[str]]:
    """Return the ids that occur more than once in a dialog, with the states of the windows that have them."""
    counts: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    for state, window in dialog.windows.items():
        for widget_id in widget_ids(window):
            counts[widget_id] += 1
            places.setdefault(widget_id, []).append(str(state.state))
    return {widget_id: places[widget_id] for widget_id, count in counts.items() if count > 1}


def _widgets(values: list[object], seen: set[int]) -> Iterator[BaseWidget]:
    """Give every widget below `values`, once, whatever attribute, list or table of its parent holds it."""
    for value in values:
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, BaseWidget):
            yield value
            yield from _widgets(list(vars(value).values()), seen)
        elif isinstance(value, dict):
            yield from _widgets(list(value.values()), seen)
        elif isinstance(value, list | tuple):
            yield from _widgets(list(value), seen)
