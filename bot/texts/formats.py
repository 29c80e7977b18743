"""Money, dates, space and lists as each language writes them (VOICE.md), through Babel.

The same functions stand behind the functions of the Fluent files, so that a number reads alike in a message,
in a terminal table and in an e-mail. All are pure: the time zone is an argument, the clock is never read.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale as BabelLocale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from bot.texts.locale import Locale

ROME = ZoneInfo("Europe/Rome")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_CENTS_PER_EURO = 100
_KEPT = 1024
"""How many amounts and days are remembered as they were written: Babel takes 0.1 ms for each."""
_SHORT_DATE = {Locale.IT: "dd/MM/yyyy", Locale.EN: "d MMM yyyy"}
_DAY = {Locale.IT: "dd/MM", Locale.EN: "d MMM"}
_LONG_DATE = "EEEE d MMMM yyyy"
_ELIDED = {"il": "l'", "al": "all'", "dal": "dall'", "del": "dell'", "nel": "nell'", "sul": "sull'"}
"""The articles of Italian before a vowel."""
_BEGIN_WITH_A_VOWEL = (8, 11)
"""Otto and undici: the only days of a month that are read with a vowel first ("uno" is read "primo")."""


@lru_cache(maxsize=_KEPT)
def money(cents: int, locale: Locale) -> str:
    """Return integer cents of euro as money: `36,48 €` (with a no-break space) or `€36.48`."""
    return format_currency(Decimal(cents) / _CENTS_PER_EURO, "EUR", locale=locale.babel)


@lru_cache(maxsize=_KEPT)
def bare_amount(cents: int, locale: Locale) -> str:
    """Return integer cents as an amount to be typed into a form: `1234,50` or `1234.50`, nothing around it."""
    return format_decimal(Decimal(cents) / _CENTS_PER_EURO, format="0.00", locale=locale.babel)


def short_date(value: date, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return `14/12/2026` or `14 Dec 2026`.

    An aware datetime is taken as its day in `zone`; a naive one raises `ValueError`.
    """
    return _date(local_day(value, zone), _SHORT_DATE[locale], locale)


def day_of_the_year(value: date, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return `14/12` or `14 Dec`, for a day that is near; datetimes as in `short_date`."""
    return _date(local_day(value, zone), _DAY[locale], locale)


def italian_article(word: str, day: date, zone: ZoneInfo = ROME) -> str:
    """Return the article `word` as it stands before a short date: `dal `, but `dall'` before 8 and 11.

    The blank is part of it; a capital stays one. Datetimes as in `short_date`; a word that is no article
    before a day raises `ValueError`.
    """
    elided = _ELIDED.get(word.lower())
    if elided is None:
        raise ValueError(f"{word!r} is none of {', '.join(_ELIDED)}")
    if local_day(day, zone).day not in _BEGIN_WITH_A_VOWEL:
        return f"{word} "
    return elided.capitalize() if word[0].isupper() else elided


def long_date(value: date, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return `lunedì 14 dicembre 2026` or `Monday 14 December 2026`; datetimes as in `short_date`."""
    return _date(local_day(value, zone), _LONG_DATE, locale)


def month_name(value: date, locale: Locale) -> str:
    """Return a month as the head of a narrow calendar: `dic 2026`, `Dec 2026`."""
    return str(format_date(value, format="LLL yyyy", locale=locale.babel))


def weekday_names(locale: Locale) -> tuple[str, ...]:
    """Return the days of the week as the columns of a narrow calendar, Monday first: `lu`, `ma` and so on."""
    names = BabelLocale.parse(locale.babel).days["stand-alone"]["abbreviated"]
    return tuple(str(names[day])[:2] for day in range(7))


def clock_time(value: datetime, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return the time of day in `zone`, `09:58`. A naive datetime raises `ValueError`."""
    return format_time(_localised(value, zone), format="HH:mm", locale=locale.babel)


def clock_seconds(value: datetime, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return the time of day in `zone` to the second, `09:58:01`. A naive datetime raises `ValueError`."""
    return format_time(_localised(value, zone), format="HH:mm:ss", locale=locale.babel)


def zone_name(value: datetime, locale: Locale, zone: ZoneInfo = ROME) -> str:
    """Return how the time in `zone` is called at that moment, `CET` in winter and `CEST` in summer."""
    return format_time(_localised(value, zone), format="z", locale=locale.babel)


@lru_cache(maxsize=_KEPT)
def gigabytes(value: float | Decimal, locale: Locale) -> str:
    """Return an amount of space in GB, at most two decimals: `1,5 GB` or `1.5 GB` (no-break space)."""
    return f"{format_decimal(value, format='#,##0.##', locale=locale.babel)}{NO_BREAK_SPACE}GB"


@lru_cache(maxsize=_KEPT)
def percent(value: float | Decimal, locale: Locale) -> str:
    """Return a rate that is already in percent, such as a VAT of `Decimal("22")`: `22%`, `22,5%`."""
    return f"{format_decimal(value, format='#,##0.##', locale=locale.babel)}%"


def enumeration(items: Sequence[str], locale: Locale) -> str:
    """Join strings as the language writes a list: `a, b e c` or `a, b and c`; nothing gives nothing."""
    return format_list(items, style="standard", locale=locale.babel)


def country_name(code: str, locale: Locale) -> str:
    """Return the name of a country by its ISO 3166 alpha-2 code: `Germania`; an unknown code as it is."""
    return str(BabelLocale.parse(locale.babel).territories.get(code, code))


@lru_cache(maxsize=_KEPT)
def _date(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, format=pattern, locale=locale.babel)


def local_day(value: date, zone: ZoneInfo = ROME) -> date:
    """Return the calendar day of `value`: a date is its own day, an aware datetime its day in `zone`."""
    return _localised(value, zone).date() if isinstance(value, datetime) else value


def _localised(value: datetime, zone: ZoneInfo) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a datetime without a time zone cannot be shown")
    return value.astimezone(zone)
