"""The demo's clock: the machine's, ahead of it as far as somebody has travelled. Nothing in production knows it."""

import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, SystemClock


class TravelClock:
    """Goes as fast as another clock, and can be moved forward; it never goes back, whatever the other one does.

    How far it is ahead can be kept in a file, so that a demo which goes on with its database goes on with its time.
    """

    def __init__(
        self, machine: Clock | None = None, *, starts_at: datetime | None = None, kept_in: Path | None = None
    ) -> None:
        """Follow `machine`, the machine's own clock unless another is given.

        Args:
            machine: what is followed.
            starts_at: the moment it is now, aware; the machine's without it.
            kept_in: where the distance from the machine's clock is kept, and taken up again: a demo that was behind the
                machine stays behind it, unless `starts_at` is later.
        """
        self._machine = machine or SystemClock()
        self._kept_in = kept_in
        given = None if starts_at is None else starts_at - self._machine.now()
        known = [distance for distance in (given, self._kept()) if distance is not None]
        self._ahead = max(known, default=timedelta())
        self._travelled = timedelta()
        self._latest = self._machine.now() + self._ahead
        self._keep()

    def now(self) -> datetime:
        """Return the present moment of the demo as an aware datetime in UTC."""
        self._latest = max(self._latest, self._machine.now() + self._ahead)
        return self._latest

    def seconds(self) -> float:
        """Seconds of a clock that only grows, as fast as any: what was travelled has passed on it, too."""
        return time.monotonic() + self._travelled.total_seconds()

    def reach(self, moment: datetime) -> None:
        """Let it be that moment now; one that has passed changes nothing."""
        now = self.now()
        if moment <= now:
            return
        self._ahead += moment - now
        self._travelled += moment - now
        self._keep()

    def _kept(self) -> timedelta | None:
        if self._kept_in is None or not self._kept_in.exists():
            return None
        return timedelta(seconds=float(self._kept_in.read_text(encoding="ascii")))

    def _keep(self) -> None:
        if self._kept_in is not None:
            self._kept_in.write_text(str(self._ahead.total_seconds()), encoding="ascii")
