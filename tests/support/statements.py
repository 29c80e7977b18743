"""Counting what is asked of a database: statements, and how often one goes there to read and to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from bot.db.engine import Database

_NO_STATEMENT = ("BEGIN", "PRAGMA")


@dataclass
class Asked:
    """What was asked.

    Attributes:
        goings: how often one went there.
        written: how many of them were transactions that were committed.
        statements: each statement, in order.
    """

    goings: int = 0
    written: int = 0
    statements: list[str] = field(default_factory=list)

    @property
    def figures(self) -> tuple[int, int, int]:
        """How often to read, how often to write, and how many statements altogether."""
        return (self.goings - self.written, self.written, len(self.statements))


@contextmanager
def asked_of(database: Database) -> Iterator[Asked]:
    """Count, for the length of a block."""
    asked = Asked()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_NO_STATEMENT):
            asked.statements.append(statement)

    def go(_connection: Any) -> None:
        asked.goings += 1

    def write(_connection: Any) -> None:
        asked.written += 1

    listeners = (("before_cursor_execute", note), ("begin", go), ("commit", write))
    engines: tuple[Engine, ...] = database.engines
    for engine in engines:
        for name, listener in listeners:
            event.listen(engine, name, listener)
    try:
        yield asked
    finally:
        for engine in engines:
            for name, listener in listeners:
                event.remove(engine, name, listener)
