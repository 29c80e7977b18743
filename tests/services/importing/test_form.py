"""In which form numbers and dates of a file are read, and what is refused because nothing tells."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.importing.columns import Column
from bot.services.importing.file_form import FileForm
from bot.services.importing.form_evidence import FormEvidence
from bot.services.importing.mailbox_cells import BadCell, usage_at
from bot.services.importing.notations import Date, as_iso, date_notation, with_point
from bot.services.importing.raw_rows import RawRow
from tests.support.builders import NOW

ROME = ZoneInfo("Europe/Rome")
USED, EXPIRY, MEASURED = Column.USED_MAILBOX_GB, Column.EXPIRES_ON, Column.USAGE_AT


def form_of(*rows: Mapping[Column, str], semicolons: bool = False, typed: Sequence[Column] = ()) -> FileForm:
    """The form of a file with these cells."""
    evidence = FormEvidence(day_first=semicolons)
    for row in rows:
        evidence.look(RawRow(2, row, typed=frozenset(typed)))
    return evidence.form("CSV")


def column(name: Column, *texts: str, semicolons: bool = False) -> list[str]:
    """How the cells of one column are read in a file that has no others; ``!`` and the reason where refused."""
    form = form_of(*({name: text} for text in texts), semicolons=semicolons)
    return [reading(form, name, text) for text in texts]


def reading(form: FileForm, name: Column, text: str) -> str:
    """The text as the contract writes it, or ``!`` and why it is refused."""
    try:
        return form.plain(name, text)
    except BadCell as bad:
        return f"!{bad}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["0.35", "1.000", "12"], ["0.35", "1.000", "12"]),  # the contract
        (["1.000", "2.400"], ["1.000", "2.400"]),  # nothing else: the contract
        (["0.350", "1.000"], ["0.350", "1.000"]),  # no thousand begins with a zero
        (["0,35", "1.000", "12"], ["0.35", "1000", "12"]),  # a thousand beside decimal commas
        (["1,250"], ["1.25"]),
        (["1.234,5", "0"], ["1234.5", "0"]),
        (["1.000.000", "7"], ["1000000", "7"]),
        (["2,0", "1,50"], ["2", "1.5"]),
    ],
)
def test_numbers_have_one_form(written: list[str], meant: list[str]) -> None:
    assert column(USED, *written) == meant


def test_numbers_of_both_forms_refuse_the_rarer_and_what_could_be_either() -> None:
    most_points = column(USED, "0.35", "0.40", "0,5", "1.000")
    assert most_points[:2] == ["0.35", "0.40"]
    assert "decimal comma where most of this file has a decimal point" in most_points[2]
    assert "one number or a thousand times as much" in most_points[3]
    most_commas = column(USED, "0,35", "0,40", "0.5", "1.000")
    assert most_commas[:2] == ["0.35", "0.4"]
    assert "decimal point where most of this file has a decimal comma" in most_commas[2]
    assert "one number or a thousand times as much" in most_commas[3]


def test_a_number_that_could_be_a_thousand_is_refused_beside_italian_dates() -> None:
    form = form_of({USED: "1.000", EXPIRY: "25/12/2026"})
    assert "the dates of this file are Italian" in reading(form, USED, "1.000")
    assert reading(form, USED, "12") == "12"


@pytest.mark.parametrize(
    ("written", "semicolons", "meant"),
    [
        (["2026-12-05"], False, ["2026-12-05"]),
        (["05/12/2026", "25/12/2026"], False, ["2026-12-05", "2026-12-25"]),  # a day above 12 tells
        (["05/12/2026", "5-1-2027"], True, ["2026-12-05", "2027-01-05"]),  # semicolons tell
        (["05.12.2026 06:00", "31.1.2027 6.30.15"], True, ["2026-12-05T06:00:00", "2027-01-31T06:30:15"]),
        (["05/12/26", ""], True, ["05/12/26", ""]),  # which century, only the next check may say
    ],
)
def test_dates_have_one_form(written: list[str], semicolons: bool, meant: list[str]) -> None:
    assert column(EXPIRY, *written, semicolons=semicolons) == meant


@pytest.mark.parametrize(
    ("written", "semicolons", "reasons"),
    [
        (["05/12/2026"], False, ["no date of this column has a day above 12"]),
        (["05/12/2026", "12/25/2026"], False, ["begins with the month"] * 2),
        (["05/12/2026", "12/25/2026"], True, ["begins with the month"] * 2),
        (["05/12/2026", "12/25/2026", "25/12/2026"], False, ["some with the other"] * 3),
        (["12/25/2026", "25/12/2026"], True, ["no month of that number", ""]),
        (["2026-12-05", "25/12/2026", "26/12/2026"], False, ["written year-month-day where most", "", ""]),
    ],
)
def test_dates_that_could_be_two_days_are_refused(
    written: list[str], semicolons: bool, reasons: list[str]
) -> None:
    for read, reason in zip(column(EXPIRY, *written, semicolons=semicolons), reasons, strict=True):
        assert read.startswith("!") is bool(reason)
        assert reason in read


def test_a_column_of_dates_tells_nothing_about_another() -> None:
    form = form_of({EXPIRY: "05/12/2026", MEASURED: "23/11/2026 06:00"})
    assert "no date of this column" in reading(form, EXPIRY, "05/12/2026")
    assert reading(form, MEASURED, "23/11/2026 06:00") == "2026-11-23T06:00:00"


def test_columns_of_text_are_left_alone() -> None:
    assert reading(form_of({USED: "0,35"}), Column.STREET, "1.000") == "1.000"


@pytest.mark.parametrize(
    ("row", "semicolons", "words"),
    [
        ({}, False, "CSV, numbers with a decimal point, dates as year-month-day"),
        ({USED: "0,35", EXPIRY: "05/12/2026"}, True, "CSV, Italian numbers and dates"),
        ({USED: "0,35", EXPIRY: "2026-12-05"}, True, "CSV, Italian numbers, dates as year-month-day"),
        ({USED: "0.35", EXPIRY: "25/12/2026"}, False, "CSV, Italian dates, numbers with a decimal point"),
        ({USED: "2", EXPIRY: "25/12/2026"}, False, "CSV, Italian dates"),
        (
            {USED: "2,5", EXPIRY: "25/12/2026", MEASURED: "23/11/2026 06:00"},
            True,
            "CSV, Italian numbers and dates, times without an offset as of Europe/Rome",
        ),
    ],
)
def test_the_form_is_said_in_words(row: dict[Column, str], semicolons: bool, words: str) -> None:
    assert form_of(row, semicolons=semicolons).described(ROME) == words


@given(st.integers(0, 9_999_999))
def test_a_number_in_italian_is_the_number(thousandths: int) -> None:
    whole, decimals = divmod(thousandths, 1000)
    for text in (f"{whole},{decimals:03d}", f"{whole:,}".replace(",", ".") + f",{decimals:03d}"):
        assert float(with_point(text)) == thousandths / 1000
        assert column(USED, "0,5", text)[1] == with_point(text)


@given(st.dates(date(2000, 1, 1), date(2056, 12, 31)), st.sampled_from("/-."))
def test_a_date_that_begins_with_the_day_is_that_day(day: date, mark: str) -> None:
    text = f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}"
    assert as_iso(text) == day.isoformat()
    assert date_notation(text) is (Date.DAY_FIRST if day.day > 12 else Date.EITHER)
    # In a column with a day above 12, whatever else stands in it, nothing is guessed and nothing is lost.
    assert column(EXPIRY, text, "25/12/2026")[0] == day.isoformat()


@given(st.lists(st.dates(date(2000, 1, 1), date(2056, 12, 31)), min_size=1, max_size=8))
def test_american_dates_are_never_read_as_others(days: list[date]) -> None:
    texts = [f"{day.month:02d}/{day.day:02d}/{day.year}" for day in days]
    if any(day.day > 12 for day in days):
        assert all(read.startswith("!") for read in column(EXPIRY, *texts))


def test_a_moment_without_an_offset_is_of_the_zone_unless_the_clocks_change_then() -> None:
    assert usage_at("2026-11-23T06:00:00", NOW, ROME) == NOW - timedelta(hours=5)
    for text in ("2026-10-25T02:30:00", "2026-03-29T02:30:00"):
        with pytest.raises(BadCell, match="comes twice or not at all"):
            usage_at(text, NOW, ROME)
    with pytest.raises(BadCell, match="has no offset"):
        usage_at("2026-11-23T06:00:00", NOW)
    assert isinstance(usage_at("2026-11-23T06:00:00+01:00", NOW, ROME), datetime)
