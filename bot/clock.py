"""Time, as the parts of the bot receive it: passed in, never taken from the air.

Everything that depends on "now" is given a `Clock`, so that a test can hold the time still and a rule
that speaks of days can be checked on the very night when the clocks change.
"""

from datetime import UTC, date, datetime, tzinfo
from typing import Protocol


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


def today(clock: Clock, timezone: tzinfo) -> date:
    """Return the calendar day that it is now in `timezone`.

    Expiries and reminders are counted in days of the operator's zone (DOMAIN.md, section 6), not of UTC: at
    half past midnight in Rome it is still yesterday in UTC.
    """
    return clock.now().astimezone(timezone).date()
