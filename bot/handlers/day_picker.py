"""A month of days to tap, under a plain message."""

from calendar import Calendar
from collections.abc import Callable
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton

from bot.handlers.buttons import Nothing
from bot.texts import Translator
from bot.texts.formats import month_name, weekday_names

_EMPTY = "·"
_DECEMBER = 12


def month_rows(
    month: date,
    first: date,
    limit: date,
    translator: Translator,
    day_data: Callable[[date], str],
    month_data: Callable[[date], str],
) -> list[tuple[InlineKeyboardButton, ...]]:
    """The rows of a keyboard that shows one month, Monday first.

    Args:
        month: any day of the month; the nearest with a day to tap is shown instead of one that has none.
        first: the first day that can be tapped.
        limit: the last one.
        translator: the language of months and weekdays.
        day_data: the data of a day's button.
        month_data: the data of the buttons that turn to another month, given its first day.
    """
    shown = min(max(month.replace(day=1), first.replace(day=1)), limit.replace(day=1))
    before, after = (shown - timedelta(days=1)).replace(day=1), _next_month(shown)
    nothing = Nothing().pack()

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
