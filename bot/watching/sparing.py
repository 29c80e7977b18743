"""Lines of the log that strangers can cause: whoever calls at will fills no disk with them, and hides nothing."""

import logging
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


class SparingWarnings(logging.Filter):
    """Lets each warning of a library pass once a minute at most; the next one says how many were left out.

    A server warns of every call that is no HTTP, or wants what it does not have: whoever finds the port can cause it.
    What is worse than a warning always passes.
    """

    def __init__(self, clock: Clock) -> None:
        """Count the minutes by `clock`."""
        super().__init__()
        self._clock = clock
        self._written: dict[str, datetime] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written. Messages are told apart by their form, of which a library has few."""
        if record.levelno != logging.WARNING:
            return True
        form, now = str(record.msg), self._clock.now()
        written = self._written.get(form)
        if written is not None and now - written < BETWEEN:
            self._left_out[form] = self._left_out.get(form, 0) + 1
            return False
        left_out = self._left_out.pop(form, 0)
        if left_out:
            record.left_out_before = left_out
        self._written[form] = now
        return True
