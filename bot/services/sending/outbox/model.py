"""The words of the outbox: how something leaves, what a sender holds, and what became of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.sending.owed import Said


class Channel(StrEnum):
    """How something leaves. The values are stored."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    EVENT = "event"


class Result(StrEnum):
    """What became of an attempt. The values are stored as the row's state; `due` is tried again later."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    OBSOLETE = "obsolete"
    FAILED = "failed"
    RETRY = "due"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sender answers for one claimed row.

    Attributes:
        result: what became of it.
        reason: why, in words for an operator: no personal data, no secret, at most 300 characters are kept. None
            only for what was sent.
        wait: with `Result.RETRY`, how long the other side asked to wait at least; the usual back-off without it.
        rest: how long the whole channel should rest, since the next row would fare no better: the other side asked
            for it, or is down.
        held: with `Result.RETRY`, that it waits for its hour and nothing has failed: it is not given up for that.
        said: what was handed over, where anything was; it is kept only of what is owed.
    """

    result: Result
    reason: str | None = None
    wait: timedelta | None = None
    rest: timedelta | None = None
    held: bool = False
    said: Said | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one sender holds until `until`: nobody else sends it before.

    `attempts` counts this one, `created_at` is when it was written, `key` never changes from attempt to attempt. Nobody
    waits for what is `bulk`. For `chat_rests` seconds the chat is to hear nothing: somebody has just spoken there.
    """

    id: int
    key: str
    channel: Channel
    chat_id: int | None
    payload: Mapping[str, Any]
    created_at: datetime
    attempts: int
    worker: str
    until: datetime
    bulk: bool = False
    chat_rests: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits to be sent on one channel, and for how long the oldest of it has."""

    waiting: int
    oldest: timedelta


class Sender(Protocol):
    """Sends what is claimed of one channel."""

    async def send(self, claimed: Claimed) -> Outcome:
        """Send it once, and say what became of it.

        It takes well less than the lease (a minute): every wait has a time limit of its own. What it raises is logged,
        and the row is tried again later.
        """
        ...


Leave = Callable[[], Awaitable[Outcome]]
"""Sends what was judged, and says what became of it; it raises as `Sender.send` does."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that was looked at: how it leaves, or what became of it without leaving."""

    claimed: Claimed
    leave: Leave | Outcome


@runtime_checkable
class Judge(Sender, Protocol):
    """A sender that looks at all that was claimed together in one reading, and sends each by itself."""

    async def judge(self, rows: Sequence[Claimed]) -> Sequence[Ready]:
        """Say of each row how it leaves, in the order of the rows; a row that cannot be read spoils no other."""
        ...


@runtime_checkable
class Wording(Sender, Protocol):
    """A sender that can look at rows within a reading that there is already."""

    async def word(self, session: AsyncSession, rows: Sequence[Claimed]) -> Sequence[Ready]:
        """Say of each row how it leaves, in the order of the rows."""
        ...
