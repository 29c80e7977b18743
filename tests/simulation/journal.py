"""What happened in a life, for its laws: what left the bot and what became of it, who died, how taps were answered."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """One attempt to send a row of the outbox.

    `by` is the incarnation of a process that made it, and `at` the number of the entry. `arrived` says that the other
    side has it, `heard` that the process was told so.
    """

    at: int
    row: int
    key: str
    channel: str
    by: int
    arrived: bool
    heard: bool


@dataclass(slots=True)
class Stop:
    """A time in which nothing leaves by some channels, but for what was in somebody's hands as it began.

    `began` and `ended` are the numbers of the entries between which it lies; `ended` is None while it lasts.
    """

    channels: frozenset[str]
    in_hand: frozenset[int]
    began: int
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one update of a chat: what the bot did in the chat, and whether a fault was in its way."""

    chat: int
    what: str
    seen: int
    faults: int
    deaths: int


@dataclass(slots=True)
class Journal:
    """Grows with a life. Its lines are the life in words; their digest is the same for the same actions."""

    lines: list[str] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    deaths: dict[int, int] = field(default_factory=dict)
    """By incarnation, the number of the entry at which it died."""
    answers: list[Answer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Updates that failed and were not to, and chores and senders that raised."""
    said: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    """What the bot's conversations did in each chat, counted."""
    faults: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    """The faults that were in their way, by chat."""
    stops: list[Stop] = field(default_factory=list)
    _entries: int = 0

    def say(self, line: str) -> None:
        """Write a line."""
        self.lines.append(line)

    @property
    def digest(self) -> str:
        """What all lines together come to."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def carry(self, channel: str, *, arrived: bool, heard: bool) -> None:
        """Note an attempt to send the row that is being carried; outside of `carrying`, nothing."""
        row = _ROW.get()
        if row is not None:
            self.carried.append(
                Carried(self._next(), row.id, row.key, channel, INCARNATION.get(), arrived, heard)
            )

    def stop(self, channels: AbstractSet[str], in_hand: frozenset[int]) -> None:
        """Sending by these channels has been stopped; these rows of the outbox were being sent."""
        self.stops.append(Stop(frozenset(channels), in_hand, self._next()))

    def go_on(self) -> None:
        """Everything may leave again."""
        for stop in self.stops:
            if stop.ended is None:
                stop.ended = self._next()

    def die(self, incarnation: int) -> None:
        """A process has died."""
        self.deaths[incarnation] = self._next()

    def _next(self) -> int:
        self._entries += 1
        return self._entries


INCARNATION: ContextVar[int] = ContextVar("incarnation", default=_NOBODY)
"""Which life of which process does what is being done."""
OWNER: ContextVar[Any] = ContextVar("owner", default=None)
"""Which process does what is being done."""
_ROW: ContextVar[Any] = ContextVar("row", default=None)


@contextmanager
def carrying(row: Any) -> Iterator[None]:
    """Send a claimed row of the outbox inside."""
    token = _ROW.set(row)
    try:
        yield
    finally:
        _ROW.reset(token)


def alive() -> None:
    """Nothing is said by the dead, whatever they are about to do.

    Raises:
        CancelledError: the process that is to do it has died.
    """
    owner = OWNER.get()
    if owner is not None and owner.dead:
        raise asyncio.CancelledError
