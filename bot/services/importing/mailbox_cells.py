"""Reading the cells of a mailbox: each function takes the text of one cell, and says what to write instead.

Errors::

    BadCell (ValueError)    the message is the reason, for the operator
"""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from bot.domain.catalogue import Catalogue, Plan
from bot.domain.registrant import Context, Field, FieldError, clean, plain_address

LANGUAGES: Final = ("it", "en")
_LONGEST_CODE: Final = 64
_THOUSANDTHS: Final = 1000
_FIRST_YEAR: Final = 2000
_YEARS_AHEAD: Final = 30
_YEARS_BOUGHT: Final = 10
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
"""The years 2000 to 2099 as spreadsheets count days."""
_SERIAL_EPOCH: Final = date(1899, 12, 30).toordinal()
_CLOCK_SKEW: Final = timedelta(hours=1)

_TRUE: Final = frozenset({"true", "vero"})
_FALSE: Final = frozenset({"false", "falso"})

_WHOLE: Final = re.compile(r"[0-9]{1,6}")
_DECIMAL: Final = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_NAIVE: Final = re.compile(_DATE.pattern + _TIME)
_INSTANT: Final = re.compile(_DATE.pattern + _TIME + r"(?:Z|[+-][0-9]{2}:?[0-9]{2})")
_INSTANT_EXAMPLE: Final = "2026-11-23T06:00:00+01:00"


class BadCell(ValueError):
    """A cell cannot be read; the message is the reason."""


def customer(text: str) -> str:
    """The operator's own code of the customer, as it is written."""
    if not text:
        raise BadCell("is empty: write your own code of the customer")
    if len(text) > _LONGEST_CODE or not text.isprintable():
        raise BadCell(f"should have at most {_LONGEST_CODE} printable characters")
    return text


def language(text: str) -> str:
    """The language of messages to the customer."""
    if text.lower() not in LANGUAGES:
        raise BadCell("should be it or en")
    return text.lower()


def email(text: str) -> str:
    """An e-mail or PEC address in lower case."""
    if plain := plain_address(text):
        return plain
    try:
        return clean(Field.REFERENCE_EMAIL, text, Context(), required=True)
    except FieldError:
        raise BadCell("is not an e-mail address: write one such as nome@example.com") from None


def plan(text: str, catalogue: Catalogue) -> Plan:
    """A plan of the catalogue, also one withdrawn from sale."""
    return catalogue.plans[_one_of(text, catalogue.plans, "plan")]


def promotion(text: str, catalogue: Catalogue) -> str | None:
    """The id of a promotion of the catalogue, None for an empty cell."""
    return _one_of(text, catalogue.promotions, "promotion") if text else None


def expires_on(text: str, today: date) -> date:
    """The last day on which the mailbox is paid."""
    if _INSTANT.fullmatch(text) or _NAIVE.fullmatch(text):
        raise BadCell(f"should be a date without a time: write {text[:10]}")
    if text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        day = date.fromordinal(_SERIAL_EPOCH + int(text))
        raise BadCell(f"is a spreadsheet's number of a day: format the column as a date (it would be {day})")
    if not _DATE.fullmatch(text):
        raise BadCell("should be a date as year, month, day: write for example 2026-11-23")
    day = _existing_date(text)
    if not _FIRST_YEAR <= day.year <= today.year + _YEARS_AHEAD:
        raise BadCell(f"should be a year between {_FIRST_YEAR} and {today.year + _YEARS_AHEAD}")
    return day


def is_far_away(day: date, today: date) -> bool:
    """Whether a mailbox paid until that day is odd: twice the five years that can be bought at once."""
    return day.year > today.year + _YEARS_BOUGHT


def extra_gb(text: str) -> int:
    """Whole GB bought beside the plan; an empty cell is none."""
    if not text:
        return 0
    if not _WHOLE.fullmatch(text):
        raise BadCell("should be a whole number of GB, such as 0 or 2")
    return int(text)


def used_milli_gb(text: str) -> int | None:
    """Space used, in thousandths of GB; None for an empty cell."""
    if not text:
        return None
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise BadCell("should be GB with a decimal point and at most three decimals, such as 1.25")
    whole, decimals = found.groups("0")
    return int(whole) * _THOUSANDTHS + int(decimals.ljust(3, "0"))


def usage_at(text: str, now: datetime, zone: tzinfo | None = None) -> datetime | None:
    """When the used space was measured, in UTC; None for an empty cell.

    A moment without an offset is one of `zone`; without a zone it is none.
    """
    if not text:
        return None
    is_local = not _INSTANT.fullmatch(text)
    if is_local:
        _check_local(text, zone)
    try:
        written = datetime.fromisoformat(text)
        moment = written.replace(tzinfo=zone).astimezone(UTC) if is_local else written.astimezone(UTC)
    except (ValueError, OverflowError):
        _existing_date(text[:10])
        raise BadCell("is not a time that exists: correct hours, minutes or offset") from None
    if is_local and moment != written.replace(tzinfo=zone, fold=1).astimezone(UTC):
        raise BadCell(
            "is an hour that comes twice or not at all, as the clocks are changed: write its offset from UTC"
        )
    if moment.year < _FIRST_YEAR:
        raise BadCell(f"should be a year from {_FIRST_YEAR} on")
    if moment > now + _CLOCK_SKEW:
        raise BadCell("lies in the future: write when the usage was measured")
    return moment


def _check_local(text: str, zone: tzinfo | None) -> None:
    """Refuse what is no moment at all, and one without an offset where no zone is given."""
    if _DATE.fullmatch(text):
        raise BadCell(f"is a date without a time, but usage grows old within a day: write {_INSTANT_EXAMPLE}")
    if not _NAIVE.fullmatch(text):
        raise BadCell(f"should be a moment with its offset from UTC: write for example {_INSTANT_EXAMPLE}")
    if zone is None:
        raise BadCell(
            f"has no offset from UTC, so it could be any of several moments: write {text}+01:00, or Z for UTC"
        )


def truth(text: str) -> bool:
    """`true` or `false`, or what an Italian spreadsheet makes of them: `VERO`, `FALSO`."""
    if text.lower() not in _TRUE | _FALSE:
        raise BadCell("should be true or false (a spreadsheet's VERO and FALSO are as good)")
    return text.lower() in _TRUE


def _existing_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell("is not a day of the calendar: correct month or day") from None


def _one_of(text: str, ids: Collection[str], noun: str) -> str:
    if text not in ids:
        raise BadCell(f"is not a {noun} of the catalogue: write one of {', '.join(ids) or '(it has none)'}")
    return text
