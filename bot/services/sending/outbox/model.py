"""The words of the outbox: how something leaves, what a sender holds, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

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
        said: what was handed over, where anything was; it is kept only of what is owed.
    """

    result: Result
    reason: str | None = None
    wait: timedelta | None = None
    rest: timedelta | None = None
    said: Said | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one sender holds until `until`: nobody else sends it before.

    `attempts` counts this one, `created_at` is when it was written, `key` never changes from attempt to attempt.
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
