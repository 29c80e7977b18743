"""The functions that Fluent files may call, one set for each language.

========================  =======================================================  ===========================
`MONEY($cents)`         integer cents of euro                                    `36,48 €`
`DATE($day)`            date, or aware datetime                                  `14/12/2026`
`DAY($day)`             the same without its year, for one that is near         `14/12`
`ARTICLE("dal", $day)`  what stands before a `DATE` in Italian, blank and all  `dal `, `dall'`
`LONGDATE($day)`        the same, in full                                        `lunedì 14 dicembre 2026`
`TIME($moment)`         aware datetime, shown in the bot's time zone             `09:58`
`SECONDS($moment)`      the same to the second                                   `09:58:01`
`ZONE($moment)`         the same: the name of that time                          `CET`
`GB($amount)`           int, float or Decimal                                    `1,5 GB`
`PERCENT($rate)`        a rate already in percent                                `22%`
`LIST($items)`          tuple or list of strings                                 `a, b e c`
========================  =======================================================  ===========================

fluent.runtime passes strings and numbers to functions as they are, refuses tuples, and would print a date
that no function has formatted in a style of its own. `Argument` carries dates and tuples through, and refuses
to be printed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Never
from zoneinfo import ZoneInfo

from babel import Locale as BabelLocale
from fluent.runtime.types import FluentType

from bot.texts import formats
from bot.texts.locale import Locale


class UnwritableError(TypeError):
    """A variable was printed although no text form of it goes without saying."""

    def __init__(self, variable: str, advice: str) -> None:
        """Name the variable and what to do."""
        super().__init__(f"variable ${variable} {advice}")
        self.variable = variable


class Argument(FluentType):
    """A value that only a function can turn into text; printed as it is, it raises `UnwritableError`."""

    def __init__(self, name: str, value: object, advice: str) -> None:
        """Carry `value`, the variable `name`, to a function; `advice` ends the error's sentence."""
        self.name = name
        self.value = value
        self.advice = advice

    def format(self, locale: BabelLocale) -> Never:  # noqa: ARG002 - the signature is fluent.runtime's
        """Refuse: the text must say how the value is written."""
        raise UnwritableError(self.name, self.advice)


def functions(locale: Locale, zone: ZoneInfo) -> dict[str, Callable[..., Any]]:
    """Return the functions for one language; each raises `TypeError` for a value it is not made for."""
    writer = _Writer(locale, zone)
    return {
        "MONEY": writer.money,
        "DATE": writer.short_date,
        "DAY": writer.day_of_the_year,
        "ARTICLE": writer.article,
        "LONGDATE": writer.long_date,
        "TIME": writer.clock_time,
        "SECONDS": writer.clock_seconds,
        "ZONE": writer.zone_name,
        "GB": writer.gigabytes,
        "PERCENT": writer.percent,
        "LIST": writer.enumeration,
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    locale: Locale
    zone: ZoneInfo

    def money(self, cents: object) -> str:
        if not isinstance(cents, int):
            raise TypeError(f"MONEY takes integer cents, not {_kind(cents)}")
        return formats.money(cents, self.locale)

    def short_date(self, day: object) -> str:
        return formats.short_date(_day(day, "DATE"), self.locale, self.zone)

    def day_of_the_year(self, day: object) -> str:
        return formats.day_of_the_year(_day(day, "DAY"), self.locale, self.zone)

    def article(self, word: object, day: object) -> str:
        if self.locale is not Locale.IT:
            raise TypeError("ARTICLE is for Italian alone")
        return formats.italian_article(str(word), _day(day, "ARTICLE"), self.zone)

    def long_date(self, day: object) -> str:
        return formats.long_date(_day(day, "LONGDATE"), self.locale, self.zone)

    def clock_time(self, moment: object) -> str:
        return formats.clock_time(_moment(moment, "TIME"), self.locale, self.zone)

    def clock_seconds(self, moment: object) -> str:
        return formats.clock_seconds(_moment(moment, "SECONDS"), self.locale, self.zone)

    def zone_name(self, moment: object) -> str:
        return formats.zone_name(_moment(moment, "ZONE"), self.locale, self.zone)

    def gigabytes(self, amount: object) -> str:
        return formats.gigabytes(_number(amount, "GB"), self.locale)

    def percent(self, rate: object) -> str:
        return formats.percent(_number(rate, "PERCENT"), self.locale)

    def enumeration(self, items: object) -> str:
        value = _unwrapped(items)
        if not isinstance(value, tuple):
            raise TypeError(f"LIST takes a tuple of strings, not {_kind(items)}")
        return formats.enumeration(value, self.locale)


def _unwrapped(value: object) -> object:
    return value.value if isinstance(value, Argument) else value


def _kind(value: object) -> str:
    inner = _unwrapped(value)
    return "str" if isinstance(inner, str) else type(inner).__name__


def _day(value: object, function: str) -> date:
    day = _unwrapped(value)
    if not isinstance(day, date):
        raise TypeError(f"{function} takes a date, not {_kind(value)}")
    return day


def _moment(value: object, function: str) -> datetime:
    moment = _unwrapped(value)
    if not isinstance(moment, datetime):
        raise TypeError(f"{function} takes a datetime, not {_kind(value)}")
    return moment


def _number(value: object, function: str) -> float | Decimal:
    if not isinstance(value, int | float | Decimal):
        raise TypeError(f"{function} takes a number, not {_kind(value)}")
    return value
