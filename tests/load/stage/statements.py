"""What SQLite is told: statements and transactions, as the database itself sees them.

It looks below SQLAlchemy, at the driver's own connections, so that no way around an engine's events goes uncounted.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

_BEGINS, _ENDS = ("BEGIN",), ("COMMIT", "ROLLBACK", "END")
_SETS_UP = ("PRAGMA",)
"""What a connection is told when it is opened, which is not what a tap tells."""
_INSIDE = "--"
"""What a trigger does is told as a comment: it is part of the statement that set it off."""


@dataclass(slots=True)
class Heard:
    """What was told in some while: the words of the statements, one after the other."""

    words: list[str] = field(default_factory=list)

    @property
    def transactions(self) -> int:
        """How many were begun."""
        return sum(each.startswith(_BEGINS) for each in self.words)

    @property
    def statements(self) -> int:
        """How many there were, without those that begin and end transactions or set a connection up."""
        return sum(not each.startswith((*_BEGINS, *_ENDS, *_SETS_UP)) for each in self.words)

    @property
    def writes(self) -> int:
        """How many transactions changed something."""
        return sum(each.startswith("BEGIN IMMEDIATE") for each in self.words)


class Eavesdropper:
    """Listens to every connection to SQLite that is opened while `listening`."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self._heard = Heard()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to the connections that are opened within the ``with`` block."""
        event.listen(Pool, "connect", self._listen_to)
        try:
            yield
        finally:
            event.remove(Pool, "connect", self._listen_to)

    def heard(self) -> Heard:
        """What was told since this was asked before."""
        heard, self._heard = self._heard, Heard()
        return heard

    def _listen_to(self, connection: Any, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(self._hear)
        else:
            connection.run_async(lambda own: own.set_trace_callback(self._hear))

    def _hear(self, statement: str) -> None:
        if not statement.startswith(_INSIDE):
            self._heard.words.append(statement)
