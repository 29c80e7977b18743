"""Time, as the parts of the bot receive it: passed in, never taken from the air.

Everything that depends on "now" is given a `Clock`, so that a test can hold the time still and a rule
that speaks of days can be checked on the very night when the clocks change.
"""

from datetime import UTC, date, datetime, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

ROME: Final = ZoneInfo("Europe/Rome")
"""Where every day and hour that decides something is counted (DOMAIN.md 3.6 and 6), whatever `TIMEZONE` says."""


class Clock(Protocol):
    """Anything that knows what time it is."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        return datetime.now(UTC)


def today(clock: Clock) -> date:
    """Return the calendar day that it is now in Rome: at half past midnight there it is still yesterday in UTC."""
    return rome_day(clock.now())


def rome_day(moment: datetime) -> date:
    """Return the calendar day of an aware instant in Rome."""
    return moment.astimezone(ROME).date()


def rome_midnight(day: date) -> datetime:
    """Return the instant, aware, at which a calendar day begins in Rome."""
    return datetime.combine(day, time(), ROME)
