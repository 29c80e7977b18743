"""A month of days to tap: under a plain message, and in a window.

The library's own calendar shows months of blank cells around the days that can be chosen, and its years on top. Here
there are only the weeks in which a day can be tapped, and the screen is the same in a window and below a reminder.
"""

from calendar import Calendar
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from typing import Any, Final

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.api.protocols import DialogManager, DialogProtocol
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Keyboard

from bot.dialogs.widgets.texts import translator_of
from bot.texts import Translator
from bot.texts.formats import month_name, weekday_names

_EMPTY = "·"
_DECEMBER = 12
_NOTHING = "-"
_DAY: Final = "%Y%m%d"
_MONTH: Final = "%Y%m"
_DAY_LENGTH = 8
_MONTH_LENGTH = 6

OnDay = Callable[[CallbackQuery, DialogManager, date], Coroutine[Any, Any, None]]


class DayPicker(Keyboard):
    """A calendar from `data[first]` to `data[limit]`, with a row that turns its months.

    The handler may be given a day out of the range, as a tap may come from an old screen: the service judges it.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - what aiogram-dialog calls it in every widget
        on_day: OnDay,
        *,
        first: str = "first",
        limit: str = "limit",
        when: WhenCondition = None,
    ) -> None:
        """Call `on_day(callback, manager, day)` for a day that is tapped."""
        super().__init__(id=id, when=when)
        self._on_day = on_day
        self._first = first
        self._limit = limit

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        first, limit = data[self._first], data[self._limit]
        month = _read(self.get_widget_data(manager, _NOTHING), _MONTH, _MONTH_LENGTH)
        rows = month_rows(
            month or first,
            first,
            max(first, limit),
            translator_of(manager),
            day_data=lambda day: self._item_callback_data(day.strftime(_DAY)),
            month_data=lambda day: self._item_callback_data(day.strftime(_MONTH)),
            nothing=self._item_callback_data(_NOTHING),
        )
        return [list(row) for row in rows]

    async def _process_item_callback(
        self,
        callback: CallbackQuery,
        data: str,
        dialog: DialogProtocol,  # noqa: ARG002 - the signature is aiogram-dialog's
        manager: DialogManager,
    ) -> bool:
        day = _read(data, _DAY, _DAY_LENGTH)
        if day is not None:
            await self._on_day(callback, manager, day)
        elif _read(data, _MONTH, _MONTH_LENGTH) is not None:
            self.set_widget_data(manager, data)
        return True


def start_over(manager: DialogManager, picker_id: str) -> None:
    """Let a picker show its first month again."""
    manager.current_context().widget_data.pop(picker_id, None)


def _read(text: str, shape: str, length: int) -> date | None:
    """The day or month that a button carries; None for a cell that only shows something, and for a forgery."""
    try:
        return datetime.strptime(text, shape).date() if len(text) == length else None  # noqa: DTZ007 - a day
    except ValueError:
        return None


def month_rows(
    month: date,
    first: date,
    limit: date,
    translator: Translator,
    day_data: Callable[[date], str],
    month_data: Callable[[date], str],
    nothing: str,
) -> list[tuple[InlineKeyboardButton, ...]]:
    """The rows of a keyboard that shows one month, Monday first.

    Args:
        month: any day of the month; the nearest with a day to tap is shown instead of one that has none.
        first: the first day that can be tapped.
        limit: the last one.
        translator: the language of months and weekdays.
        day_data: the data of a day's button.
        month_data: the data of the buttons that turn to another month, given its first day.
        nothing: the data of the cells that only show something.
    """
    shown = min(max(month.replace(day=1), first.replace(day=1)), limit.replace(day=1))
    before, after = (shown - timedelta(days=1)).replace(day=1), _next_month(shown)

    def cell(text: str, data: str = nothing) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=text, callback_data=data)

    def turn(text: str, to: date, *, possible: bool) -> InlineKeyboardButton:
        return cell(text, month_data(to)) if possible else cell(_EMPTY)

    head = (
        turn(translator.plain("pager-previous"), before, possible=before >= first.replace(day=1)),
        cell(month_name(shown, translator.locale)),
        turn(translator.plain("pager-next"), after, possible=after <= limit),
    )
    weeks = [
        tuple(
            cell(str(day.day), day_data(day))
            if day.month == shown.month and first <= day <= limit
            else cell(_EMPTY)
            for day in week
        )
        for week in Calendar().monthdatescalendar(shown.year, shown.month)
    ]
    possible = [week for week in weeks if any(each.callback_data != nothing for each in week)]
    return [head, tuple(cell(name) for name in weekday_names(translator.locale)), *possible]


def _next_month(day: date) -> date:
    return (
        day.replace(year=day.year + 1, month=1)
        if day.month == _DECEMBER
        else day.replace(month=day.month + 1)
    )
