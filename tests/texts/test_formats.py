"""Money, dates and amounts read as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Locale, formats

IT, EN = Locale.IT, Locale.EN
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("cents", "italian", "english"),
    [
        (3648, f"36,48{NBSP}€", "€36.48"),
        (0, f"0,00{NBSP}€", "€0.00"),
        (5, f"0,05{NBSP}€", "€0.05"),
        (-1250, f"-12,50{NBSP}€", "-€12.50"),
        (123456, f"1.234,56{NBSP}€", "€1,234.56"),
        (100000000, f"1.000.000,00{NBSP}€", "€1,000,000.00"),
    ],
)
def test_money(cents: int, italian: str, english: str) -> None:
    assert formats.money(cents, IT) == italian
    assert formats.money(cents, EN) == english


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_money_loses_no_cent(cents: int) -> None:
    for locale in Locale:
        digits = "".join(char for char in formats.money(cents, locale) if char.isdigit() or char == "-")
        assert int(digits) == cents


def test_dates() -> None:
    day = date(2026, 12, 14)
    assert formats.short_date(day, IT) == "14/12/2026"
    assert formats.short_date(day, EN) == "14 Dec 2026"
    assert formats.long_date(day, IT) == "lunedì 14 dicembre 2026"
    assert formats.long_date(day, EN) == "Monday 14 December 2026"
    assert formats.short_date(date(2027, 3, 5), IT) == "05/03/2027"


def test_before_8_and_11_an_italian_article_loses_its_vowel() -> None:
    elided = [
        day
        for day in range(1, 32)
        if formats.italian_article("dal", date(2026, 12, day)) + str(day) != f"dal {day}"
    ]
    assert elided == [8, 11]
    eighth = date(2026, 12, 8)
    words = ("il", "al", "dal", "del", "nel", "sul", "Il")
    assert [formats.italian_article(word, eighth) for word in words] == (
        ["l'", "all'", "dall'", "dell'", "nell'", "sull'", "L'"]
    )
    # Late in the evening of the 10th in London it is the 11th in Rome.
    assert formats.italian_article("Del", datetime(2026, 12, 10, 23, 30, tzinfo=UTC)) == "Dell'"
    with pytest.raises(ValueError, match="'fino' is none of"):
        formats.italian_article("fino", eighth)


def test_a_moment_is_shown_by_the_clock_of_rome() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert formats.clock_time(late, IT) == "00:30"
    assert formats.short_date(late, IT) == "01/01/2027"
    assert formats.long_date(late, EN) == "Friday 1 January 2027"
    assert formats.clock_time(datetime(2026, 7, 1, 7, 58, tzinfo=UTC), EN) == "09:58"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 7, 1, 7, 58)  # noqa: DTZ001 - what must not get through
    for write in (formats.short_date, formats.long_date, formats.clock_time):
        with pytest.raises(ValueError, match="without a time zone"):
            write(naive, IT)


@pytest.mark.parametrize(
    ("amount", "italian", "english"),
    [
        (1, "1", "1"),
        (Decimal("1.50"), "1,5", "1.5"),
        (0.25, "0,25", "0.25"),
        (Decimal("7.999"), "8", "8"),
        (1500, "1.500", "1,500"),
    ],
)
def test_gigabytes(amount: float | Decimal, italian: str, english: str) -> None:
    assert formats.gigabytes(amount, IT) == f"{italian}{NBSP}GB"
    assert formats.gigabytes(amount, EN) == f"{english}{NBSP}GB"


def test_percent() -> None:
    assert formats.percent(Decimal(22), IT) == "22%"
    assert formats.percent(Decimal("22.00"), EN) == "22%"
    assert formats.percent(Decimal("22.5"), IT) == "22,5%"
    assert formats.percent(Decimal("22.5"), EN) == "22.5%"


def test_lists() -> None:
    assert formats.enumeration(("a", "b", "c"), IT) == "a, b e c"
    assert formats.enumeration(("a", "b", "c"), EN) == "a, b and c"
    assert formats.enumeration(("a", "b"), IT) == "a e b"
    assert formats.enumeration(("a",), IT) == "a"
    assert formats.enumeration((), IT) == ""
    assert formats.enumeration(("{0}", "{1}", "{x}"), EN) == "{0}, {1} and {x}"


@pytest.mark.parametrize(
    ("code", "locale"),
    [("it", IT), ("it-IT", IT), ("IT", IT), (None, IT), ("", IT), ("en", EN), ("en-GB", EN), ("de", EN)],
)
def test_a_telegram_language_becomes_one_of_ours(code: str | None, locale: Locale) -> None:
    assert Locale.of(code) is locale


def test_countries() -> None:
    assert formats.country_name("DE", IT) == "Germania"
    assert formats.country_name("DE", EN) == "Germany"
    assert formats.country_name("??", IT) == "??"


def test_the_head_and_the_columns_of_a_calendar_fit_on_a_phone() -> None:
    assert (formats.month_name(date(2026, 12, 1), IT), formats.month_name(date(2026, 12, 1), EN)) == (
        "dic 2026",
        "Dec 2026",
    )
    assert formats.weekday_names(IT) == ("lu", "ma", "me", "gi", "ve", "sa", "do")
    assert formats.weekday_names(EN) == ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
