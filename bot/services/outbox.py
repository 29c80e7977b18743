"""The outbox: what has to leave the bot is written in the transaction that causes it, and sent from there (DOMAIN.md 5).

A row is ``due``, is claimed by one sender for the length of a lease, and is settled with what became of it. Docs:
``docs/decisions/006-what-is-sent-twice.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import OutboxRow
from bot.db.upsert import insert_if_absent


class Channel(StrEnum):
    """How something leaves. The values are stored."""

    TELEGRAM = "telegram"
    MAIL = "mail"
    EVENT = "event"


class Result(StrEnum):
    """What became of an attempt. The values are stored as the row's state; ``due`` is tried again later."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
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
    """

    result: Result
    reason: str | None = None
    wait: timedelta | None = None
    rest: timedelta | None = None


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


class Sender(Protocol):
    """Sends what is claimed of one channel."""

    async def send(self, claimed: Claimed) -> Outcome:
        """Send it once, and say what became of it.

        It takes well less than the lease (a minute): every wait has a time limit of its own. What it raises is logged,
        and the row is tried again later.
        """
        ...


async def put(
    session: AsyncSession,
    *,
    key: str,
    channel: Channel,
    payload: Mapping[str, Any],
    now: datetime,
    chat_id: int | None = None,
) -> bool:
    """Write something to be sent; a second time with the same key, nothing. True when it was new.

    Args:
        session: the transaction that causes it: both are kept, or neither.
        key: what it is about, such as ``completed:R7K2M-4:12345``; at most 160 characters.
        channel: how it leaves.
        payload: strict JSON that names the message and carries what its text needs.
        now: when it may leave first.
        chat_id: Telegram's chat, for `Channel.TELEGRAM`.
    """
    return await insert_if_absent(
        session,
        OutboxRow,
        {
            "key": key,
            "channel": channel.value,
            "chat_id": chat_id,
            "payload": dict(payload),
            "state": "due",
            "created_at": now,
            "due_at": now,
            "attempts": 0,
        },
    )
