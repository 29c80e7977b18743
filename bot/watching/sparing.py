"""Lines of the log that strangers can cause: whoever calls at will fills no disk with them, and hides nothing."""

from datetime import datetime, timedelta
from typing import Any, Final

from structlog.typing import FilteringBoundLogger

from bot.clock import Clock

BETWEEN: Final = timedelta(minutes=1)
"""After a line, its like are only counted for so long."""


class Sparing:
    """Warns of one kind of event, once a minute at most; the next line says how many were left out."""

    def __init__(self, log: FilteringBoundLogger, event: str, clock: Clock) -> None:
        """Write `event` to `log`."""
        self._log = log
        self._event = event
        self._clock = clock
        self._written: datetime | None = None
        self._left_out = 0

    def warn(self, **facts: Any) -> None:
        """Write a line with these facts, or count it."""
        now = self._clock.now()
        if self._written is not None and now - self._written < BETWEEN:
            self._left_out += 1
            return
        if self._left_out:
            facts["left_out_before"] = self._left_out
        self._log.warning(self._event, **facts)
        self._written, self._left_out = now, 0
