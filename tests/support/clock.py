"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class FrozenClock:
    """Always the same moment, 2026-11-23 10:00 UTC unless told otherwise."""

    def __init__(self, moment: datetime = datetime(2026, 11, 23, 10, tzinfo=UTC)) -> None:
        """Stop at ``moment``, an aware datetime."""
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return self.moment.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by
